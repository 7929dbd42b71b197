"""A corrected text is recognised, and a person says whether it is a version."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from kenesh.library.actions import import_document
from kenesh.library.likeness import runs_of, share
from kenesh.library.models import Document

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PRESS = (SAMPLES / "press-release-ru.html").read_text(encoding="utf-8")


def imported(text: str, name: str) -> Document:
    return import_document(data=text.encode(), source=name, by="command").document


@pytest.fixture
def first() -> Document:
    return imported(PRESS, "first.html")


@pytest.fixture
def second(first: Document) -> Document:
    return imported(PRESS.replace("45 представителей", "48 представителей"), "second.html")


def test_a_corrected_text_resembles_the_first(first: Document, second: Document) -> None:
    assert second.resembles == first
    assert second.resemblance is not None
    assert second.resemblance > 0.9


def test_another_text_resembles_none(first: Document) -> None:
    assert imported((SAMPLES / "minutes-ky.txt").read_text(encoding="utf-8"), "minutes.txt").resembles is None


def test_the_words_that_changed_are_marked(editor: Client, second: Document) -> None:
    content = editor.get(f"/work/library/{second.code}/changes/").content.decode()
    assert "<del>45 </del><ins>48 </ins>" in content
    assert content.count("<ins>") == 2  # the other explains the marks


def test_a_person_makes_it_a_version_and_the_list_shows_the_newest(editor: Client, first: Document, second: Document) -> None:
    editor.post(f"/work/library/{second.code}/changes/", {"do": "version"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.first, second.version, second.is_newest, first.is_newest) == (first, 2, True, False)
    assert "Version 2 of " in editor.get(f"/work/library/{second.code}/changes/").content.decode()
    listed = editor.get("/en/library/").content.decode()
    assert f"/library/{second.code}/" in listed
    assert f"/library/{first.code}/" not in listed


def test_a_third_version_follows_the_second(editor: Client, first: Document, second: Document) -> None:
    editor.post(f"/work/library/{second.code}/changes/", {"do": "version"})
    third = imported(PRESS.replace("45 представителей", "50 представителей"), "third.html")
    editor.post(f"/work/library/{third.code}/changes/", {"do": "version"})
    third.refresh_from_db()
    assert (third.first, third.version) == (first, 3)
    assert list(Document.objects.filter(is_newest=True)) == [third]


def test_it_can_be_said_to_be_another_document_or_taken_back(editor: Client, first: Document, second: Document) -> None:
    editor.post(f"/work/library/{second.code}/changes/", {"do": "version"})
    editor.post(f"/work/library/{second.code}/changes/", {"do": "undo"})
    editor.post(f"/work/library/{second.code}/changes/", {"do": "apart"})
    second.refresh_from_db()
    assert (second.first, second.version, second.resembles) == (None, 1, None)
    assert Document.objects.filter(is_newest=True).count() == 2


def test_texts_of_few_words_are_never_compared() -> None:
    assert share(runs_of("Заседание прошло."), runs_of("Заседание прошло.")) == 0


def test_a_document_with_versions_of_its_own_takes_them_along(editor: Client, first: Document, second: Document) -> None:
    third = imported(PRESS.replace("45 представителей", "48 представителей и гостей"), "third.html")
    assert third.resembles == second
    for document in (third, second):  # the shelf lists the newest first
        editor.post(f"/work/library/{document.code}/changes/", {"do": "version"})
    rows = Document.objects.order_by("version").values_list("source", "first__source", "version", "is_newest")
    assert list(rows) == [
        ("first.html", None, 1, False),
        ("second.html", "first.html", 2, False),
        ("third.html", "first.html", 3, True),
    ]
