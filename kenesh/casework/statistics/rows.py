"""Sealed rows of some cases at once: a query for each kind of row, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kenesh.appeals.models import Appeal, Entry
from kenesh.appeals.opening import OpenAppeal, OpenEntry, open_several
from kenesh.casework.models import Case, ExternalReferral, FollowUp, Matter, Person, Restriction, SealedRow, Sheet, Step, Sum
from kenesh.casework.opening import Body, OpenCase, Opened
from kenesh.casework.opening_many import open_cases
from kenesh.people.keyring import Keyring

COUNTED: tuple[type[SealedRow], ...] = (Person, Matter, Sum, Step, Sheet, ExternalReferral, FollowUp, Restriction)


@dataclass
class CaseRows:
    """A case with what is counted of it."""

    opened: OpenCase
    rows: dict[type[SealedRow], list[Opened[Any]]] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.opened.case

    def of(self, kind: type[SealedRow]) -> list[Opened[Any]]:
        return self.rows.get(kind, [])

    def bodies(self, kind: type[SealedRow]) -> list[Body]:
        return [item.body for item in self.of(kind)]


def read_cases(cases: list[Case], keyring: Keyring) -> list[CaseRows]:
    """Those that this session opens, in their order."""
    opened = open_cases(cases, keyring)
    found = {case.pk: CaseRows(opened[case.pk]) for case in cases if case.pk in opened}
    for kind in COUNTED:
        rows: Iterable[Any] = kind._default_manager.filter(case__in=list(found)).order_by("id")  # type: ignore[misc]  # each of them has a case
        for row in rows:
            one = found[row.case_id]
            if row.epoch in one.opened.keys:
                one.rows.setdefault(kind, []).append(one.opened.open(row))
    return list(found.values())


@dataclass(frozen=True)
class AppealLines:
    """An appeal that this session opens, with its history."""

    opened: OpenAppeal
    lines: list[OpenEntry]

    def steps(self) -> set[str]:
        return {line.body["code"] for line in self.lines if line.kind == "step"}


def read_appeals(appeals: list[Appeal], keyring: Keyring) -> dict[int, AppealLines]:
    """By the appeals' ids."""
    opened = open_several(appeals, keyring)
    lines: dict[int, list[OpenEntry]] = {pk: [] for pk in opened}
    for entry in Entry.objects.filter(appeal__in=list(opened)).order_by("id"):
        if entry.epoch in opened[entry.appeal_id].keys:
            lines[entry.appeal_id].append(opened[entry.appeal_id].open_entry(entry))
    return {pk: AppealLines(one, lines[pk]) for pk, one in opened.items()}
