"""One act on several rows of the queue, with a way back for ten minutes.

Each row is a change of its own, with its own locks and its own entry in the trail; a row that cannot be changed is left
and named. What an undo restores is sealed to whoever acted. An undo never overwrites what was changed since.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import first_answer
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import kept, queries
from kenesh.casework.actions.cases import TakenAlready, assign, close_case, open_from_appeal, reopen_case, set_waiting
from kenesh.casework.actions.deadlines import set_deadline
from kenesh.casework.actions.facts import conflicts
from kenesh.casework.actions.writing import keep_earliest_deadline, store, target
from kenesh.casework.models import Case, Deadline, Status, Swept, Tags, Undo
from kenesh.casework.opening import open_case
from kenesh.kernel import trail
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import User

UNDO_FOR = timedelta(minutes=10)
Change = dict[str, Any]  # what an undo needs to know of one row


@dataclass
class Outcome:
    """How many rows were changed, the codes of those that were not, and how to take it back.

    `conflicts`: codes of those whose other side may be a client: each is to be decided by itself.
    """

    done: int = 0
    left: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    undo: Undo | None = None
    opened: list[Case] = field(default_factory=list)  # new cases


def _each(keyring: Keyring, kind: str, rows: Iterable[Any], act: Callable[[Any], Change | None]) -> Outcome:
    """Acts on each row; None means that there was nothing to change. Rows that no key of ours opens are left too."""
    outcome, changes = Outcome(), []
    for row in rows:
        try:
            change = act(row)
        except KeyMissing:
            change = None
        if change is None:
            outcome.left.append(row.code)
        else:
            changes.append({"id": row.pk, "code": row.code, **change})
    outcome.done = len(changes)
    if changes:
        outcome.undo = Undo(user=keyring.user, expires_at=timezone.now() + UNDO_FOR)
        kept.seal(outcome.undo, {"kind": kind, "rows": changes})
        outcome.undo.save()
    return outcome


def assign_cases(*, keyring: Keyring, cases: Iterable[Case], to: User | None) -> Outcome:
    """Leaves those that `to` could not open: of another office, or restricted to others."""
    cases = list(cases)
    allowed = queries.may_all_be_given(cases, to) if to is not None else set()

    def act(case: Case) -> Change | None:
        if to is not None and case.pk not in allowed:
            return None
        with transaction.atomic():
            before = Case.objects.select_for_update().get(pk=case.pk).assignee_id
            after = to.pk if to is not None else None
            if before == after:
                return None
            assign(keyring=keyring, case=case, to=to)
        return {"before": before, "after": after}

    return _each(keyring, "assign", cases, act)


def close_cases(*, keyring: Keyring, cases: Iterable[Case]) -> Outcome:
    """Closes them; each person is told."""

    def act(case: Case) -> Change | None:
        before = Case.objects.select_related("office").get(pk=case.pk)
        if before.status in (Status.CLOSED, Status.ERASING):
            return None
        waits_for = open_case(before, keyring).waits_for()
        close_case(keyring=keyring, case=case)
        return {"before": before.status, "waits_for": waits_for}

    return _each(keyring, "close", cases, act)


def tag_cases(*, keyring: Keyring, cases: Iterable[Case], word: str, add: bool = True) -> Outcome:
    """Puts the office's word on each case, or takes it off."""
    return _each(keyring, "tag", cases, lambda case: {"word": word, "add": add} if tag(keyring, case, word, add) else None)


def tag(keyring: Keyring, case: Case, word: str, add: bool) -> bool:
    """Whether this changed anything. Raises KeyMissing."""
    opened = open_case(case, keyring)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        row = Tags.objects.filter(case=case).first()
        words = set(opened.open(row).body["tags"]) if row is not None else set()
        if (word in words) == add:
            return False
        if row is None:
            row = Tags(case=case)
        else:
            row.version += 1
        store(opened, row, {"tags": sorted(words ^ {word})})
        trail.record(verb="tag" if add else "untag", target=target(case), by=keyring.user, chain=case.office.chain)
    return True


def snooze_cases(*, keyring: Keyring, cases: Iterable[Case], until: date, reason: str, key: uuid.UUID) -> Outcome:
    """A reminder on a day, and the case stands in the queue by it, unless an earlier deadline keeps it where it is."""

    def act(case: Case) -> Change | None:
        own = uuid.uuid5(key, case.uid.hex)
        if Deadline.objects.filter(request_key=own).exists():
            return None
        before = Case.objects.values_list("due_on", flat=True).get(pk=case.pk)
        set_deadline(keyring=keyring, case=case, due_on=until, what=reason, key=own)
        after = Case.objects.values_list("due_on", flat=True).get(pk=case.pk)
        return {"key": own.hex, "before": before.isoformat(), "after": after.isoformat()}

    return _each(keyring, "snooze", cases, act)


