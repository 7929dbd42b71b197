"""What many do at one moment: nobody's appeal is lost or stored twice, and one appeal becomes one case.

The threads go through the whole of Django with database connections of their own, on either engine.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, Entry, Receipt
from kenesh.casework.models import Case

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
U = TypeVar("U")
ANSWERS = {
    "theme": "pay",
    "danger": "no",
    "story": "Айлык беришпейт",
    "citizenship": "KG",
    "where_country": "RU",
    "consents": ["a"],
}
LONGEST = 60.0


def at_one_moment(act: Callable[[T], U], over: list[T]) -> list[U]:
    """Calls `act` for each, in a thread of its own; all begin together."""
    together = threading.Barrier(len(over), timeout=LONGEST)

    def begin(one: T) -> U:
        try:
            together.wait()
            return act(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(over)) as pool:
        return list(pool.map(begin, over))


def with_draft(draft: drafts.OpenDraft | None = None) -> Client:
    """A browser whose form is filled in and not sent."""
    if draft is None:
        draft = drafts.new()
        draft.answers.update(ANSWERS)
        drafts.save(draft)
    client = Client()
    client.cookies[settings.DRAFT_COOKIE_NAME] = draft.secret.hex()
    return client


def send(client: Client) -> HttpResponse:
    return client.post("/ky/appeal/send/")  # type: ignore[return-value]


def digits_on(client: Client) -> str:
    page = client.get("/ky/appeal/receipt/").content.decode()
    return re.sub(r"\D", "", re.sub(r"<[^>]+>", "", re.findall(r"<output>(.*?)</output>", page, re.DOTALL)[0]))


def send_until_taken(client: Client) -> tuple[list[int], str]:
    """Presses the button of the waiting page until the receipt comes; gives all statuses and the digits."""
    statuses = []
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        answer = send(client)
        statuses.append(answer.status_code)
        if answer.status_code == 200:
            break
        assert answer.headers["Retry-After"] == "5"
        assert 'action="/ky/appeal/send/"' in answer.content.decode()
        time.sleep(0.1)
    return statuses, digits_on(client)


def test_fifty_filings_at_once_are_each_taken_once_or_asked_to_wait(aigul: Any) -> None:
    clients = [with_draft() for _ in range(50)]
    outcomes = at_one_moment(send_until_taken, clients)
    assert {status for statuses, _ in outcomes for status in statuses} <= {200, 503}
    assert len({digits for _, digits in outcomes}) == 50
    assert (Appeal.objects.count(), Receipt.objects.count()) == (50, 50)
    shown = [drafts.load(client.cookies[settings.DRAFT_COOKIE_NAME].value) for client in clients]
    assert [draft.receipt for draft in shown if draft] == [digits for _, digits in outcomes]


def test_fifty_one_page_forms_at_once_lose_and_double_nothing(aigul: Any) -> None:
    def whole_way(number: int) -> str:
        client = Client()
        form = {**ANSWERS, "story": f"Айлык беришпейт {number}"}
        assert f"Айлык беришпейт {number}<" in client.post("/ky/appeal/all/", form).content.decode()
        return send_until_taken(client)[1]

    digits = at_one_moment(whole_way, list(range(50)))
    assert len(set(digits)) == 50
    assert (Appeal.objects.count(), Receipt.objects.count()) == (50, 50)


def test_who_has_to_wait_keeps_every_answer(aigul: Any) -> None:
    from kenesh.kernel import stretching

    client = with_draft()
    line = [stretching.public._line.acquire(blocking=False) for _ in range(9)]
    try:
        refused = send(client)
    finally:
        for _ in line:
            stretching.public._line.release()
    assert (refused.status_code, Appeal.objects.count()) == (503, 0)
    assert "Айлык беришпейт" in client.get("/ky/appeal/check/").content.decode()
    assert send(client).status_code == 200


def test_the_button_pressed_eight_times_at_once_files_one_appeal(aigul: Any) -> None:
    draft = drafts.new()
    draft.answers.update(ANSWERS)
    drafts.save(draft)
    outcomes = at_one_moment(send_until_taken, [with_draft(draft) for _ in range(8)])
    assert {digits for _, digits in outcomes} == {draft.receipt}
    assert (Appeal.objects.count(), Receipt.objects.count()) == (1, 1)


def test_one_message_sent_five_times_at_once_is_written_once(aigul: Any) -> None:
    client = with_draft()
    _, digits = send_until_taken(client)
    client.post("/ky/appeal/status/", {"receipt": digits})
    page = client.get("/ky/appeal/status/open/").content.decode()
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    before = Entry.objects.count()
    browsers = [Client() for _ in range(5)]
    for browser in browsers:
        browser.cookies[settings.STATUS_COOKIE_NAME] = client.cookies[settings.STATUS_COOKIE_NAME].value
    answers = at_one_moment(
        lambda one: one.post("/ky/appeal/status/open/", {"text": "Дагы бир сөз", "key": key}).status_code, browsers
    )
    assert answers == [302] * 5
    assert Entry.objects.count() == before + 1


@pytest.fixture
def colleague(aigul: Any, office: Any, make_account: Callable[..., Any]) -> Any:
    """A second caseworker who holds the key of Aigul's office."""
    from kenesh.people import actions
    from kenesh.people.models import OrganisationEpoch, Role

    account = make_account("Baktygul", Role.CASEWORKER, organisation=office)
    OrganisationEpoch.objects.filter(organisation=office).delete()
    actions.begin_epoch(organisation=office, holders=[aigul, account.user], by="test")
    return account.user


def test_two_caseworkers_who_take_up_one_appeal_at_once_open_one_case(
    aigul: Any, colleague: Any, signed_in: Callable[..., Client]
) -> None:
    send_until_taken(with_draft())
    appeal = Appeal.objects.get()
    addresses = at_one_moment(
        lambda client: client.post(f"/work/appeals/{appeal.code}/take-up/").headers.get("Location"),
        [signed_in(aigul), signed_in(colleague)],
    )
    case = Case.objects.get()
    assert addresses == [f"/work/cases/{case.code}/"] * 2
    assert list(case.appeals.all()) == [appeal]
