"""A flood of appeals: what is asked of whom, with and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from kenesh.appeals import floods, questions
from kenesh.appeals.models import Appeal, Turn
from kenesh.appeals.tests.floods.crowd import (
    CROWD,
    ELSEWHERE,
    RECEIPT,
    TURN,
    answer,
    draft_of,
    page,
    send,
    somebody,
    turn_of,
    words,
    work,
)
from kenesh.kernel import vault

pytestmark = pytest.mark.django_db


def time_passes(**more: int) -> None:
    """For all who wait."""
    for turn in Turn.objects.all():
        turn.opens_at -= timedelta(**more)
        turn.save()


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
