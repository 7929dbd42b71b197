"""Has anything changed for you? Asked by receipt, once for an appeal, counted in batches that name nobody."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions
from kenesh.appeals.models import Appeal, Entry, Receipt
from kenesh.cast import PASSWORD
from kenesh.followup import actions as followup
from kenesh.followup.actions import changed
from kenesh.followup.models import Counted, Felt, Recommendation, ResponseKind, Stance, WaitingAnswer
from kenesh.kernel import trail, vault
from kenesh.kernel.models import TrailEntry
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import Body
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db

KEYS = vault.ReceiptKeys(b"l" * 16, vault.pair_from_seed(b"p" * 32), b"s" * 32)


@pytest.fixture
def recommendation(council: Any, ministry: Any, chynara: Any) -> Recommendation:
    """On a public problem, answered in public."""
    today = timezone.localdate()
    problem = Problem.objects.create(
        title=Translated(en="Wages"),
        statement=Translated(en="Late."),
        status=Problem.Status.ACCEPTED,
        accepted_on=today,
        created_on=today,
        body=council,
    )
    made = followup.add_recommendation(
        body=council,
        text=Translated(en="Open a register."),
        source_text=Translated(en="Round table"),
        addressees=[ministry],
        problem=problem,
        key=uuid.uuid4(),
        by=chynara,
    )
    followup.publish(recommendation=made, by=chynara)
    given = followup.Given(kind=ResponseKind.SUBSTANTIVE, stance=Stance.ACCEPTED, text="We agree.")
    response = followup.enter_response(
        addressee=made.addressees.get(), given=given, received_on=today, key=uuid.uuid4(), by=chynara
    )
    followup.publish_response(response=response, by=chynara)
    return made


@pytest.fixture
def appeal(office: Any, aigul: Any, recommendation: Recommendation) -> Appeal:
    """An appeal behind the problem, whose link is sealed in it."""
    answers = {"theme": "pay", "story": "Айлык", "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    made = actions.store_appeal(
        answers={**answers, "office": office.code}, office=office, language="en", keys=KEYS, by=trail.PUBLIC, now=timezone.now()
    )
    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    assert recommendation.problem is not None
    actions.tell_step(keyring=keyring, appeal=made, code="problem", problem=recommendation.problem.code)
    return made


@pytest.fixture
def person(appeal: Appeal, settings: Any) -> Client:
    client = Client()
    client.cookies[settings.STATUS_COOKIE_NAME] = actions.holding.remember(appeal.receipts.get(), KEYS).hex()
    return client


def say(person: Client, recommendation: Recommendation, felt: str = "little") -> Any:
    return person.post("/en/appeal/status/changed/", {"recommendation": recommendation.code, "felt": felt})


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_she_is_asked_once_and_not_again(person: Client, recommendation: Recommendation) -> None:
    status = "/en/appeal/status/open/"
    assert "Has anything changed for you?" in shown(person, status)
    assert [say(person, recommendation, felt).headers["Location"] for felt in ("little", "yes")] == [f"{status}#results"] * 2
    assert WaitingAnswer.objects.count() == 1
    assert "Has anything changed for you?" not in shown(person, status)


def test_what_another_body_made_of_her_problem_comes_back_to_her(
    person: Client, recommendation: Recommendation, chynara: Any
) -> None:
    """It went on twice, and the last body asked for what was answered."""
    today, at, first = timezone.localdate(), Problem.objects.get(), Problem.objects.get()
    for name in ("Regional council", "Dialogue of two countries"):
        body = Body.objects.create(name=Translated(en=name), kind=Body.Kind.COUNCIL)
        asked = problems.escalate_problem(problem=at, body=body, why="…", today=today, by=chynara)
        taken = problems.take_up_escalated(escalation=asked, into=None, today=today, by=chynara)
        at = Problem.objects.get(escalated_from=taken)
    Recommendation.objects.update(problem=at)
    seen = shown(person, "/en/appeal/status/open/"), shown(Client(), f"/en/problems/{first.code}/")
    say(person, recommendation)
    assert ["Open a register." in page for page in seen] == [True, True]
    assert ("Has anything changed for you?" in seen[0], WaitingAnswer.objects.count()) == (True, 1)


def test_no_row_and_no_entry_of_the_trail_tells_that_she_answered(person: Client, recommendation: Recommendation) -> None:
    shown(person, "/en/appeal/status/open/")
    rows = (Entry.objects.count(), TrailEntry.objects.count(), len(bytes(Receipt.objects.get().sealed_seen or b"")))
    say(person, recommendation)
    after = (Entry.objects.count(), TrailEntry.objects.count(), len(bytes(Receipt.objects.get().sealed_seen or b"")))
    assert after == rows
    assert {field.name for field in WaitingAnswer._meta.concrete_fields} == {"uid", "sealed"}


def test_every_answer_lies_sealed_and_is_as_long_as_any_other(person: Client, recommendation: Recommendation) -> None:
    for felt in Felt:
        changed.put_in_box(recommendation_code=recommendation.code, felt=felt)
    sealed = [bytes(row.sealed) for row in WaitingAnswer.objects.all()]
    assert len({len(one) for one in sealed}) == 1
    assert [one for one in sealed if recommendation.code.encode() in one or b"little" in one] == []


def test_what_was_read_is_remembered_beside_the_answer(person: Client, recommendation: Recommendation) -> None:
    shown(person, "/en/appeal/status/open/")
    say(person, recommendation)
    assert "Nothing new since you were last here." in shown(person, "/en/appeal/status/open/")


def test_answers_are_counted_only_five_at_a_time(person: Client, recommendation: Recommendation) -> None:
    say(person, recommendation)
    for felt in (Felt.YES, Felt.NO, Felt.UNSAID):
        changed.put_in_box(recommendation_code=recommendation.code, felt=felt)
    public = f"/en/recommendations/{recommendation.code}/"
    assert (changed.count_box(), Counted.objects.count(), "What the people concerned say" in shown(Client(), public)) == (
        0,
        0,
        False,
    )
    changed.put_in_box(recommendation_code=recommendation.code, felt=Felt.YES)
    assert (changed.count_box(), WaitingAnswer.objects.count()) == (5, 0)
    counted = Counted.objects.get()
    assert (counted.yes, counted.little, counted.no, counted.unsaid) == (2, 1, 1, 1)
    assert "What the people concerned say" in shown(Client(), public)


def test_a_sixth_answer_waits_for_four_more(recommendation: Recommendation) -> None:
    for _ in range(5):
        changed.put_in_box(recommendation_code=recommendation.code, felt=Felt.NO)
    changed.count_box()
    changed.put_in_box(recommendation_code=recommendation.code, felt=Felt.YES)
    assert (changed.count_box(), Counted.objects.get().yes) == (0, 0)


@pytest.mark.parametrize("felt", ["", "perhaps"])
def test_anything_else_is_no_answer(person: Client, recommendation: Recommendation, felt: str) -> None:
    say(person, recommendation, felt)
    assert WaitingAnswer.objects.count() == 0


def test_a_recommendation_on_another_problem_cannot_be_answered(person: Client, recommendation: Recommendation) -> None:
    Recommendation.objects.update(problem=None)
    say(person, recommendation)
    assert WaitingAnswer.objects.count() == 0


def test_a_receipt_that_a_helper_has_seen_does_not_speak_for_her(
    person: Client, recommendation: Recommendation, make_account: Callable[..., object]
) -> None:
    Receipt.objects.update(seen_by_other=True)
    assert "Has anything changed for you?" not in shown(person, "/en/appeal/status/open/")
    say(person, recommendation)
    assert WaitingAnswer.objects.count() == 0
