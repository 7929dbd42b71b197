"""Persons, matters and notes of a case."""

from __future__ import annotations

import uuid

from django.utils import timezone

from kenesh.casework.actions.cases import matter_from_answers
from kenesh.casework.actions.writing import add_row
from kenesh.casework.models import Case, Matter, Note, Person
from kenesh.casework.opening import Body
from kenesh.people.keyring import Keyring


def add_person(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    add_row(keyring=keyring, case=case, row=Person(case=case), body=body, key=key, verb="add_person")


def add_matter(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    full = {**matter_from_answers({}), **body}
    add_row(keyring=keyring, case=case, row=Matter(case=case), body=full, key=key, verb="add_matter")


def add_note(*, keyring: Keyring, case: Case, text: str, key: uuid.UUID) -> None:
    body = {"text": text, "by": keyring.user.name, "at": timezone.now().isoformat(timespec="seconds")}
    add_row(keyring=keyring, case=case, row=Note(case=case), body=body, key=key, verb="add_note")
