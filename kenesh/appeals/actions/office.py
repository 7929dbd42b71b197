"""What an office does with an appeal, with its keys."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import opening
from kenesh.appeals.actions.sealing import locked, target
from kenesh.appeals.models import Appeal, Entry, Status
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring


def answer_person(*, keyring: Keyring, appeal: Appeal, text: str, request_key: uuid.UUID) -> None:
    """A message of the office to the person. The same form sent twice writes once. Raises KeyMissing."""
    opened = opening.open_for_office(appeal, keyring)
    with transaction.atomic():
        row = locked(appeal)
        if Entry.objects.filter(request_key=request_key).exists():
            return
        opened.sealed_entry(
            kind="message", by="office", at=timezone.now(), text=text, name=keyring.user.name, request_key=request_key
        ).save()
        if row.status in (Status.URGENT, Status.NEW, Status.OFFICE):
            row.status, row.due_on = Status.PERSON, None
            row.save(update_fields=["status", "due_on"])
        trail.record(verb="answer_person", target=target(appeal), by=keyring.user, chain=appeal.office.chain)


def tell_step(*, keyring: Keyring, appeal: Appeal, code: str, **more: Any) -> None:
    """Adds a step that the person sees; inside the caller's transaction, which records why. Raises KeyMissing."""
    opened = opening.open_for_office(appeal, keyring)
    opened.sealed_entry(kind="step", by="office", at=timezone.now(), code=code, **more).save()


def set_status(*, appeal: Appeal, status: Status, due_on: date | None = None) -> None:
    """Where the appeal stands, inside the caller's transaction, which records why."""
    row = locked(appeal)
    row.status, row.due_on = status, due_on
    row.save(update_fields=["status", "due_on"])
