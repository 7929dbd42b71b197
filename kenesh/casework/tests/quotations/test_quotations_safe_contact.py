"""How a person may be reached stands wherever somebody is about to write to her or call her."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, Referral
from kenesh.casework.tests.quotations.quoting import at, filed_at, keyring, proposed
from kenesh.problems.models import Problem

pytestmark = pytest.mark.django_db

HOW = {"answer_how": "call", "may_pick_up": "сестра Бурул", "needs": ["interpreter", "cannot_read"], "language": "ky"}
MUST_SAY = ("сестра Бурул", "An interpreter", "I cannot read well", "Кыргызча")


def test_every_page_from_which_somebody_writes_or_calls_says_how_she_may_be_reached(
    office: Any, aigul: Any, boris: Any, other_office: Any, problem: Problem, signed_in: Any
) -> None:
    filed_at(office, **HOW)
    client, appeal = signed_in(aigul), Appeal.objects.get()
    client.cookies["language"] = "en"
    pages = {"appeal": client.get(f"/work/appeals/{appeal.code}/").content.decode()}
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=appeal)
    actions.link_problem(keyring=keyring(aigul), case=case, problem=problem)
    code = proposed(client, case, problem)
    sent = {"receiver": other_office.code, "purpose": "Помочь", "whose": appeal.code, "text": "Просим помочь", "how": "receipt"}
    assert client.post(f"/work/cases/{case.code}/sharing/refer/", {**sent, "key": str(uuid.uuid4())}).status_code == 302
    addresses = {
        "case": f"/work/cases/{case.code}/",
        "letters": f"/work/cases/{case.code}/letters/",
        "quote": at(case),
        "quotation": at(case, code),
        "referral": f"/work/referrals/{Referral.objects.get().code}/",
        "calls": "/work/calls/",
    }
    pages |= {name: client.get(address).content.decode() for name, address in addresses.items()}
    assert {name: [said for said in MUST_SAY if said not in page] for name, page in pages.items()} == {name: [] for name in pages}


def test_a_receiver_who_was_given_a_number_alone_is_told_to_ask_before_calling(
    office: Any, aigul: Any, boris: Any, other_office: Any, signed_in: Any, case: Case
) -> None:
    client, row = signed_in(aigul), case.persons.get()
    sent = {
        "receiver": other_office.code,
        "purpose": "Помочь",
        "whose": case.appeals.get().code,
        "persons": [f"{row.uid.hex}:phone"],
    }
    emergency = {"how": "emergency", "reason": "Её вывозят сегодня ночью", "key": str(uuid.uuid4())}
    assert client.post(f"/work/cases/{case.code}/sharing/refer/", {**sent, **emergency}).status_code == 302
    referral = Referral.objects.get()
    client.post(f"/work/referrals/{referral.code}/", {"do": "send"})
    receiving = signed_in(boris)
    receiving.cookies["language"] = "en"
    assert "was not handed over: ask" in receiving.get(f"/work/referrals/{referral.code}/").content.decode()


def accepted(office: Any, aigul: Any, boris: Any, other_office: Any, signed_in: Any, **chosen: str) -> dict[str, str]:
    """What the receiver reads in the referral, and in its own case once it has accepted."""
    filed_at(office, **HOW)
    appeal, client = Appeal.objects.get(), signed_in(aigul)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=appeal)
    emergency = {"how": "emergency", "reason": "Её вывозят сегодня ночью", "key": str(uuid.uuid4())}
    sent = {"receiver": other_office.code, "purpose": "Помочь", "whose": appeal.code, **chosen}
    assert client.post(f"/work/cases/{case.code}/sharing/refer/", {**sent, **emergency}).status_code == 302
    page = f"/work/referrals/{Referral.objects.get().code}/"
    client.post(page, {"do": "send"})
    receiving = signed_in(boris)
    receiving.cookies["language"] = "en"
    read = {"referral": receiving.get(page).content.decode()}
    receiving.post(page, {"do": "accept"})
    own = Case.objects.get(office=other_office)
    read["case"] = receiving.get(f"/work/cases/{own.code}/facts/").content.decode()
    return read


def test_a_receiver_reads_how_she_may_be_reached_in_the_referral_and_in_the_own_case(
    office: Any, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    read = accepted(office, aigul, boris, other_office, signed_in, reach="on")
    assert {name: [said for said in MUST_SAY if said not in page] for name, page in read.items()} == {"referral": [], "case": []}
    assert [name for name, page in read.items() if "was not handed over" in page] == []


def test_a_receiver_is_told_whom_to_ask_when_it_was_not_handed_over(
    office: Any, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    read = accepted(office, aigul, boris, other_office, signed_in, text="Просим помочь")
    ask = "to hand it to you as a second referral, with “How she may be reached” ticked"
    assert [name for name, page in read.items() if ask not in page or "сестра Бурул" in page] == []
    assert [name for name, page in read.items() if "When you accept it, a new case opens" not in page] == []
