"""Another's rows behind one's own address; rows that were moved, copied, put back; what was taken back and erased."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening
from kenesh.appeals.models import Appeal, Entry, Grant, Receipt, ReceiptKey, Status
from kenesh.casework import actions as casework
from kenesh.casework.models import Case, Matter
from kenesh.casework.models import Grant as CaseGrant
from kenesh.casework.opening import open_case
from kenesh.kernel import vault
from kenesh.kernel.models import TrailEntry
from kenesh.people import content, keys_in_trail
from kenesh.people.keyring import KeyMissing
from kenesh.people.models import OrganisationEpoch
from kenesh.problems.models import Waiting
from kenesh.site.tests.attackers import (
    STORY,
    exchange,
    filed,
    keyring,
    newest_appeal,
    with_receipt,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["person", "matter", "release"])
def test_a_row_of_another_case_is_not_reached_through_my_own(
    name: str, case: Case, second_case: Case, aigul: Any, signed_in: Any
) -> None:
    row = second_case.persons.get() if name == "person" else second_case.matters.get()
    address = reverse(f"casework_work:{name}", args=[case.code, row.uid])
    assert signed_in(aigul).post(address, {"name": "x"}).status_code == 404
    assert Waiting.objects.count() == 0


def test_a_caseworker_of_another_office_reaches_no_address_of_the_case(
    case: Case, digits: str, boris: Any, signed_in: Any
) -> None:
    client = signed_in(boris)
    matter, person = case.matters.get(), case.persons.get()
    plain = ("case", "answer", "note", "deadline", "link_problem", "assign", "waiting", "add_person", "add_matter")
    addresses = [reverse(f"casework_work:{name}", args=[case.code]) for name in plain]
    addresses += [reverse("casework_work:matter", args=[case.code, matter.uid])]
    addresses += [reverse("casework_work:release", args=[case.code, matter.uid])]
    addresses += [reverse("casework_work:person", args=[case.code, person.uid])]
    addresses += [reverse(f"casework_work:{name}", args=[newest_appeal().code]) for name in ("appeal", "take_up")]
    before = TrailEntry.objects.count()
    assert {address: client.post(address, {"status": "closed"}).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )
    assert TrailEntry.objects.count() == before


def test_a_colleague_without_the_key_sees_the_queue_and_opens_nothing(
    case: Case, office: Any, make_account: Any, signed_in: Any
) -> None:
    from kenesh.people.models import Role

    new = make_account("Begimai", Role.CASEWORKER, organisation=office).user
    client = signed_in(new)
    assert client.get("/work/queue/").status_code == 200
    page = client.get(f"/work/cases/{case.code}/").content.decode()
    assert STORY not in page
    with pytest.raises(KeyMissing):
        open_case(case, keyring(new))


def test_two_lines_of_an_appeal_that_change_places_open_no_more(digits: str, aigul: Any) -> None:
    appeal = newest_appeal()
    first, second = appeal.entries.order_by("id")[:2]
    exchange(first, second, "sealed")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(appeal, keyring(aigul)).entries()


def test_answers_of_one_appeal_do_not_open_as_those_of_another(digits: str, office: Any, aigul: Any) -> None:
    one = newest_appeal()
    filed(office, story="Башка окуя")
    exchange(one, newest_appeal(), "sealed_answers")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(Appeal.objects.get(pk=one.pk), keyring(aigul)).answers()


def test_the_key_of_another_appeal_does_not_open_by_standing_in_my_row(digits: str, office: Any, aigul: Any) -> None:
    """Somebody who can write the database gives his own receipt the key row, then the grant, of the victim's appeal."""
    mine = filed(office, story="Башка окуя")
    victim, attacker = Receipt.objects.order_by("id")
    exchange(victim.keys.get(), attacker.keys.get(), "sealed_key")
    keys = vault.from_receipt(mine, settings.SECRETS.pepper)
    with pytest.raises(vault.Tampered):
        opening.open_for_receipt(attacker, keys.pair.secret)
    of_victim, of_attacker = Grant.objects.order_by("id")
    exchange(of_victim, of_attacker, "sealed_key")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(newest_appeal(), keyring(aigul))


def test_a_key_row_that_is_turned_to_my_receipt_opens_nothing(digits: str, office: Any, aigul: Any) -> None:
    mine = filed(office, story="Башка окуя")
    victim, attacker = Receipt.objects.order_by("id")
    ReceiptKey.objects.filter(receipt=attacker).delete()
    ReceiptKey.objects.filter(receipt=victim).update(receipt=attacker)
    Receipt.objects.filter(pk=attacker.pk).update(appeal=victim.appeal)
    keys = vault.from_receipt(mine, settings.SECRETS.pepper)
    with pytest.raises(vault.Tampered):
        opening.open_for_receipt(Receipt.objects.get(pk=attacker.pk), keys.pair.secret)


