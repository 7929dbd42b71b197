"""What should not have been brought is taken out again, with its file and what was decided on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_delete
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.kernel.models import TrailEntry
from kenesh.library import actions, originals
from kenesh.library.actions import import_document
from kenesh.library.models import Batch, Document
from kenesh.library.reader import Reader
from kenesh.people.models import Organisation

pytestmark = pytest.mark.django_db

Press = Callable[..., str]
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PRESS = (SAMPLES / "press-release-ru.html").read_text(encoding="utf-8")


def test_a_document_goes_with_what_was_made_of_it_and_is_found_no_more(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="organisations-0")
    press(editor, document, accept="figures-0")
    content = press(editor, document, all="take_out")
    assert "The document is taken out of the library." in content
    assert (Document.objects.count(), Organisation.objects.count()) == (0, 0)
    assert editor.get(f"/en/library/{document.code}/").status_code == 404
    assert f"/library/{document.code}/" not in editor.get("/en/search/?q=Ак+Жол").content.decode()
    assert TrailEntry.objects.order_by("-number").values_list("verb", "target")[0] == (
        "delete_document",
        f"document:{document.code}",
    )


def test_the_versions_around_it_close_up(editor: Client, press: Press) -> None:
    documents = []
    for number in (45, 48, 50):
        text = PRESS.replace("45 представителей", f"{number} представителей")
        documents.append(import_document(data=text.encode(), source=f"{number}.html", by="command").document)
        editor.post(f"/work/library/{documents[-1].code}/changes/", {"do": "version"})
    rows = Document.objects.order_by("version").values_list("source", "first__source", "version", "is_newest")
    press(editor, documents[0], all="take_out")
    assert list(rows.all()) == [("48.html", None, 1, False), ("50.html", "48.html", 2, True)]
    press(editor, documents[2], all="take_out")
    assert list(rows.all()) == [("48.html", None, 1, True)]
    assert documents[1].code in editor.get("/en/library/").content.decode()


def test_a_whole_batch_goes_with_its_files(editor: Client, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    papers = [SimpleUploadedFile("press.html", PRESS.encode())]
    editor.post("/work/library/bring/", {"papers": papers, "text": "", "source": "", "key": uuid.uuid4().hex})
    batch = Batch.objects.get()
    with Reader() as reader:
        actions.read_some(batch_id=batch.pk, reader=reader)
    original = Document.objects.get().original
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"/work/library/batch/{batch.code}/", {"do": "take_out"}, follow=True)
    assert "1 document is taken out of the library." in answer.content.decode()
    assert Document.objects.count() == 0
    with pytest.raises(FileNotFoundError):
        originals.content(original)


def test_taking_out_indexes_nothing_that_goes(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="themes-0")
    with CaptureQueriesContext(connection) as queries:
        press(editor, document, all="take_out")
    written = {each["sql"].split()[0] for each in queries if '"search_entry"' in each["sql"]}
    assert (Document.objects.count(), written - {"SELECT", "DELETE"}) == (0, set())


def test_a_document_that_a_colleague_deletes_meanwhile_stops_nobody(editor: Client) -> None:
    papers = [SimpleUploadedFile(name, (SAMPLES / name).read_bytes()) for name in ("press-release-ru.html", "minutes-ky.txt")]
    editor.post("/work/library/bring/", {"papers": papers, "text": "", "source": "", "key": uuid.uuid4().hex})
    batch = Batch.objects.get()
    with Reader() as reader:
        actions.read_some(batch_id=batch.pk, reader=reader)

    def colleague(sender: Any, **_: Any) -> None:
        post_delete.disconnect(colleague, sender=Document)
        Document.objects.all().delete()

    post_delete.connect(colleague, sender=Document)
    answer = editor.post(f"/work/library/batch/{batch.code}/", {"do": "take_out"}, follow=True)
    assert "1 document is taken out of the library." in answer.content.decode()
    assert Document.objects.count() == 0


def test_a_document_that_a_colleague_deletes_before_the_button_is_not_found(editor: Client, document: Document) -> None:
    def colleague(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("SAVEPOINT") and not gone:
            gone.append(document)
            Document.objects.all().delete()
        return execute(sql, *rest)

    gone: list[Document] = []
    with connection.execute_wrapper(colleague):
        answer = editor.post(f"/work/library/{document.code}/review/", {"all": "take_out"})
    assert (len(gone), answer.status_code) == (1, 404)


def test_a_document_that_is_hidden_offers_nothing_that_would_be_refused(editor: Client, document: Document) -> None:
    Document.objects.update(taken_out_at=timezone.now())
    shown = editor.get(f"/work/library/{document.code}/review/").content.decode()
    offered = [words for words in ("Add what is missing", 'name="accept"', 'value="sure"', 'name="reject"') if words in shown]
    assert offered == ['name="reject"']
