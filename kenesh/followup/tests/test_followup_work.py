"""What the secretary does, and who may open what."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.council.models import Decision
from kenesh.council.signals import decision_adopted
from kenesh.followup import actions
from kenesh.followup.models import (
    Action,
    Addressee,
    AnswerLink,
    Judgement,
    Recommendation,
    Response,
    Verdict,
)
from kenesh.kernel.models import TrailEntry
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, OrganisationKind, Role, RoleHeld, User
from kenesh.problems.models import Problem

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]
Judge = Callable[..., Verdict]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# --- opening ----------------------------------------------------------------------------------------------------------


def test_an_adopted_decision_opens_one_recommendation(
    decision: Decision, chynara: User, ministry: Organisation, problem: Problem
) -> None:
    for _ in range(2):
        decision_adopted.send(sender=Decision, decision=decision, by=chynara)
    made = Recommendation.objects.get()
    assert (made.text.in_language("en"), made.problem, made.body, made.due, made.is_public) == (
        "Open a register.",
        problem,
        decision.meeting.body,
        timezone.localdate() + timedelta(days=30),
        False,
    )
    assert [one.organisation for one in made.addressees.all()] == [ministry]
    assert TrailEntry.objects.filter(verb="open_recommendation").count() == 1


def test_a_commitment_opens_none(decision: Decision, chynara: User) -> None:
    decision.kind = Decision.Kind.COMMITMENT
    decision_adopted.send(sender=Decision, decision=decision, by=chynara)
    assert Recommendation.objects.count() == 0


def test_the_words_of_a_decision_cannot_be_changed(
    decision: Decision, chynara: User, signed_in: Enter, ministry: Organisation
) -> None:
    made = actions.open_recommendation(decision=decision, by=chynara)
    client, address = signed_in(chynara), reverse("followup_work:edit", args=[made.code])
    assert 'name="text_ru"' not in text_of(client, address)
    client.post(address, {"key": uuid.uuid4().hex, "addressees": [ministry.code], "text_en": "Other words", "due": "2026-12-31"})
    made.refresh_from_db()
    assert (made.text.in_language("en"), str(made.due)) == ("Open a register.", "2026-12-31")


def test_a_secretary_adds_what_a_committee_asked_once(
    chynara: User, signed_in: Enter, council: Body, ministry: Organisation
) -> None:
    form = {
        "key": uuid.uuid4().hex,
        "body": council.pk,
        "text_ru": "Создать реестр",
        "source_ru": "Комитет, пункт 42",
        "addressees": [ministry.code],
    }
    places = [signed_in(chynara).post(reverse("followup_work:add"), form).headers["Location"] for _ in range(2)]
    made = Recommendation.objects.get()
    assert places == [reverse("followup_work:recommendation", args=[made.code])] * 2
    assert (made.text.in_language("ru"), made.source_text.in_language("ru"), made.is_public) == (
        "Создать реестр",
        "Комитет, пункт 42",
        False,
    )


def test_a_regional_organisation_is_asked_like_a_ministry(council: Body, chynara: User, signed_in: Enter) -> None:
    commission = Organisation.objects.create(name={"en": "Economic Commission"}, kind=OrganisationKind.REGIONAL)
    form = {
        "key": uuid.uuid4().hex, "body": council.pk, "source_en": "A round table", "text_en": "Count each year of work",
        "addressees": [commission.code], "due": "2027-01-31",
    }  # fmt: skip
    answer = signed_in(chynara).post(reverse("followup_work:add"), form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert list(Addressee.objects.values_list("organisation", flat=True)) == [commission.pk]


def test_a_recommendation_needs_a_text_and_a_source(
    chynara: User, signed_in: Enter, council: Body, ministry: Organisation
) -> None:
    form = {"key": uuid.uuid4().hex, "body": council.pk, "addressees": [ministry.code], "due": "2026-12-31"}
    page = signed_in(chynara).post(reverse("followup_work:add"), form).content.decode()
    assert "Write the text in at least one language." in page
    assert 'value="2026-12-31"' in page


def test_an_addressee_with_an_answer_stays(
    recommendation: Recommendation,
    respond: Callable[..., Response],
    second_ministry: Organisation,
    chynara: User,
    signed_in: Enter,
) -> None:
    respond(recommendation.addressees.get())
    form = {"key": uuid.uuid4().hex, "addressees": [second_ministry.code], "text_en": "x", "source_en": "y"}
    page = signed_in(chynara).post(reverse("followup_work:edit", args=[recommendation.code]), form).content.decode()
    assert "must stay" in page
    assert recommendation.addressees.count() == 1


# --- staff ------------------------------------------------------------------------------------------------------------


def test_a_link_is_shown_once_and_the_same_one_on_a_retry(addressee: Addressee, chynara: User, signed_in: Enter) -> None:
    address, form = reverse("followup_work:link", args=[addressee.code]), {"key": uuid.uuid4().hex}
    pages = [signed_in(chynara).post(address, form).content.decode() for _ in range(2)]
    links = [re.findall(re.escape(settings.ADDRESS) + r"/\w+/answer/[\w-]{22}/", page) for page in pages]
    assert (links[0] == links[1], len(links[0]), AnswerLink.objects.count()) == (True, 2, 1)
    assert links[0][0] not in text_of(
        signed_in(chynara), reverse("followup_work:recommendation", args=[addressee.recommendation.code])
    )


def test_a_secretary_enters_an_answer_and_an_action_once(addressee: Addressee, chynara: User, signed_in: Enter) -> None:
    secretary, today = signed_in(chynara), timezone.localdate().isoformat()
    answer = {"key": uuid.uuid4().hex, "kind": "formal", "stance": "noted", "received_on": today, "text": "We take note."}
    done = {"key": uuid.uuid4().hex, "text": "A register was opened.", "done_on": today}
    for _ in range(2):
        secretary.post(reverse("followup_work:response", args=[addressee.code]), answer)
        secretary.post(reverse("followup_work:action", args=[addressee.code]), done)
    response, action = Response.objects.get(), Action.objects.get()
    assert (response.kind, response.stance, response.entered_by, response.by_link, action.text) == (
        "formal",
        "noted",
        chynara,
        False,
        "A register was opened.",
    )
    page = text_of(secretary, reverse("followup_work:recommendation", args=[addressee.recommendation.code]))
    assert ["We take note." in page, "entered by Chynara" in page, "A register was opened." in page] == [True, True, True]


def test_a_mistyped_year_is_pointed_out(addressee: Addressee, chynara: User, signed_in: Enter) -> None:
    secretary, code = signed_in(chynara), addressee.recommendation.code
    doors = {
        reverse("followup_work:edit", args=[code]): {"due": "0026-12-01"},
        reverse("followup_work:details", args=[code]): {"carry_out_by": "0026-12-01"},
        reverse("followup_work:judge", args=[code]): {"judged_on": "0026-12-01"},
        reverse("followup_work:response", args=[addressee.code]): {"received_on": "0026-12-01"},
        reverse("followup_work:letter", args=[addressee.code]): {"sent_on": "0026-12-01", "due_by_law": "0026-12-02"},
        reverse("followup_work:write_letter", args=[addressee.code]): {"sent_on": "9999-12-31"},
    }
    shown = [secretary.post(door, {"key": uuid.uuid4().hex} | days).content.decode() for door, days in doors.items()]
    assert [("it must lie between 1945 and 2099" in page) for page in shown] == [True] * len(doors)
    assert 'min="1945-01-01" max="2099-12-31"' in shown[0]


def test_an_answer_on_the_substance_needs_a_stance(addressee: Addressee, chynara: User, signed_in: Enter) -> None:
    form = {"key": uuid.uuid4().hex, "kind": "substantive", "received_on": timezone.localdate().isoformat(), "text": "Kept words"}
    page = signed_in(chynara).post(reverse("followup_work:response", args=[addressee.code]), form).content.decode()
    assert ["Choose what the addressee says" in page, "Kept words" in page, Response.objects.count()] == [True, True, 0]


def test_members_read_and_change_nothing(recommendation: Recommendation, member: User, signed_in: Enter) -> None:
    page = text_of(signed_in(member), reverse("followup_work:recommendation", args=[recommendation.code]))
    assert [words for words in ("Make a link", "Publish", "Judge what", "Enter an answer") if words in page] == []


READ = ["list", "recommendation"]
KEEP = ["add", "edit", "judge", "link", "letter", "incoming", "response", "action"]
POSTED = ["publish", "revoke", "publish_action", "publish_response", "publish_verdict"]


@pytest.fixture
def addresses(
    recommendation: Recommendation, addressee: Addressee, chynara: User, respond: Callable[..., Response], judged: Judge
) -> dict[str, str]:
    verdict = judged(recommendation, Judgement.CARRIED_OUT, chynara)
    letter = actions.register_letter(addressee=addressee, sent_on=timezone.localdate(), key=uuid.uuid4(), by=chynara)
    action = actions.report_action(
        addressee=addressee, text="Done", done_on=timezone.localdate(), proof=actions.Proof(), key=uuid.uuid4(), by=chynara
    )
    codes: dict[str, list[object]] = {
        "list": [],
        "add": [],
        **{name: [recommendation.code] for name in ("recommendation", "edit", "judge", "publish")},
        **{name: [addressee.code] for name in ("link", "letter", "response", "action", "revoke")},
        "incoming": [addressee.code, letter.pk],
        "publish_action": [addressee.code, action.pk],
        "publish_response": [respond(addressee).code],
        "publish_verdict": [verdict.request_key],
    }
    return {name: reverse(f"followup_work:{name}", args=given) for name, given in codes.items()}


def test_who_may_open_which_page(
    addresses: dict[str, str], chynara: User, member: User, other_secretary: User, eve: User, signed_in: Enter
) -> None:
    secretary, reader, stranger, outsider = (signed_in(user) for user in (chynara, member, other_secretary, eve))

    def opened(client: Client) -> dict[str, int]:
        return {name: (client.post if name in POSTED else client.get)(address).status_code for name, address in addresses.items()}

    assert opened(outsider) == dict.fromkeys(addresses, 404)
    assert opened(stranger) == dict.fromkeys(addresses, 404) | {"list": 200, "add": 200}
    assert opened(reader) == dict.fromkeys(addresses, 404) | dict.fromkeys(READ, 200)
    assert opened(secretary) == dict.fromkeys(POSTED, 302) | dict.fromkeys([*READ, *KEEP], 200)
    signs_in = {Client().get(address).headers["Location"].split("?")[0] for address in addresses.values()}
    assert signs_in == {settings.LOGIN_URL}


def test_a_secretary_sees_only_her_own_bodies(recommendation: Recommendation, other_secretary: User, signed_in: Enter) -> None:
    assert recommendation.code not in text_of(signed_in(other_secretary), "/work/recommendations/?status=waiting")


def test_a_secretary_cannot_add_to_another_body(
    other_council: Body, chynara: User, signed_in: Enter, ministry: Organisation
) -> None:
    form = {"key": uuid.uuid4().hex, "body": other_council.pk, "text_en": "x", "source_en": "y", "addressees": [ministry.code]}
    assert signed_in(chynara).post(reverse("followup_work:add"), form).status_code == 200
    assert Recommendation.objects.count() == 0


def test_a_judgement_rests_on_a_document_of_the_library(recommendation: Recommendation, chynara: User, signed_in: Enter) -> None:
    document = Document.objects.create(
        source="order.txt", title="Order 12", sha256="1" * 64, text="x", imported_on=timezone.localdate()
    )
    form = {"key": uuid.uuid4().hex, "judgement": "unknown", "text_en": "?", "judged_on": timezone.localdate().isoformat()}
    address = reverse("followup_work:judge", args=[recommendation.code])
    page = signed_in(chynara).post(address, form | {"evidence_document": "bbbbbbbb"}).content.decode()
    assert "The library has no document with this code." in page
    signed_in(chynara).post(address, form | {"evidence_document": document.code})
    cockpit = text_of(signed_in(chynara), reverse("followup_work:recommendation", args=[recommendation.code]))
    assert f"/library/{document.code}/" in cockpit


def test_the_link_speaks_the_language_of_the_organisation(addressee: Addressee, chynara: User, signed_in: Enter) -> None:
    addressee.organisation.languages = ["fr", "hy"]
    addressee.organisation.save()
    page = (
        signed_in(chynara).post(reverse("followup_work:link", args=[addressee.code]), {"key": uuid.uuid4().hex}).content.decode()
    )
    assert re.findall(r"/(\w+)/answer/", page) == ["hy", "hy"]


def test_a_secretary_of_two_bodies_chooses_one(
    recommendation: Recommendation, other_council: Body, chynara: User, signed_in: Enter
) -> None:
    RoleHeld.objects.create(user=chynara, role=Role.COUNCIL_SECRETARY, body=other_council)
    client = signed_in(chynara)
    pages = [
        text_of(client, f"/work/recommendations/?status=waiting&body={body.code}")
        for body in (recommendation.body, other_council)
    ]
    assert [recommendation.code in page for page in pages] == [True, False]
