"""A flood of the form and of receipts: it is slowed where it comes from, nobody is turned away, and nothing tells later who came.

`CALM_PER_MINUTE = 1`: the first filing is calm, from the second on something is asked. Moments are moved in the rows that
hold them; nothing waits.
"""

from __future__ import annotations

import hashlib
import html
import itertools
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from kenesh.appeals import actions, drafts, floods, questions, tasks
from kenesh.appeals.models import Appeal, Draft, Turn
from kenesh.kernel import vault

pytestmark = pytest.mark.django_db

ANSWERS = {"theme": "pay", "danger": "no", "story": "Айлык беришпейт", "citizenship": "KG", "consents": ["a"]}
CROWD, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _calm_is_one_a_minute() -> Iterator[None]:
    with override_settings(CALM_PER_MINUTE=1, PROOF_BITS=4, TURN_SECONDS=60):
        yield


def somebody(address: str = ELSEWHERE, **headers: str) -> Client:
    """A browser in this network whose form is filled in and not sent."""
    draft = drafts.new()
    draft.answers.update(ANSWERS)
    drafts.save(draft)
    client = Client(REMOTE_ADDR=address, headers=headers)
    client.cookies[settings.DRAFT_COOKIE_NAME] = draft.secret.hex()
    return client


def draft_of(client: Client) -> drafts.OpenDraft:
    draft = drafts.load(client.cookies[settings.DRAFT_COOKIE_NAME].value)
    assert draft is not None
    return draft


def send(client: Client, **said: str) -> str:
    """Presses the button and gives the address that follows, or that of the receipt when it is the answer."""
    answered = client.post("/en/appeal/send/", said)
    if answered.status_code == 200:
        assert re.findall(r'data-address="(.+?)"', answered.content.decode()) == [RECEIPT]
        return RECEIPT
    return answered.headers["Location"]


def page(client: Client) -> HttpResponse:
    return client.get("/en/appeal/turn/")  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", text))


def turn_of(client: Client) -> Turn:
    return Turn.objects.get(cookie_id=vault.cookie_id(draft_of(client).secret))


