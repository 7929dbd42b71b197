"""Persons, matters, notes and deadlines of a case."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from kenesh.casework.actions.cases import matter_from_answers
from kenesh.casework.actions.writing import add_row, keep_earliest_deadline, target
from kenesh.casework.models import Case, Deadline, Matter, Note, Person
from kenesh.casework.opening import Body
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring


def add_person(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    add_row(keyring=keyring, case=case, row=Person(case=case), body=body, key=key, verb="add_person")


def add_matter(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    full = {**matter_from_answers({}), **body}
    add_row(keyring=keyring, case=case, row=Matter(case=case), body=full, key=key, verb="add_matter")


def add_note(*, keyring: Keyring, case: Case, text: str, key: uuid.UUID) -> None:
    body = {"text": text, "by": keyring.user.name, "at": timezone.now().isoformat(timespec="seconds")}
    add_row(keyring=keyring, case=case, row=Note(case=case), body=body, key=key, verb="add_note")


def set_deadline(*, keyring: Keyring, case: Case, due_on: date, what: str, key: uuid.UUID) -> None:
    add_row(keyring=keyring, case=case, row=Deadline(case=case, due_on=due_on), body={"what": what}, key=key, verb="set_deadline")


def finish_deadline(*, keyring: Keyring, deadline: Deadline) -> None:
    with transaction.atomic():
        Deadline.objects.filter(pk=deadline.pk).update(done=True)
        keep_earliest_deadline(deadline.case)
        trail.record(verb="finish_deadline", target=target(deadline.case), by=keyring.user, chain=deadline.case.office.chain)
