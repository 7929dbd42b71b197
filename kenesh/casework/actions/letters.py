"""Templates of an office, letters out of them, and the register of what was sent and answered."""

from __future__ import annotations

import base64
import uuid
from datetime import date
from typing import Any

from django.db import transaction

from kenesh.casework.actions.deadlines import follow_answer
from kenesh.casework.actions.facts import with_registers
from kenesh.casework.actions.writing import change_row, store, target
from kenesh.casework.letters import fields, sandbox
from kenesh.casework.models import Case, Letter, LetterFile, LetterTemplate, Matter, Party, Person
from kenesh.casework.opening import Body, open_case
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, User


class UnknownFields(Exception):
    """The template names fields that do not exist. `names`: which."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("unknown fields")
        self.names = names


def check_template(data: bytes) -> dict[str, bool]:
    """The fields of an uploaded template. Raises TemplateRefused, UnknownFields. Tries it out with empty facts."""
    sandbox.look_into(data)
    asked = sandbox.fields_of(data)
    wrong = fields.unknown(asked)
    if wrong:
        raise UnknownFields(wrong)
    sandbox.render(data, fields.context(asked, {}, [{}]))
    return asked


def keep_template(*, office: Organisation, kind: str, language: str, name: str, data: bytes, by: User) -> LetterTemplate:
    """A new template; one of the same name and language is replaced by a new version. Raises TemplateRefused, UnknownFields."""
    asked = check_template(data)
    with transaction.atomic():
        row = LetterTemplate.objects.select_for_update().filter(office=office, name=name, language=language).first()
        if row is None:
            row = LetterTemplate(office=office, name=name, language=language)
        else:
            row.version += 1
        row.kind, row.file, row.fields, row.uploaded_by, row.retired = kind, data, asked, by, False
        row.save()
        trail.record(verb="keep_letter_template", target=f"template:{row.uid.hex}", by=by, chain=office.chain)
    return row


def retire_template(*, template: LetterTemplate, by: User) -> None:
    """Takes a template out of the list; letters that were written from it stay."""
    with transaction.atomic():
        LetterTemplate.objects.filter(pk=template.pk).update(retired=True)
        trail.record(verb="retire_letter_template", target=f"template:{template.uid.hex}", by=by, chain=template.office.chain)


def write_letter(
    *,
    keyring: Keyring,
    case: Case,
    body: Body,
    docx: bytes,
    learned: list[tuple[Person | Party | Matter, Body]],
    key: uuid.UUID,
    letter: Letter | None = None,
    version: int = 0,
) -> Letter:
    """Keeps a rendered letter, sealed, and saves back into the case what was asked for it.

    `learned`: rows as they were read, each with the facts that were missing in it. `letter`: one that is written again.
    Raises ChangedMeanwhile, KeyMissing.
    """
    opened = open_case(case, keyring)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        before = Letter.objects.filter(request_key=key).first()
        if before is not None:
            return before
        _lock([*(row for row, _ in learned), *([letter] if letter else [])])
        for row, changes in learned:
            full = with_registers(changes) if isinstance(row, Party) else changes
            change_row(keyring=keyring, row=row, changes=full, version=row.version)
        if letter is None:
            letter = Letter(case=case, request_key=key)
            store(opened, letter, body)
            trail.record(verb="write_letter", target=target(case), by=keyring.user, chain=case.office.chain)
        else:
            change_row(keyring=keyring, row=letter, changes=body, version=version)
            LetterFile.objects.filter(letter=letter).delete()
        store(opened, LetterFile(case=case, letter=letter), {"docx": base64.b64encode(docx).decode()})
    return letter


def _lock(rows: list[Person | Party | Matter | Letter]) -> None:
    """All rows before the first of them leaves its entry: the trail's head is locked last, or two forms would wait for each other."""
    for row in rows:
        type(row)._default_manager.select_for_update().get(pk=row.pk)


def register_letter(*, keyring: Keyring, letter: Letter, changes: Body, version: int, what: str) -> None:
    """Numbers and days of a letter. A day by which an answer is due becomes a deadline, which ends with the answer.

    `what`: the words of that deadline. Raises ChangedMeanwhile.
    """

    def awaited(body: Body) -> uuid.UUID | None:
        due = body.get("answer_due")
        return uuid.uuid5(letter.uid, f"answer due {due}") if due and not body.get("answered_on") else None

    opened = open_case(letter.case, keyring)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=letter.case_id)
        before = opened.open(letter).body
        change_row(keyring=keyring, row=letter, changes=changes, version=version)
        due = str(changes.get("answer_due") or "")
        follow_answer(
            keyring=keyring,
            case=letter.case,
            before=awaited(before),
            now=awaited({**before, **changes}),
            due_on=date.fromisoformat(due) if due else None,
            what=what,
        )


def docx_of(*, keyring: Keyring, letter: Letter) -> bytes:
    """The Word file of a letter. Raises KeyMissing."""
    body: dict[str, Any] = open_case(letter.case, keyring).open(letter.file).body
    return base64.b64decode(body["docx"])
