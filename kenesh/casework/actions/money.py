"""Sums and outcomes of a case. Nothing is overwritten: a corrected sum keeps what it was, a removed one stays struck out."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from kenesh.casework.actions.deadlines import tell_lead_of_missed
from kenesh.casework.actions.writing import add_row, change_row
from kenesh.casework.models import Case, Matter, Person, Sum
from kenesh.casework.opening import Body, open_case
from kenesh.people.keyring import Keyring

CORRECTED = ("person", "matter", "stage", "amount", "currency", "day", "note")
MISSED_WITH_US = "L2"


def add_sum(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    """`body`: person and matter (uids, hexadecimal), stage, amount as digits with a point, currency, day, note."""
    full = {**body, "by": keyring.user.name, "on": timezone.localdate().isoformat(), "history": [], "struck": None}
    add_row(
        keyring=keyring,
        case=case,
        row=Sum(case=case, whose=person_named(case, body["person"])),
        body=full,
        key=key,
        verb="add_sum",
    )


def person_named(case: Case, uid: str) -> Person | None:
    """The person of this case whose uid, in hexadecimal, a sum names; None for the whole case."""
    return Person.objects.filter(case=case, uid=uuid.UUID(uid)).first() if uid else None


def correct_sum(*, keyring: Keyring, row: Sum, changes: Body, version: int) -> None:
    """Raises ChangedMeanwhile, KeyMissing."""
    before = open_case(row.case, keyring).open(row).body
    if all(before[name] == changes[name] for name in CORRECTED):
        return
    kept = {name: before[name] for name in (*CORRECTED, "by", "on")}
    now = {"by": keyring.user.name, "on": timezone.localdate().isoformat()}
    with transaction.atomic():
        change_row(keyring=keyring, row=row, changes={**changes, **now, "history": [*before["history"], kept]}, version=version)
        Sum.objects.filter(pk=row.pk).update(whose=person_named(row.case, changes["person"]))


def strike_sum(*, keyring: Keyring, row: Sum, why: str, version: int) -> None:
    """Takes a sum out of all totals; it stays readable with the reason. Raises ChangedMeanwhile, KeyMissing."""
    struck = {"why": why, "by": keyring.user.name, "on": timezone.localdate().isoformat()}
    change_row(keyring=keyring, row=row, changes={"struck": struck}, version=version)


def set_outcome(
    *, keyring: Keyring, matter: Matter, outcome: str, day: date, children: int | None = None, version: int | None = None
) -> None:
    """What came of a matter, and on which day. A limit that passed while with us is told the lead.

    `children`: how many came back to their family through it; None leaves what is known.

    Raises ChangedMeanwhile (when `version` is given and somebody saved since), KeyMissing.
    """
    with transaction.atomic():
        changes: Body = {"outcome": outcome, "outcome_on": day.isoformat() if outcome else ""}
        if children is not None:
            changes["children_back"] = children
        known = open_case(matter.case, keyring).open(matter).body.get("outcome")
        if outcome == MISSED_WITH_US != known:
            tell_lead_of_missed(case=matter.case)
        change_row(keyring=keyring, row=matter, changes=changes, version=version if version is not None else matter.version)
