"""Somebody leaves an office with a copy of every key she ever held, and later gets hold of a new copy of the database."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal, Entry
from kenesh.appeals.models import Grant as AppealGrant
from kenesh.casework import actions
from kenesh.casework.models import Case, Grant, Note
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import actions as people
from kenesh.people import content, sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationKey, Role, Unlock, User
from kenesh.people.queries import current_epoch, fingerprint_of

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def keyring(user: User) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def file_with(office: Any, story: str = "Айлык бербей жатат") -> str:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": story, "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ky")
    return draft.receipt


def person_writes(digits: str, text: str) -> None:
    cookie, _ = appeals.open_with_receipt(digits=digits)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    appeals.write_message(holder=holder, text=text, request_key=uuid.uuid4())


@pytest.fixture
def jamila(office: Any, aigul: Any, make_account: Make) -> User:
    """Holds the key of the office in Bishkek too, until she leaves."""
    user: User = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=keyring(aigul), organisation=office, colleague=user, fingerprint=fingerprint_of(user))
    return user


@pytest.fixture
def chief(office: Any, aigul: Any, jamila: Any, make_account: Make) -> User:
    """Administers the office and holds its key."""
    user: User = make_account("Chief", Role.CASEWORKER, organisation=office).user
    people.give_role(user=user, role=Role.ORGANISATION_ADMIN, organisation=office, by="test")
    people.admit(keyring=keyring(aigul), organisation=office, colleague=user, fingerprint=fingerprint_of(user))
    return user


def what_opens(kept: Keyring) -> tuple[set[str], set[int]]:
    """Texts of all entries and notes in the whole database that these keys open, grant by grant, without the help of any page."""
    texts: set[str] = set()
    closed: set[int] = set()
    for appeal in Appeal.objects.all():
        keys = _keys(kept, appeal.epochs.order_by("-number"), AppealGrant)
        for row in Entry.objects.filter(appeal=appeal):
            if row.epoch in keys:
                opened = appeal_opening.OpenAppeal(appeal, appeal.epochs.get(number=row.epoch), keys)
                texts.add(opened.open_entry(row).text)
            else:
                closed.add(row.pk)
    for case in Case.objects.all():
        keys = _keys(kept, case.epochs.order_by("-number"), Grant)
        for note in Note.objects.filter(case=case):
            if note.epoch in keys:
                from kenesh.casework.opening import OpenCase

                texts.add(OpenCase(case, case.epochs.get(number=note.epoch), keys).open(note).body["text"])
    return texts, closed


def _keys(kept: Keyring, epochs: Any, grants: Any) -> dict[int, bytes]:
    try:
        return content.open_chain(list(epochs), lambda one: content.open_grants(one, grants.objects.filter(epoch=one), kept))[1]
    except KeyMissing:
        return {}


def test_who_has_left_opens_nothing_that_is_written_later(
    aigul: Any, jamila: User, chief: User, office: Any, signed_in: Make
) -> None:
    digits = file_with(office)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    actions.add_note(keyring=keyring(aigul), case=case, text="до ухода", key=uuid.uuid4())
    kept = keyring(jamila)
    kept.organisation_secret(current_epoch(office))  # she keeps the office's secret too
    client = signed_in(chief)
    client.post(f"/work/accounts/{jamila.uid}/close/")
    newest = current_epoch(office)
    assert newest.number == 2, "a colleague who holds the key begins the new one in the same moment"
    assert not newest.renewal_due
    assert {key.user for key in newest.keys.all()} == {aigul, chief}
    person_writes(digits, "кийин жазылды")
    actions.add_note(keyring=keyring(aigul), case=case, text="после ухода", key=uuid.uuid4())
    actions.answer(keyring=keyring(aigul), case=case, text="ответ после ухода", key=uuid.uuid4())
    file_with(office, "жаңы окуя")
    texts, closed = what_opens(kept)
    assert "до ухода" in texts, "what she could read before, she may have kept"
    assert texts.isdisjoint({"после ухода", "ответ после ухода", "кийин жазылды"})
    assert len(closed) >= 4
    shown, nothing_closed = what_opens(keyring(aigul))
    assert {"до ухода", "после ухода", "ответ после ухода", "кийин жазылды"} <= shown
    assert nothing_closed == set()


def test_who_leaves_loses_sessions_factors_and_copies_of_keys(
    aigul: Any, jamila: User, office: Any, nurlan: Any, signed_in: Make
) -> None:
    signed_in(jamila)
    signed_in(nurlan).post(f"/work/accounts/{jamila.uid}/close/")
    assert Unlock.objects.filter(user=jamila).count() == jamila.factors.count() == 0
    assert OrganisationKey.objects.filter(user=jamila).count() == 0
    assert office.epochs.get().renewal_due, "who holds no key marks it, and a holder begins the new one"


def test_what_was_sealed_to_her_by_name_goes_and_the_next_words_get_a_new_key(
    aigul: Any, jamila: User, office: Any, nurlan: Any
) -> None:
    file_with(office)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul, jamila], reason="опасность")
    kept = keyring(jamila)
    assert open_case(case, kept).epoch.number == 2
    people.close_account(user=jamila, by=nurlan)
    with pytest.raises(KeyMissing):
        open_case(case, kept)
    actions.add_note(keyring=keyring(aigul), case=case, text="после ухода", key=uuid.uuid4())
    assert case.epochs.count() == 3
    assert {grant.user for grant in Grant.objects.filter(epoch__case=case, epoch__number=3)} == {aigul}


def test_the_last_who_holds_a_restricted_case_takes_no_key_along(aigul: Any, office: Any, nurlan: Any) -> None:
    """Better a key that a printed paper cannot replace than a case that nobody opens again: it stays sealed to her."""
    file_with(office)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="опасность")
    people.close_account(user=aigul, by=nurlan)
    assert all(grant.sealed_key for grant in Grant.objects.filter(epoch__case=case))