def sweep_appeals(*, keyring: Keyring, rows: Iterable[Appeal]) -> Outcome:
    """Takes new appeals for not genuine: closed, out of the queue, destroyed after 30 days. Their senders are told how to object."""

    def act(appeal: Appeal) -> Change | None:
        with transaction.atomic():
            locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
            if locked.status not in UNOPENED or Case.objects.filter(appeals=locked).exists():
                return None
            appeals.tell_step(keyring=keyring, appeal=appeal, code="swept")
            appeals.set_status(appeal=appeal, status=AppealStatus.CLOSED)
            Swept.objects.create(appeal=appeal, office=appeal.office, swept_on=timezone.localdate())
            trail.record(verb="sweep", target=f"appeal:{appeal.uid.hex}", by=keyring.user, chain=appeal.office.chain)
        return {}

    return _each(keyring, "sweep", rows, act)


def bring_back(*, keyring: Keyring, rows: Iterable[Appeal]) -> Outcome:
    """Puts swept appeals back among the new ones. There is no undo: they can be swept again."""
    outcome = Outcome()
    for appeal in rows:
        try:
            done = _bring_back(keyring, appeal)
        except KeyMissing:
            done = False
        outcome.done += done
        if not done:
            outcome.left.append(appeal.code)
    return outcome


def _bring_back(keyring: Keyring, appeal: Appeal) -> bool:
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if locked.status != AppealStatus.CLOSED or not Swept.objects.filter(appeal=locked).delete()[0]:
            return False
        danger = appeal_opening.open_for_office(appeal, keyring).answers().get("danger") == "yes"
        today = timezone.localdate()
        due = today if danger else first_answer.due(appeal.office, today)
        appeals.tell_step(keyring=keyring, appeal=appeal, code="reopened")
        appeals.set_status(appeal=appeal, status=AppealStatus.URGENT if danger else AppealStatus.NEW, due_on=due)
        trail.record(verb="bring_back", target=f"appeal:{appeal.uid.hex}", by=keyring.user, chain=appeal.office.chain)
    return True


def take_up_appeals(*, keyring: Keyring, rows: Iterable[Appeal]) -> Outcome:
    """Opens a case from each; nobody takes that back, since the people are told at once."""
    outcome = Outcome()
    for appeal in rows:
        try:
            culprit = str(appeal_opening.open_for_office(appeal, keyring).answers().get("culprit_name") or "")
            if culprit and conflicts(keyring=keyring, office=appeal.office, name=culprit):
                outcome.conflicts.append(appeal.code)
                continue
            outcome.opened.append(open_from_appeal(keyring=keyring, appeal=appeal))
        except (TakenAlready, KeyMissing):
            outcome.left.append(appeal.code)
        else:
            outcome.done += 1
    return outcome


# --- the way back -----------------------------------------------------------------------------------------------------------


def undo(*, keyring: Keyring, undo: Undo) -> Outcome:
    """Restores what is still as the act left it; the codes of the others are in `left`. Done once."""
    body = kept.read(undo, keyring)
    restore = {
        "assign": _unassign,
        "close": _reopen,
        "tag": _untag,
        "snooze": _unsnooze,
        "sweep": _unsweep,
    }[body["kind"]]
    outcome = Outcome()
    if not Undo.objects.filter(pk=undo.pk).delete()[0]:
        return outcome
    for change in body["rows"]:
        try:
            done = restore(keyring, change)
        except (KeyMissing, Case.DoesNotExist, Appeal.DoesNotExist):
            done = False
        outcome.done += done
        if not done:
            outcome.left.append(change["code"])
    return outcome


def _case(change: Change) -> Case:
    return Case.objects.select_related("office").get(pk=change["id"])


def _unassign(keyring: Keyring, change: Change) -> bool:
    with transaction.atomic():
        case = Case.objects.select_related("office").select_for_update(of=("self",)).get(pk=change["id"])
        before = queries.may_be_given(case).filter(pk=change["before"]).first() if change["before"] else None
        if case.assignee_id != change["after"] or (change["before"] and before is None):
            return False
        assign(keyring=keyring, case=case, to=before)
    return True


def _reopen(keyring: Keyring, change: Change) -> bool:
    case = _case(change)
    if case.status != Status.CLOSED:
        return False
    with transaction.atomic():  # whoever lost the key meanwhile opens nothing again
        reopen_case(keyring=keyring, case=case)
        set_waiting(keyring=keyring, case=case, status=Status(change["before"]), waits_for=change.get("waits_for", ""))
    return True


def _untag(keyring: Keyring, change: Change) -> bool:
    return tag(keyring, _case(change), change["word"], not change["add"])


def _unsnooze(keyring: Keyring, change: Change) -> bool:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=change["id"])
        moved = case.due_on.isoformat() != change["after"]
        gone = Deadline.objects.filter(request_key=uuid.UUID(change["key"]), done=False, version=1).delete()[0]
        if not gone:
            return False
        keep_earliest_deadline(case)
        if not moved and not case.deadlines.filter(done=False).exists():
            Case.objects.filter(pk=case.pk).update(due_on=date.fromisoformat(change["before"]))
        trail.record(verb="unsnooze", target=target(case), by=keyring.user, chain=case.office.chain)
    return True


def _unsweep(keyring: Keyring, change: Change) -> bool:
    return _bring_back(keyring, Appeal.objects.select_related("office").get(pk=change["id"]))