def work(response: HttpResponse) -> str:
    """The number that the page's script would find."""
    challenge, bits = re.findall(r'data-challenge="(\w+)" data-bits="(\d+)"', response.content.decode())[0]
    for number in itertools.count():
        digest = hashlib.sha256(f"{challenge}:{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - int(bits)) == 0:
            return str(number)
    raise AssertionError


def answer(response: HttpResponse) -> str:
    """What a person would answer."""
    shown = words(response)
    return next(str(number) for text, number in questions.QUESTIONS if str(text) in shown)


def time_passes(**more: int) -> None:
    """For all who wait."""
    for turn in Turn.objects.all():
        turn.opens_at -= timedelta(**more)
        turn.save()


RECEIPT, TURN = "/en/appeal/receipt/", "/en/appeal/turn/"


@pytest.fixture
def flood(aigul: Any) -> None:
    """A crowd in one network has sent more than is usual."""
    assert [send(somebody(CROWD)) for _ in range(2)] == [RECEIPT, TURN]


# --- nothing is asked as long as it is calm -----------------------------------------------------------------------------


def test_in_normal_times_nothing_is_asked(aigul: Any) -> None:
    with override_settings(CALM_PER_MINUTE=60):
        assert [send(somebody()) for _ in range(5)] == [RECEIPT] * 5
    assert Turn.objects.count() == 0


def test_a_flood_asks_and_keeps_every_word(flood: None) -> None:
    client = somebody()
    assert send(client) == TURN
    assert "Nothing that you wrote is lost." in words(page(client))
    assert "Айлык беришпейт" in client.get("/en/appeal/check/").content.decode()


def test_who_looks_at_the_page_in_calm_times_is_shown_the_button(aigul: Any) -> None:
    client = somebody()
    assert "You can send now" in words(page(client))
    assert send(client) == RECEIPT


# --- with JavaScript ------------------------------------------------------------------------------------------------------


def test_a_proof_lets_the_draft_pass(flood: None) -> None:
    client = somebody()
    send(client)
    assert send(client, proof=work(page(client))) == RECEIPT
    assert (Appeal.objects.count(), Turn.objects.filter(cookie_id=vault.cookie_id(draft_of(client).secret)).count()) == (2, 0)


def test_a_number_that_proves_nothing_passes_nobody(flood: None) -> None:
    client = somebody()
    send(client)
    right = int(work(page(client)))
    with override_settings(PROOF_BITS=20):
        assert {send(client, proof=wrong) for wrong in ("", "-1", f"{right} ", f"0x{right}", "9" * 17, "½", "٣")} == {TURN}
    assert Appeal.objects.count() == 1


def test_a_proof_for_another_draft_is_worthless(flood: None) -> None:
    one, other = somebody(), somebody()
    with override_settings(PROOF_BITS=12):
        for client in (one, other):
            send(client)
        proof = work(page(one))
        assert send(other, proof=proof) == TURN
        assert send(one, proof=proof) == RECEIPT


def test_a_proof_that_was_used_files_nothing_more(flood: None) -> None:
    client = somebody()
    send(client)
    proof = work(page(client))
    assert [send(client, proof=proof) for _ in range(3)] == [RECEIPT] * 3
    assert Appeal.objects.count() == 2
    client.post("/en/appeal/", {"theme": "pay", "danger": "no", "story": "Башка"})
    client.post("/en/appeal/answer/", {"answer_how": "code", "consents": ["a"]})
    assert send(client, proof=proof) == TURN
    assert Appeal.objects.count() == 2


def test_the_answers_that_were_changed_before_sending_need_a_turn_of_their_own(flood: None) -> None:
    """Or one proof would file two drafts: the one before the change and the one after it."""
    client = somebody()
    before = Client(REMOTE_ADDR=ELSEWHERE)
    before.cookies[settings.DRAFT_COOKIE_NAME] = draft_of(client).secret.hex()
    send(client)
    proof = work(page(client))
    client.post("/en/appeal/answer/", {"answer_how": "code", "consents": ["a"]})
    assert (send(before, proof=proof), send(client, proof=proof)) == (RECEIPT, TURN)


def test_work_grows_for_the_network_that_floods_alone(flood: None) -> None:
    def bits(address: str) -> int:
        client = somebody(address)
        send(client)
        return turn_of(client).bits

    with override_settings(TURN_SECONDS=10):
        crowd = [bits(CROWD) for _ in range(40)]
        assert crowd == sorted(crowd)
        assert (crowd[-1], bits(ELSEWHERE)) == (4 + floods.MOST_EXTRA_BITS, 4)


# --- without JavaScript ---------------------------------------------------------------------------------------------------


def test_another_network_sends_at_once_after_one_question(flood: None) -> None:
    client = somebody()
    send(client)
    assert send(client, answer=answer(page(client))) == RECEIPT


def test_no_page_holds_the_answer_to_its_question(flood: None) -> None:
    client = somebody()
    send(client)
    for number, (_text, right) in enumerate(questions.QUESTIONS):
        Turn.objects.update(question=number)
        assert str(right) not in re.findall(r"\d+", words(page(client)).replace("112", ""))


def test_a_wrong_answer_brings_another_question(flood: None) -> None:
    client = somebody()
    send(client)
    before = turn_of(client).question
    assert send(client, answer="1000") == TURN
    assert turn_of(client).question != before
    assert "That is not the right number" in words(page(client))


def test_the_network_that_floods_waits_and_is_told_how_long(flood: None) -> None:
    client = somebody(CROWD)
    send(client)
    assert send(client, answer=answer(page(client))) == TURN
    shown = page(client)
    assert "You can send in 2 minutes Nothing that you wrote is lost." in words(shown)
    assert 100 < int(shown.headers["Refresh"]) <= 120
    assert send(client) == TURN
    time_passes(minutes=2)
    shown = page(client)
    assert ("You can send now" in words(shown), shown.headers.get("Refresh")) == (True, None)
    assert send(client) == RECEIPT


def test_a_turn_that_comes_without_an_answer_opens_nothing(flood: None) -> None:
    client = somebody(CROWD)
    send(client)
    time_passes(minutes=20)
    assert send(client) == TURN
    assert send(client, answer=answer(page(client))) == RECEIPT


def test_a_turn_is_good_for_one_draft_and_one_filing(flood: None) -> None:
    client, other = somebody(), somebody()
    for one in (client, other):
        send(one)
    send(client, answer=answer(page(client)))
    assert [send(client), send(other)] == [RECEIPT, TURN]
    client.post("/en/appeal/", {"theme": "pay", "danger": "no", "story": "Башка"})
    client.post("/en/appeal/answer/", {"answer_how": "code", "consents": ["a"]})
    assert send(client) == TURN
    assert Appeal.objects.count() == 2


def test_nobody_waits_longer_than_a_quarter_of_an_hour(flood: None) -> None:
    for _ in range(30):
        send(somebody(CROWD))
    longest = max(Turn.objects.values_list("opens_at", flat=True)) - timezone.now()
    assert timedelta(minutes=14) < longest <= timedelta(minutes=15)


def test_whoever_goes_to_another_network_waits_no_longer_for_the_crowd(flood: None) -> None:
    client = somebody(CROWD)
    for _ in range(5):
        send(somebody(CROWD))
    send(client)
    send(client, answer=answer(page(client)))
    client.defaults["REMOTE_ADDR"] = ELSEWHERE
    assert "You can send now" in words(page(client))
    assert send(client) == RECEIPT


def test_looking_again_and_again_costs_no_place_in_the_line(flood: None) -> None:
    client = somebody(CROWD)
    send(client)
    before = turn_of(client).opens_at
    for _ in range(5):
        page(client)
        send(client)
    assert turn_of(client).opens_at == before


# --- what was sent never proves anything again --------------------------------------------------------------------------


def test_a_retry_after_a_lost_answer_shows_the_same_receipt_in_the_middle_of_a_flood(aigul: Any) -> None:
    client = somebody(CROWD)
    assert send(client) == RECEIPT
    digits = draft_of(client).receipt
    assert send(somebody()) == TURN
    assert send(client) == RECEIPT
    assert page(client).headers["Location"] == RECEIPT
    assert (draft_of(client).receipt, Appeal.objects.count()) == (digits, 1)


def test_a_turn_that_has_come_outlasts_a_full_line(flood: None) -> None:
    from kenesh.kernel import stretching

    client = somebody()
    send(client)
    line = [stretching.public._line.acquire(blocking=False) for _ in range(9)]
    try:
        assert client.post("/en/appeal/send/", {"proof": work(page(client))}).status_code == 503
    finally:
        for _ in line:
            stretching.public._line.release()
    assert send(client) == RECEIPT


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


# --- receipts that are typed in ---------------------------------------------------------------------------------------------


@pytest.fixture
def digits(aigul: Any, office: Any) -> str:
    draft = drafts.new()
    draft.answers.update(ANSWERS)
    assert actions.file_appeal(draft=draft, office=office, language="ky")
    return draft.receipt


def wrong(number: int) -> str:
    return vault.receipt_digits(bytes([number]) * 32)


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
