"""A document that is taken out while a problem names it: it stays hidden, whatever is done with the texts that resemble it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from kenesh import library
from kenesh.library.actions import import_document
from kenesh.library.models import Document
from kenesh.people.models import User
from kenesh.problems.models import Problem

pytestmark = pytest.mark.django_db

PRESS = (Path(library.__file__).parent / "samples" / "press-release-ru.html").read_text(encoding="utf-8")

Brought = Callable[[int], Document]


@pytest.fixture
def keeper(client: Client, chynara: User) -> Client:
    client.force_login(chynara)
    return client


@pytest.fixture
def brought(accepted: Problem) -> Brought:
    """`brought(48)`: a version of the press release; the problem names it."""

    def bring(number: int) -> Document:
        text = PRESS.replace("45 представителей", f"{number} представителей")
        document = import_document(data=text.encode(), source=f"{number}.html", by="command").document
        accepted.documents.create(document=document)
        return document

    return bring


def decide(client: Client, document: Document, wish: str) -> None:
    client.post(f"/work/library/{document.code}/changes/", {"do": wish})


def hide(client: Client, document: Document) -> None:
    client.post(f"/work/library/{document.code}/review/", {"all": "take_out"})


def public(*documents: Document) -> list[tuple[bool, bool, int]]:
    """Of each: whether the list of documents and search name it, and what its page answers."""
    anybody = Client()
    pages = [anybody.get(address).content.decode() for address in ("/en/library/", "/en/search/?q=Ак+Жол")]
    return [
        (*(f"/library/{each.code}/" in page for page in pages), anybody.get(f"/en/library/{each.code}/").status_code)  # type: ignore[misc]
        for each in documents
    ]


SHOWN, NOWHERE = (True, True, 200), (False, False, 404)


def test_a_hidden_version_cannot_be_made_a_version_again(keeper: Client, brought: Brought) -> None:
    first, second = brought(45), brought(48)
    decide(keeper, second, "version")
    hide(keeper, second)
    tab = keeper.get("/work/library/?tab=out").content.decode()
    decide(keeper, second, "version")
    assert (f"{second.code}/changes/" in tab, public(first, second)) == (False, [SHOWN, NOWHERE])


def test_programs_are_told_no_document_that_is_hidden(keeper: Client, brought: Brought, accepted: Problem) -> None:
    first, second = brought(45), brought(48)
    hide(keeper, second)
    assert Client().get(f"/api/v1/problems/{accepted.code}").json()["documents"] == [first.code]


def test_a_text_that_resembled_a_hidden_one_resembles_none(keeper: Client, brought: Brought) -> None:
    first, second = brought(45), brought(48)
    hide(keeper, first)
    for wish in ("version", "undo"):
        decide(keeper, second, wish)
    second.refresh_from_db()
    assert (second.resembles, second.first, public(first, second)) == (None, None, [NOWHERE, SHOWN])