def test_an_older_content_of_a_matter_does_not_open_as_the_newest(case: Case, aigul: Any) -> None:
    matter = case.matters.get()
    old, ring = bytes(matter.sealed), keyring(aigul)
    casework.change_row(keyring=ring, row=matter, changes={"persons": 3}, version=1)
    Matter.objects.filter(pk=matter.pk).update(sealed=old)
    with pytest.raises(vault.Tampered):
        open_case(case, ring).matters()


def test_a_consent_that_another_signed_does_not_count(digits: str, aigul: Any) -> None:
    """An office holds the content key and could write a line of consent; it cannot sign it."""
    appeal = newest_appeal()
    opened = opening.open_for_office(appeal, keyring(aigul))
    assert appeals.may_count(opened)
    said = [entry for entry in opened.entries() if entry.kind == "consent" and entry.body["code"] == "d"][-1]
    forged = {"code": "d", "given": True, "language": "ru", "signature": said.body["signature"]}
    opened.sealed_entry(kind="consent", by="person", at=said.at, **forged).save()
    assert not appeals.may_count(opening.open_for_office(appeal, keyring(aigul)))


def test_whoever_kept_the_old_grant_reads_nothing_that_comes_after_the_consent_was_taken_back(digits: str, aigul: Any) -> None:
    person, appeal, ring = with_receipt(digits), newest_appeal(), keyring(aigul)
    stolen = Grant.objects.get(epoch__appeal=appeal)
    person.post("/ru/appeal/status/consent/a/", {"given": "no"})
    with pytest.raises(KeyMissing):
        opening.open_for_office(appeal, ring)
    person.post("/ru/appeal/status/consent/d/", {"given": "no"})
    stolen.pk = None
    stolen.save(force_insert=True)
    opened = opening.open_for_office(appeal, ring)
    with pytest.raises(KeyMissing):
        opened.entries()  # the newest lines lie under an epoch whose key this grant does not give


def test_no_button_of_the_office_opens_what_is_being_erased(case: Case, digits: str, aigul: Any, signed_in: Any) -> None:
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    client, at = signed_in(aigul), f"/work/cases/{case.code}/"
    for status in ("reopen", "closed", "office", "person", "others"):
        client.post(f"{at}status/", {"status": status})
    client.post(f"{at}answer/", {"answer-text": "Эмнеге?", "answer-key": str(uuid.uuid4())})
    client.post(f"{at}assign/", {"assign-assignee": ""})
    client.post(f"/work/appeals/{newest_appeal().code}/take-up/")
    assert (newest_appeal().status, Case.objects.get().status) == (Status.ERASING, "erasing")
    assert list(Grant.objects.values_list("latched", flat=True)) == [True]
    assert list(CaseGrant.objects.values_list("latched", flat=True)) == [True]
    assert STORY not in client.get(at).content.decode()


def test_a_latch_that_is_only_unmarked_stays_shut(digits: str, aigul: Any) -> None:
    """The flag is not the lock: who clears it in the database has gained nothing."""
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    Grant.objects.update(latched=False)
    with pytest.raises(vault.Tampered):
        opening.open_for_office(newest_appeal(), keyring(aigul))


def test_another_receipt_does_not_stop_an_erasure(digits: str, office: Any) -> None:
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    other = filed(office, story="Башка окуя")
    with_receipt(other).post("/ru/appeal/status/erase/", {"what": "stop"})
    assert sorted(Appeal.objects.values_list("status", flat=True)) == ["erasing", "new"]
    grant = Grant.objects.get(latched=True)
    with pytest.raises(vault.Tampered):
        content.unlatch(grant, vault.from_receipt(other, settings.SECRETS.pepper).pair.secret)


def test_a_key_that_was_put_into_the_database_is_named(office: Any, aigul: Any) -> None:
    """Appeals are sealed to the newest key of an office: whoever adds a row of his own would read all that come."""
    assert list(keys_in_trail.strangers()) == []
    pair = vault.new_pair()
    OrganisationEpoch.objects.create(organisation=office, number=2, public_key=pair.public, sealed_index_key=b"-")
    assert [line.split(" of ")[0] for line in keys_in_trail.strangers()] == ["key 2"]
    type(aigul).objects.filter(pk=aigul.pk).update(public_key=pair.public)
    assert [line.split(" of ")[0] for line in keys_in_trail.strangers()] == ["key 2", "the key"]


def test_a_person_who_asks_for_erasing_while_her_appeal_is_taken_up_leaves_no_open_case(digits: str, aigul: Any) -> None:
    """Taken up with what was read before she asked: the case is not opened behind her back."""
    appeal = newest_appeal()
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    with pytest.raises((KeyMissing, casework.TakenAlready)):
        casework.open_from_appeal(keyring=keyring(aigul), appeal=appeal)
    assert (Case.objects.count(), Entry.objects.filter(appeal=appeal).count()) == (0, 4)
