"""Plaintext where it does not belong: tables, answers, sessions."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.casework.models import Case
from kenesh.kernel import vault
from kenesh.people.models import Unlock
from kenesh.site.tests.attackers import (
    everything_stored,
    newest_appeal,
    with_receipt,
)

pytestmark = pytest.mark.django_db


def test_no_table_holds_a_word_of_an_appeal_after_a_whole_day_with_it(
    digits: str, case: Case, aigul: Any, signed_in: Any
) -> None:
    client, person, at = signed_in(aigul), with_receipt(digits), f"/work/cases/{case.code}/"
    person.get("/ru/appeal/status/open/")
    person.post("/ru/appeal/status/open/", {"text": "Кошумча Zebrafink", "key": str(uuid.uuid4())})
    client.post(f"{at}note/", {"note-text": "Ички Quetzalcoatl", "note-key": str(uuid.uuid4())})
    client.post(f"{at}answer/", {"answer-text": "Жооп Xylophon", "answer-key": str(uuid.uuid4())})
    client.post(f"{at}person/{case.persons.get().uid}/", {"name": "Ысымы Wolpertinger", "version": "1", "key": str(uuid.uuid4())})
    client.post(f"{at}person/", {"name": "", "phone": "x" * 100, "key": "not a key"})
    Unlock.objects.all().delete()
    client.post(f"{at}note/", {"note-text": "Жабык Yggdrasil", "note-key": str(uuid.uuid4())})
    person.post("/ru/appeal/status/erase/", {})
    stored = everything_stored()
    words = (
        "Zebrafink",
        "Quetzalcoatl",
        "Xylophon",
        "Wolpertinger",
        "Yggdrasil",
        "Мурзакмат",
        "912 000-11-22",
        "Челябинск\n",
        digits,
    )
    assert [word for word in words if word in stored] == []


@pytest.mark.parametrize(
    "address", ["/ru/appeal/status/open/", "/ru/appeal/status/story/", "/ru/appeal/status/erase/", "/ru/appeal/status/"]
)
def test_a_page_of_the_receipt_is_neither_compressed_nor_kept(address: str, digits: str) -> None:
    answer = with_receipt(digits).get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.headers.get("Content-Encoding"), answer.headers["Cache-Control"]) == (None, "no-store")
    assert digits not in answer.content.decode()


def test_digits_that_never_were_and_digits_that_were_erased_are_told_the_same(digits: str, office: Any) -> None:
    never = vault.receipt_digits(b"\x05" * 32)
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    appeals.destroy_erased(today=newest_appeal().erase_on)  # type: ignore[arg-type]  # set by the request above
    pages = []
    for asked in (digits, never):
        answer = Client().post("/ru/appeal/status/", {"receipt": asked})
        plain = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(asked, "")
        pages.append((answer.status_code, plain, sorted(answer.cookies)))
    assert pages[0] == pages[1]


def test_a_visitor_without_an_account_leaves_no_session_behind(digits: str) -> None:
    from django.contrib.sessions.models import Session

    client = with_receipt(digits)
    client.post("/ru/appeal/status/consent/d/", {"given": "no"})
    client.get("/ru/appeal/status/open/")
    Client().get("/ru/appeal/where/")
    client.post("/ru/appeal/status/erase/", {})
    assert Session.objects.count() == 0


def test_what_is_stored_in_the_clear_of_an_added_message_is_no_hash_of_the_digits(office: Any, aigul: Any) -> None:
    """A fast hash of 20 digits and a text that can be guessed would be searched through in days."""
    draft = drafts.new()
    assert draft.request_key("Телефон: 1") == draft.request_key("Телефон: 1")
    guesses = [uuid.uuid5(uuid.UUID(int=0), draft.receipt + "Телефон: 1"), uuid.uuid5(uuid.NAMESPACE_URL, draft.receipt)]
    assert draft.request_key("Телефон: 1") not in guesses
    other = drafts.OpenDraft(vault.new_key())
    assert draft.request_key("Телефон: 1") != other.request_key("Телефон: 1")
