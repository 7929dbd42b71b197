"""A referral goes from the question to the result, with her yes at each step."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from kenesh.appeals.models import Appeal, Receipt
from kenesh.casework import referring
from kenesh.casework.models import Case, Party, ReferralGrant
from kenesh.casework.opening import open_case
from kenesh.casework.tests.referrals.handing import PURPOSE, STORY, TEXT, form, hers, keyring, person, propose, step
from kenesh.kernel.models import TrailEntry
from kenesh.people.keyring import KeyMissing

pytestmark = pytest.mark.django_db


def test_a_referral_goes_from_the_question_to_the_result(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    assert chelyabinsk.get(f"/work/referrals/{referral.code}/").status_code == 404
    assert step(bishkek, referral, "send") == "302 proposed"
    status = person(filed).get("/ru/appeal/status/open/").content.decode()
    assert str(referral.uid) in status
    assert TEXT not in status
    page = person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    assert PURPOSE in page
    assert TEXT in page
    assert hers(filed, referral, "agree") == "consented"
    assert step(bishkek, referral, "send") == "302 sent"
    assert referral.code in chelyabinsk.get("/work/referrals/").content.decode()
    read = chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert TEXT in read
    assert STORY not in read
    assert "912 000" not in read
    assert step(chelyabinsk, referral, "accept") == "302 accepted"
    own = Case.objects.get(office=other_office)
    assert (own.theme, own.origin, own.destination) == ("pay", "KG", "RU")
    assert open_case(own, keyring(boris)).persons()[0].body["phone"] == ""
    assert TEXT in chelyabinsk.get(f"/work/cases/{own.code}/").content.decode()
    assert bishkek.get(f"/work/cases/{own.code}/").status_code == 404
    assert step(chelyabinsk, referral, "done", "Долг выплачен") == "302 done"
    assert "Долг выплачен" in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert "Долг выплачен" in person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()


def test_accepting_asks_first_when_the_other_side_may_be_a_client(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    intake = {"channel": "phone", "theme": "pay", "story": "Долг", "name": "Кудайберди Асанов", "consents": ["a"], "receipt": "none",
              "consent_how": "oral", "open_case": "on", "key": str(uuid.uuid4())}  # fmt: skip
    assert chelyabinsk.post("/work/intake/", intake).status_code == 302
    party = {"role": "agent", "name": "Kudaiberdi Asanov", "version": "1", "key": str(uuid.uuid4())}
    assert bishkek.post(f"/work/cases/{case.code}/party/", party).status_code == 302
    referral = propose(bishkek, case, other_office, parties=[Party.objects.get(case=case).uid.hex])
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    asked = chelyabinsk.post(f"/work/referrals/{referral.code}/", {"do": "accept"})
    assert [found.name for found in asked.context["conflicts"]] == ["Кудайберди Асанов"]
    assert step(chelyabinsk, referral, "accept") == "422 sent"
    accepted = {"do": "accept", "why": "Другой год рождения"}
    assert chelyabinsk.post(f"/work/referrals/{referral.code}/", accepted).status_code == 302
    own = open_case(Case.objects.order_by("-id")[:1].get(), keyring(boris)).parties()[0].body
    assert (own["name"], own["conflict"]["why"]) == ("Kudaiberdi Asanov", "Другой год рождения")


def test_saying_no_sends_nothing(filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    referral = propose(client, case, other_office)
    assert hers(filed, referral, "take_back") == "withdrawn"
    assert step(client, referral, "send") == "302 withdrawn"
    assert not ReferralGrant.objects.filter(organisation_epoch__organisation=other_office).exists()


def test_taking_back_deletes_the_receivers_key(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    assert TEXT in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert hers(filed, referral, "take_back") == "withdrawn"
    assert TEXT not in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert TEXT in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert TEXT in person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    with pytest.raises(KeyMissing):
        referring.open_for_staff(referral, keyring(boris))


def test_declining_says_why_to_the_sender_and_to_her(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    assert step(chelyabinsk, referral, "decline", "") == "422 sent"
    assert step(chelyabinsk, referral, "decline", "Нет юриста") == "302 declined"
    assert "Нет юриста" in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert "Нет юриста" not in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()


def test_a_receiver_hands_nothing_on_without_asking_her_again(
    filed: str,
    case: Case,
    aigul: Any,
    boris: Any,
    office: Any,
    other_office: Any,
    make_office: Any,
    make_account: Any,
    signed_in: Any,
) -> None:
    from kenesh.people import actions as people
    from kenesh.people.models import Role

    third = make_office("Центр, Казань", "RU")
    dina = make_account("Dina", Role.CASEWORKER, organisation=third).user
    people.begin_epoch(organisation=third, holders=[dina], by="test")
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    step(chelyabinsk, referral, "accept")
    own = Case.objects.get(office=other_office)
    onward = propose(chelyabinsk, own, third, whose=Appeal.objects.get().code)
    assert onward.appeal == Appeal.objects.get()
    assert step(chelyabinsk, onward, "send") == "302 proposed"
    assert hers(filed, onward, "agree") == "consented"
    assert step(chelyabinsk, onward, "send") == "302 sent"
    assert TEXT in signed_in(dina).get(f"/work/referrals/{onward.code}/").content.decode()


def test_an_emergency_needs_a_reason_and_she_is_told_at_once(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    wrong = client.post(f"/work/cases/{case.code}/sharing/refer/", form(case, other_office, how="emergency"))
    assert wrong.status_code == 422
    reason = "Завтра её выдворяют из страны"
    referral = propose(client, case, other_office, how="emergency", reason=reason)
    assert step(client, referral, "send") == "302 sent"
    status = person(filed).get("/ru/appeal/status/open/")
    assert "referral_emergency" in [entry.body["code"] for entry in status.context["view"].steps]
    assert reason in person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    assert TrailEntry.objects.filter(verb="send_without_consent").count() == 1


def test_paper_is_for_somebody_without_a_receipt_of_her_own(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    paper = {"how": "paper", "signed_on": "2026-03-01", "language": "ky", "explained_by": "Айгүл"}
    assert client.post(f"/work/cases/{case.code}/sharing/refer/", form(case, other_office, **paper)).status_code == 422
    Receipt.objects.update(seen_by_other=True)
    referral = propose(client, case, other_office, **paper)
    assert step(client, referral, "send") == "302 sent"
