"""Access to an appeal is a key: what is swapped, withdrawn or latched in the database opens for nobody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenesh.appeals import actions, drafts, opening
from kenesh.appeals.models import Appeal, Entry, Grant, ReceiptKey
from kenesh.cast import PASSWORD
from kenesh.kernel import vault
from kenesh.people import content, sign_in
from kenesh.people.keyring import KeyMissing, Keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyring(aigul: Any) -> Keyring:
    return Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)


def filed(office: Any, story: str) -> tuple[Appeal, str]:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": story, "consents": ["a", "d"]}
    actions.file_appeal(draft=draft, office=office, language="ru")
    return Appeal.objects.order_by("-id")[:1].get(), draft.receipt


def swap(one: Any, other: Any, *columns: str) -> None:
    """What somebody who can write the database would do."""
    for column in columns:
        mine, theirs = getattr(one, column), getattr(other, column)
        setattr(one, column, theirs)
        setattr(other, column, mine)
    one.save()
    other.save()


def test_the_office_opens_what_was_filed_with_it(office: Any, keyring: Keyring) -> None:
    appeal, _ = filed(office, "айлык")
    assert opening.open_for_office(appeal, keyring).answers()["story"] == "айлык"


def test_answers_of_another_appeal_do_not_open(office: Any, keyring: Keyring) -> None:
    (one, _), (other, _) = filed(office, "бир"), filed(office, "эки")
    swap(one, other, "sealed_answers")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(one, keyring).answers()


def test_a_grant_of_another_appeal_does_not_open(office: Any, keyring: Keyring) -> None:
    (one, _), (other, _) = filed(office, "бир"), filed(office, "эки")
    swap(Grant.objects.get(epoch__appeal=one), Grant.objects.get(epoch__appeal=other), "sealed_key")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(one, keyring)


def test_a_receipts_key_of_another_appeal_does_not_open(office: Any, keyring: Keyring) -> None:
    (one, digits), (other, _) = filed(office, "бир"), filed(office, "эки")
    swap(ReceiptKey.objects.get(epoch__appeal=one), ReceiptKey.objects.get(epoch__appeal=other), "sealed_key")
    cookie, _ = actions.open_with_receipt(digits=digits)
    with pytest.raises(vault.Tampered):
        actions.holder_of(cookie.hex())


def test_a_line_moved_to_another_place_does_not_open(office: Any, keyring: Keyring) -> None:
    appeal, _ = filed(office, "бир")
    first, second = Entry.objects.filter(appeal=appeal).order_by("id")[:2]
    swap(first, second, "sealed")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(appeal, keyring).entries()


def test_a_removed_grant_opens_nothing(office: Any, keyring: Keyring) -> None:
    appeal, _ = filed(office, "бир")
    Grant.objects.filter(epoch__appeal=appeal).delete()
    with pytest.raises(KeyMissing):
        opening.open_for_office(appeal, keyring)


def test_a_latched_grant_opens_for_nobody_even_when_the_mark_is_wiped(office: Any, keyring: Keyring) -> None:
    appeal, digits = filed(office, "бир")
    cookie, _ = actions.open_with_receipt(digits=digits)
    holder = actions.holder_of(cookie.hex())
    assert holder is not None
    actions.request_erasure(holder=holder)
    Grant.objects.update(latched=False)
    with pytest.raises(vault.Tampered):
        opening.open_for_office(appeal, keyring)


def test_a_forged_consent_counts_nobody(office: Any, keyring: Keyring) -> None:
    """Even the office, which can write lines of the appeal, cannot write a consent: it has no receipt to sign with."""
    appeal, _ = filed(office, "бир")
    opened = opening.open_for_office(appeal, keyring)
    assert actions.may_count(opened)
    at = opened.entries()[-1].at
    forged = {"code": "d", "given": True, "language": "ru", "signature": "00" * 64}
    opened.sealed_entry(kind="consent", by="person", at=at, **forged).save()
    assert not actions.may_count(opened)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.integers(1, 6))
def test_a_new_epoch_opens_all_the_earlier_ones(rounds: int) -> None:
    from kenesh.appeals.models import Epoch

    epochs = [Epoch(number=number) for number in range(1, rounds + 1)]
    keys = [content.new_content_key(epochs[0])]
    for epoch in epochs[1:]:
        keys.append(content.new_content_key(epoch, previous=keys[-1]))
    key = keys[-1]
    for epoch, before in zip(reversed(epochs[1:]), reversed(keys[:-1]), strict=True):
        key = content.earlier_key(epoch, key)
        assert key == before
