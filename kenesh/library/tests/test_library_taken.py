"""What comes of accepted questions and of accepted persons with a seat, through HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kenesh.library.actions import import_document
from kenesh.library.models import Document, Question
from kenesh.people.models import Membership, Person
from kenesh.search.queries import search

pytestmark = pytest.mark.django_db

Press = Callable[..., str]
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture
def paper() -> Document:
    """A list of issues of a UN committee."""
    return import_document(data=(SAMPLES / "questions-en.txt").read_bytes(), source="questions.txt", by="command").document


def key_of(client: Client, document: Document, words: str) -> str:
    """Of the finding whose line on the review page has these words."""
    page = client.get(f"/work/library/{document.code}/review/").content.decode()
    found = dict(re.findall(r'id="f-([a-z]+-\d+)"(.*?)</li>', page, re.DOTALL))
    return next(key for key, line in found.items() if words in line)


def test_an_accepted_question_stands_on_the_page_of_its_document_until_it_is_undone(
    editor: Client, paper: Document, press: Press
) -> None:
    for words in ("Please explain how migrant workers", "Whether the State party"):
        content = press(editor, paper, accept=key_of(editor, paper, words))
    first = Question.objects.get(number="1(a)")
    assert first.text.endswith("including: Whether the State party has ratified the Convention")
    assert f'<a href="/en/library/{paper.code}/questions/#q-{first.code}">See the record</a>' in content
    for address in (f"/en/library/{paper.code}/", f"/en/library/{paper.code}/questions/"):
        page = editor.get(address).content.decode()
        assert re.findall(r'<li id="q-.{8}"><b>(.*?)</b> (.{15})', page) == [
            ("1(a)", "Please provide "),
            ("4", "Please explain "),
        ]
    press(editor, paper, undo=key_of(editor, paper, "Please explain how migrant workers"))
    assert editor.get(f"/en/library/{paper.code}/questions/").content.decode().count("<b>4</b>") == 0


def test_a_question_that_somebody_added_is_found_with_its_document(editor: Client, paper: Document) -> None:
    assert search("widows").found == []
    said = {"number": "5", "text": "Are widows paid their pensions?"}
    answer = editor.post(f"/work/library/{paper.code}/add/?field=questions", said)
    assert answer.status_code == 302, answer.content.decode()
    assert [found.code for found in search("widows").found] == [paper.code]
    assert "<mark>widows</mark>" in editor.get("/en/search/?q=widows").content.decode()


def test_a_document_without_questions_says_so(client: Client, paper: Document) -> None:
    assert "Nobody has confirmed a question" in client.get(f"/en/library/{paper.code}/questions/").content.decode()
    assert 'id="questions"' not in client.get(f"/en/library/{paper.code}/").content.decode()


def test_accepting_a_person_with_a_seat_makes_a_membership_that_nobody_sees(
    editor: Client, document: Document, council: Any
) -> None:
    said = {"name": "Айгерим Садыкова", "post": "Президент", "organisation": "", "seat": council.code, "seat_role": "chair"}
    editor.post(f"/work/library/{document.code}/review/persons-0/", said)
    seat = Membership.objects.get()
    assert (seat.body, str(seat.person), seat.role, seat.publication) == (council, "Айгерим Садыкова", "chair", "hidden")
    assert "Садыкова" not in editor.get(f"/en/council/bodies/{council.code}/").content.decode()


def test_undoing_takes_the_seat_away_with_its_person(editor: Client, document: Document, council: Any, press: Press) -> None:
    said = {"name": "Айгерим Садыкова", "post": "", "organisation": "", "seat": council.code, "seat_role": "member"}
    editor.post(f"/work/library/{document.code}/review/persons-0/", said)
    press(editor, document, undo="persons-0")
    assert (Membership.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.parametrize(("known", "read"), [("Rahmon Daler", "Далер Рахмонов"), ("Далер Рахмонов", "Daler Rahmon")])
def test_a_person_whose_name_another_country_writes_otherwise_is_suggested_as_the_same(
    editor: Client, known: str, read: str
) -> None:
    person = Person.objects.create(name={"ru" if known[0] > "z" else "en": known}, post={"ru": "Председатель"})
    text = f"Заседание совета прошло в Душанбе 15 мая 2024 года. Председатель совета {read} открыл заседание."
    if read[0] < "z":
        text = f"The council met in Dushanbe on 15 May 2024. The chair of the council, {read}, opened the meeting."
    paper = import_document(data=text.encode(), source="note.txt", by="command").document
    page = editor.get(f"/work/library/{paper.code}/review/").content.decode()
    assert f'value="person:{person.code}"' in page
    assert f"{known} · Председатель" in page
