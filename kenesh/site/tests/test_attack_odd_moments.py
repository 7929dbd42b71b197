"""Forms that come at a moment when nobody expects them: an answer in words, never an error of the server."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.appeals import drafts
from kenesh.appeals.models import Entry
from kenesh.casework.models import Hold
from kenesh.kernel import sealed_files
from kenesh.site.tests.attackers import ANSWERS, keyring, newest_appeal, with_receipt

pytestmark = pytest.mark.django_db


def sent_and_changed(office: Any) -> tuple[Client, str]:
    """A browser whose form was sent, and changed afterwards; and the digits."""
    from kenesh.appeals import actions

    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    actions.file_appeal(draft=draft, office=office, language="ru")
    draft.answers["where_place"] = "Казань"
    drafts.save(draft)
    client = Client()
    client.cookies[settings.DRAFT_COOKIE_NAME] = draft.secret.hex()
    return client, draft.receipt


def test_a_change_after_she_has_made_digits_of_her_own_leads_to_the_status_page(office: Any, aigul: Any) -> None:
    client, digits = sent_and_changed(office)
    person = with_receipt(digits)
    person.get("/ru/appeal/status/own-digits/")
    assert person.post("/ru/appeal/status/own-digits/take/").status_code == 302
    lines = Entry.objects.count()
    assert client.post("/ru/appeal/difference/").headers["Location"] == "/ru/appeal/status/"
    assert Entry.objects.count() == lines


def test_a_change_while_everything_is_being_erased_leads_to_the_status_page(office: Any, aigul: Any) -> None:
    client, digits = sent_and_changed(office)
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    lines = Entry.objects.count()
    assert client.post("/ru/appeal/difference/").headers["Location"] == "/ru/appeal/status/"
    assert Entry.objects.count() == lines


def test_a_colleague_who_cannot_open_a_case_lifts_no_hold_of_it(
    case: Any, office: Any, aigul: Any, make_account: Any, signed_in: Any
) -> None:
    from kenesh.casework.actions import keeping
    from kenesh.people.models import Role

    day = newest_appeal().arrived_on
    keeping.hold(keyring=keyring(aigul), case=case, reason="Суд", look_again_on=day, key=uuid.uuid4())
    new = make_account("Begimai", Role.CASEWORKER, organisation=office).user
    assert signed_in(new).post(f"/work/cases/{case.code}/keeping/lift/").status_code == 200
    assert Hold.objects.count() == 1


KEY = b"ba94e049-3b1d-4c1d-8990-9d923174fb36"  # the same in every process that collects these tests


@pytest.mark.parametrize(
    "said",
    [
        b'{"key": "%s", "name": "a", "size": 1e999, "number": 0}' % KEY,
        b'{"key": "%s", "name": "a", "size": 1, "number": -1e999}' % KEY,
        b'{"key": "%s", "name": "a", "size": NaN, "number": 0}' % KEY,
        b"[" * 100_000,
        b'{"key": ["a"], "name": {}, "size": [], "number": null}',
        b"\xff\xfe\x00",
        b"null",
        b"",
    ],
)
def test_a_piece_that_no_script_of_ours_sends_is_refused_in_words(said: bytes, digits: str) -> None:
    answer = with_receipt(digits).post("/ru/appeal/status/files/piece/", said + b"\nx", content_type="application/octet-stream")
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_whoever_begins_file_after_file_and_ends_none_fills_no_disk(digits: str, settings: Any) -> None:
    settings.DRAFT_FILES_MB = 2
    client = with_receipt(digits)
    before, waits = sealed_files.arriving_bytes(), []
    for _number in range(12):
        said = {"key": str(uuid.uuid4()), "name": "a.jpg", "size": 2**20, "number": 0}
        body = json.dumps(said).encode() + b"\n" + bytes(sealed_files.PIECE)
        answer = client.post("/ru/appeal/status/files/piece/", body, content_type="application/octet-stream").json()
        waits.append(answer["wait"])
    assert waits == [False] * waits.index(True) + [True] * (12 - waits.index(True))
    assert sealed_files.arriving_bytes() - before < 2 * 2**20
