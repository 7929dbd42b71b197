"""Steps and data that the tests of this folder share."""

from __future__ import annotations

import hashlib
import html
import itertools
import re

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from kenesh.appeals import drafts, questions
from kenesh.appeals.models import Turn
from kenesh.kernel import vault

ANSWERS = {"theme": "pay", "danger": "no", "story": "Айлык беришпейт", "citizenship": "KG", "consents": ["a"]}


CROWD, ELSEWHERE = "203.0.113.7", "198.51.100.9"


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


RECEIPT, TURN = "/en/appeal/receipt/", "/en/appeal/turn/"


def wrong(number: int) -> str:
    return vault.receipt_digits(bytes([number]) * 32)
