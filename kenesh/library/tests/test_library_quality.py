"""What people made of readings: the kept counts, the page of quality, the labelled set."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.library.actions import import_document
from kenesh.library.models import Document, FieldCount
from kenesh.library.queries.corrections import labelled_documents
from kenesh.library.queries.quality import quality

pytestmark = pytest.mark.django_db

Press = Callable[..., str]


def finish(editor: Client, document: Document, press: Press) -> None:
    """One figure rejected, one country added, the title corrected, the rest accepted."""
    press(editor, document, reject="figures-0")
    editor.post(f"/work/library/{document.code}/review/title-0/", {"title": "Круглый стол в Оше"})
    editor.post(f"/work/library/{document.code}/add/?field=countries", {"country": "KZ", "words": "в Екатеринбурге"})
    press(editor, document, all="sure")
    press(editor, document, all="rest")


def counts() -> dict[str, tuple[int, int, int]]:
    return {
        row.field: (row.right, row.wrong, row.missed) for row in FieldCount.objects.all() if row.right + row.wrong + row.missed
    }


def test_a_document_counts_once_everything_is_decided(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, all="sure")
    assert counts() == {}
    press(editor, document, all="undo")
    finish(editor, document, press)
    document.refresh_from_db()
    assert document.is_checked
    found = counts()
    assert (found["figures"], found["title"], found["countries"]) == ((3, 1, 0), (0, 1, 1), (4, 0, 1))


def test_a_decision_taken_back_takes_the_document_out_of_the_counts(editor: Client, document: Document, press: Press) -> None:
    finish(editor, document, press)
    press(editor, document, undo="figures-1")
    assert counts() == {}
    press(editor, document, accept="figures-1")
    assert counts()["figures"] == (3, 1, 0)


def test_the_page_says_precision_and_recall(editor: Client, document: Document, press: Press) -> None:
    finish(editor, document, press)
    scores = {str(score.label): (score.precision, score.recall) for score in quality().scores}
    assert scores["Countries"] == (1.0, 0.8)
    content = editor.get("/work/library/quality/").content.decode()
    assert "Over 1 checked document." in content
    assert '<th scope="row">Countries</th><td>4</td><td>0</td><td>1</td><td>1.00</td><td>0.80</td>' in content


def test_the_labelled_set_has_the_reading_and_what_a_person_made_of_it(editor: Client, document: Document, press: Press) -> None:
    finish(editor, document, press)
    [labelled] = labelled_documents()
    assert json.loads(json.dumps(labelled)) == labelled
    assert set(labelled["read"]) == set(labelled["confirmed"])
    assert (labelled["read"]["title"], labelled["confirmed"]["title"]) == (
        "В Оше прошёл круглый стол о задержках зарплаты трудовых мигрантов",
        "Круглый стол в Оше",
    )
    assert labelled["confirmed"]["countries"] == ["KG", "UZ", "TJ", "RU", "KZ"]
    assert [figure["value"] for figure in labelled["confirmed"]["figures"]] == [1240, 38, 96500000]
    assert labelled["text"] == document.text


def test_a_document_that_is_not_finished_is_not_in_the_set(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, all="sure")
    assert list(labelled_documents()) == []


def test_a_document_that_was_taken_out_is_not_in_the_set(document: Document) -> None:
    Document.objects.update(checked_at=timezone.now(), taken_out_at=timezone.now())
    assert list(labelled_documents()) == []


def test_a_language_that_a_person_corrects_has_the_document_read_again(editor: Client, document: Document) -> None:
    editor.post(f"/work/library/{document.code}/review/language-0/", {"language": "ky"})
    document.refresh_from_db()
    assert (document.language, document.found["language"]) == ("ky", "ky")


def test_all_that_follows_from_the_language_is_read_anew_and_comes_back_when_it_is_undone(editor: Client, press: Press) -> None:
    text = "2024-жылдын 15-майында Бишкекте жыйын өттү. Ага Айбек Касымов, Эмгек министрлигинин башчысы, катышты."
    document = import_document(data=text.encode(), source="x", by="command").document
    persons = [person["name"] for person in document.found["persons"]]
    editor.post(f"/work/library/{document.code}/review/language-0/", {"language": "en"})
    document.refresh_from_db()
    assert ([person["name"] for person in document.found["persons"]], document.found["language"]) != (persons, "ky")
    press(editor, document, undo="language-0")
    document.refresh_from_db()
    assert ([person["name"] for person in document.found["persons"]], document.found["language"]) == (persons, "ky")


def test_a_language_is_not_changed_under_what_was_decided(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="countries-0")
    content = editor.post(f"/work/library/{document.code}/review/language-0/", {"language": "ky"}).content.decode()
    assert "The document would be read again." in content
    document.refresh_from_db()
    assert document.language == "ru"
