"""Texts that want to be more than text."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.appeals import drafts
from kenesh.casework import actions as casework
from kenesh.casework.models import Case
from kenesh.cast import PASSWORD
from kenesh.people.models import Label, Unlock
from kenesh.site.tests.attackers import (
    ANSWERS,
    HOSTILE,
    filed,
    keyring,
    newest_appeal,
    with_receipt,
)
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db


def test_a_hostile_name_of_an_office_stays_text(make_office: Any, make_account: Any) -> None:
    from kenesh.people import actions
    from kenesh.people.models import Role

    office = make_office(
        HOSTILE, "KG", labels=[Label("bcdfghjk", Translated(ru=HOSTILE), date(2020, 1, 1))], place={"ru": HOSTILE}
    )
    holder = make_account("Aigul", Role.CASEWORKER, organisation=office).user
    actions.begin_epoch(organisation=office, holders=[holder], by="test")
    client = with_receipt(filed(office))
    seen = [client.get("/ru/appeal/status/open/")]
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    drafts.save(draft)
    client.cookies[settings.DRAFT_COOKIE_NAME] = draft.secret.hex()
    seen += [client.get("/ru/appeal/answer/"), client.get("/ru/appeal/check/")]
    assert all("<script>alert" not in page.content.decode() and "<img src=x" not in page.content.decode() for page in seen)


def test_what_a_person_and_an_office_write_to_each_other_stays_text(office: Any, aigul: Any, signed_in: Any) -> None:
    person = with_receipt(filed(office, story=HOSTILE, where_place=HOSTILE, phone=HOSTILE))
    person.post("/ru/appeal/status/open/", {"text": HOSTILE, "key": str(uuid.uuid4())})
    ring, client = keyring(aigul), signed_in(aigul)
    pages = [client.get(f"/work/appeals/{newest_appeal().code}/")]
    case = casework.open_from_appeal(keyring=ring, appeal=newest_appeal())
    casework.answer(keyring=ring, case=case, text=HOSTILE, key=uuid.uuid4())
    casework.add_note(keyring=ring, case=case, text=HOSTILE, key=uuid.uuid4())
    pages += [
        client.get(f"/work/cases/{case.code}/"),
        person.get("/ru/appeal/status/open/"),
        person.get("/ru/appeal/status/story/"),
    ]
    for page in pages:
        text = page.content.decode()
        assert "&lt;script&gt;alert" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_what_a_locked_session_gives_back_stays_text(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    Unlock.objects.all().delete()
    client.post(f"/work/cases/{case.code}/note/", {"note-text": HOSTILE, f"x{HOSTILE}": HOSTILE})
    client.post("/work/unlock/", {"password": PASSWORD})
    text = client.get("/work/unlock/back/").content.decode()
    assert "&lt;script&gt;alert" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_a_hostile_document_stays_text() -> None:
    from kenesh.library.actions import import_document

    text = f"Пресс-релиз {HOSTILE}\n\n15 мая 2024 года в Бишкеке обсудили невыплату зарплаты мигрантам. {HOSTILE}"
    page = f"<html><head><title>{HOSTILE}</title></head><body><p>{text}</p></body></html>"
    for data in (text, page):
        document = import_document(data=data.encode(), source=f"{HOSTILE}.html", by="test").document
        for address in (f"/ru/library/{document.code}/", "/ru/library/"):
            shown = Client().get(address).content.decode()
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown
