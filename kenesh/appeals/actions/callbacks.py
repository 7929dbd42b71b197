"""Calls that people have asked for: planned when the appeal comes in, logged with one click, tried again until somebody is reached."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import contact, opening
from kenesh.appeals.actions.sealing import locked, target
from kenesh.appeals.models import Appeal, Callback, Entry, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring

REACHED, MISSED, WRONG, ENDED = "reached", "missed", "wrong", "ended"
RESULTS = (REACHED, MISSED, WRONG, ENDED)


class AppealClosed(Exception):
    """Nobody is called about an appeal that is closed."""


def want_call(opened: OpenAppeal, answers: dict[str, Any], *, today: date) -> None:
    """A call-back out of the answers of a new appeal, when they ask for one and say where; inside the caller's transaction."""
    where = {name: answers[name] for name in (*contact.FIELDS, "now_country", "where_country") if answers.get(name)}
    if contact.wants_call(answers) and (answers.get("phone") or answers.get("danger_phone")):
        where.setdefault("phone", answers.get("phone") or answers.get("danger_phone"))
        _store(opened, {"contact": where, "why": "", "attempts": []}, due_on=today)


def plan_call(*, keyring: Keyring, appeal: Appeal, due_on: date, why: str, request_key: uuid.UUID) -> None:
    """A call that the office wants to make. The same form sent twice plans one. Raises AppealClosed, KeyMissing."""
    opened = opening.open_for_office(appeal, keyring)
    with transaction.atomic():
        row = locked(appeal)
        if Callback.objects.filter(request_key=request_key).exists():
            return
        if row.status == Status.CLOSED:
            raise AppealClosed
        where = current_contact(opened)
        _store(opened, {"contact": where, "why": why, "attempts": []}, due_on=due_on, request_key=request_key)
        trail.record(verb="plan_call", target=target(row), by=keyring.user, chain=row.office.chain)


def _store(opened: OpenAppeal, body: dict[str, Any], *, due_on: date, request_key: uuid.UUID | None = None) -> None:
    row = Callback(appeal=opened.appeal, office=opened.appeal.office, due_on=due_on, request_key=request_key)
    _seal(opened, row, body)
    row.save()


def _seal(opened: OpenAppeal, row: Callback, body: dict[str, Any]) -> None:
    row.epoch = opened.epoch.number
    row.sealed = opened.sealed_bytes(json.dumps(body, ensure_ascii=False).encode(), opening.place_of_callback(row))


def log_call(*, keyring: Keyring, callback: Callback, result: str, version: int, reason: str = "") -> bool:
    """Notes how a call went: reached ends it, so does giving up with a reason, else it is due again tomorrow. The person sees it.

    False when a colleague has logged this call a moment ago. Raises KeyMissing.
    """
    appeal = callback.appeal
    opened = opening.open_for_office(appeal, keyring)
    with transaction.atomic():
        office = locked(appeal).office
        row = Callback.objects.select_for_update().get(pk=callback.pk)
        if row.version != version or row.done:
            return False
        now = timezone.now()
        body = opened.callback(row)
        body["attempts"].append(
            {"at": now.isoformat(timespec="seconds"), "by": keyring.user.name, "result": result, "reason": reason}
        )
        row.version += 1
        row.done = result in (REACHED, ENDED)
        row.due_on = row.due_on if row.done else timezone.localdate(now) + timedelta(days=1)
        _seal(opened, row, body)
        row.save()
        opened.sealed_entry(kind="step", by="office", at=now, code=f"call_{result}", name=keyring.user.name).save()
        trail.record(verb=f"call:{result}", target=target(appeal), by=keyring.user, chain=office.chain)
    return True


def change_contact(*, keyring: Keyring, appeal: Appeal, changes: dict[str, Any], request_key: uuid.UUID) -> None:
    """What the person has said since about how to reach her; open call-backs follow it. Sent twice, written once. Raises KeyMissing."""
    opened = opening.open_for_office(appeal, keyring)
    with transaction.atomic():
        row = locked(appeal)
        if Entry.objects.filter(request_key=request_key).exists():
            return
        opened.sealed_entry(
            kind="contact", by="office", at=timezone.now(), name=keyring.user.name, contact=changes, request_key=request_key
        ).save()
        for callback in Callback.objects.select_for_update().filter(appeal=row, done=False):
            body = opened.callback(callback)
            body["contact"] = {**body["contact"], **changes}
            callback.version += 1
            callback.done = changes.get("answer_how") == contact.NEVER
            _seal(opened, callback, body)
            callback.save()
        trail.record(verb="change_contact", target=target(row), by=keyring.user, chain=row.office.chain)


def current_contact(opened: OpenAppeal) -> dict[str, Any]:
    """The person's answers on how to reach her, with what was changed since."""
    answers = opened.answers()
    for entry in opened.entries():
        if entry.kind == "contact":
            answers.update(entry.body["contact"])
    return {
        name: answers[name]
        for name in (*contact.FIELDS, "now_country", "where_country", "theme", "danger_phone")
        if answers.get(name)
    }
