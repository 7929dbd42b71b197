"""How was the help? Asked by receipt once the case is closed, counted for the office in batches that name nobody."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions
from kenesh.appeals.actions.opinions import count_opinions, say_opinion
from kenesh.appeals.models import Appeal, Entry, OpinionCount, Receipt, Status, WaitingOpinion
from kenesh.cast import PASSWORD
from kenesh.kernel import trail, vault
from kenesh.kernel.models import TrailEntry
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db

STATUS = "/en/appeal/status/open/"
ASKED = "How was the help?"


def file_closed(office: Any, aigul: Any) -> tuple[Appeal, vault.ReceiptKeys]:
    """An appeal whose case the office has closed."""
    keys = vault.ReceiptKeys(uuid.uuid4().bytes, vault.new_pair(), vault.new_key())
    answers = {"theme": "pay", "consents": ["a"], "office": office.code}
    made = actions.store_appeal(answers=answers, office=office, language="en", keys=keys, by=trail.PUBLIC, now=timezone.now())
    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    actions.tell_step(keyring=keyring, appeal=made, code="closed")
    actions.set_status(appeal=made, status=Status.CLOSED)
    return made, keys


@pytest.fixture
def person(office: Any, aigul: Any, settings: Any) -> Client:
    appeal, keys = file_closed(office, aigul)
    client = Client()
    client.cookies[settings.STATUS_COOKIE_NAME] = actions.holding.remember(appeal.receipts.get(), keys).hex()
    return client


def say(person: Client, **said: str) -> Any:
    return person.post("/en/appeal/status/opinion/", said, follow=True)


def asked(person: Client) -> bool:
    return ASKED in person.get(STATUS).content.decode()


def put_in(office: Any, aigul: Any, settings: Any, *sheets: dict[str, str]) -> None:
    for sheet in sheets:
        appeal, keys = file_closed(office, aigul)
        holder = actions.holder_of(actions.holding.remember(appeal.receipts.get(), keys).hex())
        assert holder is not None
        say_opinion(holder=holder, said=sheet)


def test_she_is_asked_once_her_case_is_closed_and_only_once(person: Client) -> None:
    Appeal.objects.update(status=Status.OFFICE)
    assert not asked(person)
    Appeal.objects.update(status=Status.CLOSED)
    assert asked(person)
    assert "Choose an answer to at least one question." in say(person).content.decode()
    assert "Choose an answer to at least one question." in say(person, respect="perhaps").content.decode()
    assert (asked(person), WaitingOpinion.objects.count()) == (True, 0)
    assert "Your answer is counted with others, without you." in say(person, help="partly").content.decode()
    assert "This is not asked now, or you have answered it." in say(person, help="yes").content.decode()
    assert (asked(person), WaitingOpinion.objects.count()) == (False, 1)


def test_an_appeal_that_was_declined_is_not_asked(person: Client) -> None:
    Entry.objects.order_by("-id")[0].delete()  # the step that says that a case was closed
    say(person, help="no")
    assert (asked(person), WaitingOpinion.objects.count()) == (False, 0)


def test_a_receipt_that_a_helper_has_seen_does_not_speak_for_her(person: Client) -> None:
    Receipt.objects.update(seen_by_other=True)
    say(person, help="yes")
    assert (asked(person), WaitingOpinion.objects.count()) == (False, 0)


def test_no_row_and_no_entry_of_the_trail_tells_that_she_answered(person: Client) -> None:
    def seen() -> tuple[int, int, int]:
        return Entry.objects.count(), TrailEntry.objects.count(), len(bytes(Receipt.objects.get().sealed_seen or b""))

    person.get(STATUS)
    before = seen()
    say(person, respect="no", clear="no", help="no")
    assert seen() == before
    assert {field.name for field in WaitingOpinion._meta.concrete_fields} == {"uid", "sealed"}


def test_sheets_lie_sealed_and_each_is_as_long_as_any_other(office: Any, aigul: Any, settings: Any) -> None:
    put_in(office, aigul, settings, {"help": "no"}, {"respect": "partly", "clear": "partly", "help": "partly"})
    sealed = [bytes(row.sealed) for row in WaitingOpinion.objects.all()]
    assert len({len(one) for one in sealed}) == 1
    assert [one for one in sealed if office.uid.hex.encode() in one or b"partly" in one] == []


def test_two_workers_at_once_count_a_sheet_once(office: Any, aigul: Any, settings: Any) -> None:
    today, counted = timezone.localdate(), []
    put_in(office, aigul, settings, *[{"help": "yes"}] * 5)

    def the_other_is_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "people_organisation" in sql and not counted:
            counted.append(0)
            counted.append(count_opinions(today=today))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(the_other_is_first):
        assert (count_opinions(today=today), counted) == (0, [0, 5])
    assert OpinionCount.objects.get(question="help").yes == 5


def test_sheets_are_counted_for_their_office_five_at_a_time(office: Any, other_office: Any, aigul: Any, settings: Any) -> None:
    today = timezone.localdate()
    put_in(office, aigul, settings, *[{"help": "yes", "respect": "yes"}] * 3, {"help": "partly"})
    assert (count_opinions(today=today), OpinionCount.objects.count()) == (0, 0)
    put_in(office, aigul, settings, {"help": "no"})
    assert (count_opinions(today=today), WaitingOpinion.objects.count()) == (5, 0)
    put_in(office, aigul, settings, {"help": "no"})
    assert (count_opinions(today=today), WaitingOpinion.objects.count()) == (0, 1)
    rows = OpinionCount.objects.order_by("question").values_list("question", "yes", "partly", "no", "unsaid")
    assert list(rows) == [("clear", 0, 0, 0, 5), ("help", 3, 1, 1, 0), ("respect", 3, 0, 0, 2)]
    assert {(row.office, row.month) for row in OpinionCount.objects.all()} == {(office, today.replace(day=1))}
