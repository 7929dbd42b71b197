"""Words that a person has signed stand in a list for a second caseworker, and leave it whenever they no longer wait."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.casework import actions, jobs, kept, reencrypt
from kenesh.casework.actions import keeping
from kenesh.casework.models import Case, Referral, WaitingWords
from kenesh.casework.tests.quotations.quoting import at, check, form, hers, keyring, person, proposed
from kenesh.kernel.codes import new_code
from kenesh.people import actions as people
from kenesh.people.models import Role, User
from kenesh.people.queries import current_epoch
from kenesh.problems.models import Problem

pytestmark = pytest.mark.django_db

LIST = "/work/quotations/"


@pytest.fixture
def waits(filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any) -> str:
    """The code of words that Aigul proposed and the person has signed."""
    code = proposed(signed_in(aigul), case, problem)
    assert listed(signed_in(jamila)) == []
    hers(person(filed), code, "agree")
    return code


def listed(client: Client) -> list[str]:
    return [row.code for row in client.get(LIST).context["page"].rows]


# --- who sees it ------------------------------------------------------------------------------------------------------


def test_a_colleague_is_told_where_her_day_begins_and_goes_from_the_list_to_the_words(
    waits: str, case: Case, jamila: Any, signed_in: Any
) -> None:
    client = signed_in(jamila)
    for page in ("/work/", "/work/queue/"):
        assert f'href="{LIST}"' in client.get(page).content.decode()
    assert at(case, waits) in client.get(LIST).content.decode()
    check(client, case, waits)
    assert listed(client) == []
    assert [page for page in ("/work/", "/work/queue/") if LIST in client.get(page).content.decode()] == []


def test_who_wrote_the_words_does_not_find_them_there(waits: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    page = client.get(LIST).context["page"]
    assert (page.rows, page.own) == ([], 1)
    assert LIST not in client.get("/work/").content.decode()


def test_another_office_finds_nothing(waits: str, boris: Any, signed_in: Any) -> None:
    page = signed_in(boris).get(LIST).context["page"]
    assert (page.rows, page.own) == ([], 0)


def test_a_colleague_who_was_given_no_key_yet_finds_nothing(waits: str, office: Any, make_account: Any, signed_in: Any) -> None:
    new = make_account("Nurgul", Role.CASEWORKER, organisation=office).user
    assert listed(signed_in(new)) == []


# --- when it leaves the list ------------------------------------------------------------------------------------------

Ends = Callable[[dict[str, Any]], object]


def _office(do: str, who: str) -> Ends:
    return lambda at_hand: at_hand["signed_in"](at_hand[who]).post(
        at(at_hand["case"], at_hand["code"]), {"do": do, "text": "Слишком узнаваемо"}
    )


def _stop_erasing(at_hand: dict[str, Any]) -> None:
    """What she has taken off by asking for erasure does not come back when she stops that."""
    at_hand["she"].post("/ru/appeal/status/erase/", {"what": "erase"})
    assert WaitingWords.objects.count() == 0
    at_hand["she"].post("/ru/appeal/status/erase/", {"what": "stop"})


def _take_consent_back(at_hand: dict[str, Any]) -> None:
    at_hand["she"].post("/ru/appeal/status/consent/e/", {"given": "no"})
    assert WaitingWords.objects.count() == 0
    at_hand["she"].post("/ru/appeal/status/consent/e/", {"given": "yes"})


def _restrict(at_hand: dict[str, Any]) -> None:
    aigul = at_hand["aigul"]
    actions.restrict(keyring=keyring(aigul), case=at_hand["case"], named=[aigul, at_hand["jamila"]], reason="опасно")


ENDS: dict[str, Ends] = {
    "she takes them back": lambda at_hand: hers(at_hand["she"], at_hand["code"], "take_back"),
    "she wants other words": lambda at_hand: hers(at_hand["she"], at_hand["code"], "other", text="Не про зиму"),
    "a colleague gives them back": _office("send_back", "jamila"),
    "the office takes them back": _office("withdraw", "aigul"),
    "the words are changed": lambda at_hand: at_hand["signed_in"](at_hand["aigul"]).post(
        at(at_hand["case"], at_hand["code"], "other"), form(at_hand["problem"])
    ),
    "she takes the consent back, and gives it again": _take_consent_back,
    "she has everything erased, and stops that": _stop_erasing,
    "the case becomes restricted": _restrict,
}


def test_it_leaves_the_list_whenever_the_words_no_longer_wait(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    at_hand = {"case": case, "aigul": aigul, "jamila": jamila, "signed_in": signed_in, "problem": problem, "she": person(filed)}
    said = []
    for end, act in ENDS.items():
        code = proposed(signed_in(aigul), case, problem)
        hers(at_hand["she"], code, "agree")
        said.append((end, listed(signed_in(jamila)) == [code]))
        act({**at_hand, "code": code})
        said.append((end, listed(signed_in(jamila)) == [] and WaitingWords.objects.count() == 0))
    assert [line for line in said if not line[1]] == []


def test_the_worker_destroys_it_with_a_case_whose_time_of_keeping_is_over(waits: str, case: Case, aigul: Any) -> None:
    actions.close_case(keyring=keyring(aigul), case=case)
    case.refresh_from_db()
    assert WaitingWords.objects.count() == 1
    assert case.keep_until is not None
    keeping.destroy_case(case=case, today=case.keep_until + timedelta(days=1), by="worker")
    assert WaitingWords.objects.count() == 0


# --- where it goes with the case --------------------------------------------------------------------------------------


def test_it_goes_to_the_other_office_with_the_case_and_comes_back_with_it(
    waits: str, filed: str, case: Case, aigul: Any, jamila: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    sent = {"key": str(uuid.uuid4()), "receiver": other_office.code, "purpose": "Переезд", "how": "receipt"}
    signed_in(aigul).post(f"/work/cases/{case.code}/sharing/hand-over/", {**sent, "whose": case.appeals.get().code})
    referral = Referral.objects.get()
    person(filed).post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": "agree"})
    WaitingWords.objects.update(since="2026-01-05")
    signed_in(aigul).post(f"/work/referrals/{referral.code}/", {"do": "send"})
    assert (listed(signed_in(boris)), listed(signed_in(jamila))) == ([waits], [])
    signed_in(aigul).post(f"/work/referrals/{referral.code}/", {"do": "undo"})
    assert (listed(signed_in(boris)), listed(signed_in(jamila))) == ([], [waits])
    assert str(WaitingWords.objects.get().since) == "2026-01-05"


def test_own_new_digits_leave_it_where_it_is(waits: str, filed: str, case: Case, jamila: Any, signed_in: Any) -> None:
    she = person(filed)
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    assert listed(signed_in(jamila)) == [waits]
    check(signed_in(jamila), case, waits)
    assert WaitingWords.objects.count() == 0


def test_it_is_still_there_when_the_office_has_sealed_everything_anew(
    waits: str, office: Any, aigul: Any, jamila: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.make_keys(keyring=keyring(aigul), organisation=office, after=current_epoch(office).number)
    monkeypatch.setattr(reencrypt, "SECONDS_BETWEEN", 0.0)
    for start in (reencrypt.start_reseal, reencrypt.start_destroy):
        job = start(keyring=keyring(aigul), office=office, request_key=uuid.uuid4())
        while job.state == job.State.RUNNING:
            job = jobs.go_on(keyring=keyring(aigul), job=job, seconds=0.01)
    newest = current_epoch(office)
    assert (WaitingWords.objects.get().office_epoch, newest.sealed_previous) == (newest, None)
    assert listed(signed_in(jamila)) == [waits]


# --- what it costs ----------------------------------------------------------------------------------------------------


def more_of_it(case: Case, number: int) -> None:
    """As many more rows as if other people had signed other words."""
    epoch, appeal = current_epoch(case.office), case.appeals.get()
    for _ in range(number):
        row = WaitingWords(office=case.office, handle=os.urandom(16), since=timezone.localdate() - timedelta(days=1))
        body = {"appeal": appeal.uid.hex, "quotation": new_code(), "writers": ["0"], "problem": "none"}
        kept.seal_to_office(row, body, epoch)
        row.save(force_insert=True)


def test_the_list_has_pages_and_no_page_costs_more_than_the_first(
    waits: str, case: Case, jamila: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(jamila)
    with CaptureQueriesContext(connection) as first:
        client.get(LIST)
    more_of_it(case, 33)
    with django_assert_num_queries(len(first)):
        page = client.get(LIST).context["page"]
    rest = client.get(f"{LIST}?after={page.next}").context["page"]
    codes = [row.code for row in (*page.rows, *rest.rows)]
    assert (len(page.rows), len(rest.rows), len(set(codes)), codes[-1], rest.next) == (30, 4, 34, waits, "")
    assert len(client.get(f"{LIST}?after=nowhere").context["page"].rows) == 30
