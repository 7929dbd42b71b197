"""Taking a handing over back never gives an office what the person took away meanwhile."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, Grant
from kenesh.casework import actions, tasks
from kenesh.casework.models import Case, Referral
from kenesh.casework.models import Grant as CaseGrant
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db

STORY = "Прораб Кудайберди забрал паспорт"


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


@pytest.fixture
def digits(office: Any, aigul: Any) -> str:
    draft = drafts.new()
    answers = {"theme": "pay", "danger": "no", "story": STORY, "where_country": "RU", "phone": "+79120001122"}
    draft.answers = {**answers, "answer_how": "call", "consents": ["a", "d"]}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


@pytest.fixture
def sent(person: Client, aigul: Any, boris: Any, other_office: Any, signed_in: Any) -> Referral:
    """The whole case was handed to the office in Chelyabinsk, where nobody has opened it yet."""
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    form = {"key": str(uuid.uuid4()), "receiver": other_office.code, "purpose": "Переезд", "how": "receipt"}
    signed_in(aigul).post(f"/work/cases/{case.code}/sharing/hand-over/", {**form, "whose": Appeal.objects.get().code})
    referral = Referral.objects.get()
    person.post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": "agree"})
    signed_in(aigul).post(f"/work/referrals/{referral.code}/", {"do": "send"})
    referral.refresh_from_db()
    assert referral.state == "sent"
    return referral


def undo(aigul: Any, signed_in: Any, referral: Referral) -> None:
    assert signed_in(aigul).post(f"/work/referrals/{referral.code}/", {"do": "undo"}).status_code < 400


def test_what_she_took_back_meanwhile_stays_with_her_alone(person: Client, sent: Referral, aigul: Any, signed_in: Any) -> None:
    person.post("/ru/appeal/status/consent/a/", {"given": "no"})
    undo(aigul, signed_in, sent)
    assert Grant.objects.count() == 0
    assert STORY in person.get("/ru/appeal/status/story/").content.decode()
    person.post("/ru/appeal/status/open/", {"text": "Я подумаю", "key": str(uuid.uuid4())})
    assert "Я подумаю" in person.get("/ru/appeal/status/open/").content.decode()


def test_what_she_is_having_erased_stays_closed(person: Client, sent: Referral, aigul: Any, signed_in: Any) -> None:
    person.post("/ru/appeal/status/erase/", {})
    undo(aigul, signed_in, sent)
    grants = [*Grant.objects.values_list("latched", flat=True), *CaseGrant.objects.values_list("latched", flat=True)]
    assert set(grants) == {True}
    assert (Case.objects.get().status, Appeal.objects.get().status) == ("erasing", "erasing")


def test_a_call_that_she_asked_for_goes_with_her_case(sent: Referral, aigul: Any, boris: Any, signed_in: Any) -> None:
    pages = [signed_in(user).get("/work/calls/").content.decode() for user in (aigul, boris)]
    assert [" 912 000" in page or "79120001122" in page for page in pages] == [False, True]


def test_the_keys_for_taking_back_are_gone_once_its_minutes_are_over(sent: Referral, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.transfer.forget_undo()
    sent.refresh_from_db()
    assert sent.sealed_undo is not None
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.forget_undo_of_handing_over.func()
    sent.refresh_from_db()
    assert (sent.sealed_undo, sent.undo_until, sent.state) == (None, None, "sent")
