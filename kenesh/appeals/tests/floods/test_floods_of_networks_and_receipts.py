"""Whose network it is in a flood, what guessed receipts cost, and what is left of it all."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from kenesh.appeals import floods, tasks
from kenesh.appeals.models import Appeal, Draft, Turn
from kenesh.appeals.tests.floods.crowd import (
    CROWD,
    ELSEWHERE,
    RECEIPT,
    answer,
    draft_of,
    page,
    send,
    somebody,
    turn_of,
    words,
    work,
    wrong,
)

pytestmark = pytest.mark.django_db


# --- whose network it is ------------------------------------------------------------------------------------------------------


def test_a_header_that_anybody_can_write_changes_nothing_without_a_proxy(flood: None) -> None:
    waits = [somebody(CROWD, **{"X-Forwarded-For": f"192.0.{n}.1", "X-Real-IP": f"192.0.{n}.1"}) for n in range(3)]
    for client in waits:
        send(client)
    moments = [turn_of(client).opens_at - timezone.now() for client in waits]
    assert [round(moment.total_seconds() / 60) for moment in moments] == [2, 3, 4]


def test_behind_a_proxy_only_what_the_proxy_wrote_counts(flood: None) -> None:
    def wait(forwarded: str) -> int:
        client = somebody("127.0.0.1", **{"X-Forwarded-For": forwarded})
        send(client)
        return round((turn_of(client).opens_at - timezone.now()).total_seconds() / 60)

    with override_settings(PROXIES=1):
        assert [wait(f"192.0.{n}.1, 203.0.113.{n}") for n in range(3)] == [2, 3, 4]
        assert wait("203.0.113.7, 198.51.100.1") == 0
    with override_settings(PROXIES=2):
        assert [wait(f"192.0.2.1, 203.0.113.{n}, 10.0.0.1") for n in range(2)] == [5, 6]


def test_neighbours_in_an_ipv6_network_are_one_network(flood: None) -> None:
    def wait(address: str) -> int:
        client = somebody(address)
        send(client)
        return round((turn_of(client).opens_at - timezone.now()).total_seconds() / 60)

    assert [wait(f"2001:db8:7:{n:x}::{n:x}") for n in range(1, 4)] == [0, 1, 2]
    assert wait("2001:db8:8::1") == 0
    assert [wait(address) for address in ("::ffff:192.0.2.1", "192.0.2.77")] == [0, 1]


@pytest.mark.parametrize("forwarded", ["", "unknown", "203.0.113.7:99999", "'; DROP TABLE", "203.0.113.7,", "x" * 5000])
def test_a_broken_header_of_the_proxy_turns_nobody_away(flood: None, forwarded: str) -> None:
    with override_settings(PROXIES=1):
        client = somebody("127.0.0.1", **{"X-Forwarded-For": forwarded})
        send(client)
        assert send(client, proof=work(page(client))) == RECEIPT


def open_with(client: Client, receipt: str, **said: str) -> HttpResponse:
    return client.post("/en/appeal/status/", {"receipt": receipt, **said})  # type: ignore[return-value]


def token_on(response: HttpResponse) -> str:
    return re.findall(r'name="turn" value="(\w+)"', response.content.decode())[0]


def try_again(client: Client, receipt: str, shown: HttpResponse) -> HttpResponse:
    return open_with(client, receipt, turn=token_on(shown), proof=work(shown))


def test_right_and_wrong_receipts_are_held_up_alike(digits: str) -> None:
    crowd, person = Client(REMOTE_ADDR=CROWD), Client(REMOTE_ADDR=ELSEWHERE)
    assert open_with(crowd, wrong(1)).status_code == 422
    asked = [open_with(client, receipt) for client, receipt in ((crowd, wrong(2)), (person, digits))]
    assert [(shown.status_code, "One question" in words(shown)) for shown in asked] == [(200, True)] * 2
    assert try_again(crowd, wrong(2), asked[0]).status_code == 422
    assert try_again(person, digits, asked[1]).headers["Location"] == "/en/appeal/status/open/"


def test_the_digits_stay_in_the_page_while_a_question_is_answered(digits: str) -> None:
    person = Client(REMOTE_ADDR=ELSEWHERE)
    open_with(Client(REMOTE_ADDR=CROWD), wrong(1))
    shown = open_with(person, digits)
    assert f'value="{digits}"' in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert open_with(person, digits, turn=token_on(shown), answer=answer(shown)).status_code == 302


def test_a_crowd_that_guesses_waits_and_the_others_do_not(digits: str) -> None:
    crowd, person = Client(REMOTE_ADDR=CROWD), Client(REMOTE_ADDR=ELSEWHERE)
    open_with(crowd, wrong(1))
    shown = [open_with(crowd, wrong(number)) for number in range(2, 5)][-1]
    held = open_with(crowd, wrong(4), turn=token_on(shown), answer=answer(shown))
    assert "It is your turn in" in words(held)
    assert open_with(crowd, wrong(4), turn=token_on(shown)).status_code == 200
    shown = open_with(person, digits)
    assert open_with(person, digits, turn=token_on(shown), answer=answer(shown)).status_code == 302


def test_one_proof_is_good_for_one_attempt(digits: str) -> None:
    crowd = Client(REMOTE_ADDR=CROWD)
    open_with(crowd, wrong(1))
    with override_settings(PROOF_BITS=12):
        shown = open_with(crowd, wrong(2))
        assert try_again(crowd, wrong(2), shown).status_code == 422
        assert [try_again(crowd, wrong(number), shown).status_code for number in (3, 4)] == [200, 200]


def test_an_attempt_that_found_the_line_full_keeps_its_proof(digits: str) -> None:
    from kenesh.kernel import stretching

    person = Client(REMOTE_ADDR=ELSEWHERE)
    open_with(Client(REMOTE_ADDR=CROWD), wrong(1))
    shown = open_with(person, digits)
    line = [stretching.public._line.acquire(blocking=False) for _ in range(9)]
    try:
        busy = try_again(person, digits, shown)
    finally:
        for _ in line:
            stretching.public._line.release()
    assert busy.status_code == 503
    assert open_with(person, digits, turn=token_on(busy)).status_code == 302


def test_a_digit_that_was_mistyped_while_waiting_costs_no_turn(digits: str) -> None:
    person = Client(REMOTE_ADDR=ELSEWHERE)
    open_with(Client(REMOTE_ADDR=CROWD), wrong(1))
    shown = open_with(person, digits)
    mistyped = open_with(person, digits[:-1], turn=token_on(shown), proof=work(shown))
    assert (mistyped.status_code, token_on(mistyped)) == (422, token_on(shown))
    assert open_with(person, digits, turn=token_on(mistyped), proof=work(shown)).status_code == 302


def test_a_flood_of_receipts_asks_nothing_of_the_form(digits: str) -> None:
    for number in range(1, 4):
        open_with(Client(REMOTE_ADDR=CROWD), wrong(number))
    assert send(somebody()) == RECEIPT


# --- what is left of it -------------------------------------------------------------------------------------------------------


def test_turns_are_forgotten(flood: None) -> None:
    assert Turn.objects.count() == 1
    Turn.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    tasks.forget_drafts.call()
    assert Turn.objects.count() == 0


def test_old_turns_make_room(flood: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "MOST_TURNS", 5)
    for number in range(1, 10):
        open_with(Client(REMOTE_ADDR=CROWD), wrong(number))
    assert Turn.objects.count() == 5


def test_a_turn_says_nothing_of_the_network(flood: None) -> None:
    """Two drafts of different networks that were asked first in theirs: nothing in their rows tells them apart."""
    one, other = somebody("192.0.2.5"), somebody("2001:db8::5")
    for client in (one, other):
        send(client)
    fields = {field.name for field in Turn._meta.get_fields()}
    assert fields == {"id", "cookie_id", "challenge", "bits", "question", "answered", "opens_at", "expires_at"}
    first, second = turn_of(one), turn_of(other)
    assert (first.bits, first.answered) == (second.bits, second.answered)
    assert abs(first.opens_at - second.opens_at) < timedelta(seconds=30)


@pytest.mark.django_db(transaction=True)
def test_fifty_who_send_at_once_in_a_flood_are_each_filed_once(aigul: Any) -> None:
    send(somebody(CROWD))
    people = [somebody(f"198.51.{n}.1" if n % 2 else CROWD) for n in range(50)]
    together = threading.Barrier(50, timeout=60)

    def until_the_receipt(client: Client) -> str:
        try:
            together.wait()
            said: dict[str, str] = {}
            while True:
                answered = client.post("/en/appeal/send/", said)
                if answered.status_code == 200 and b"<output>" in answered.content:
                    return draft_of(client).receipt
                if answered.status_code == 302:
                    shown = page(client)
                    said = {"proof": work(shown)} if b"data-challenge" in shown.content else {}
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        receipts = list(pool.map(until_the_receipt, people))
    assert len(set(receipts)) == 50
    assert Appeal.objects.count() == 51
    assert Draft.objects.count() == 51
