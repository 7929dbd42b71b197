"""Words that wait for a second caseworker: how many, and a page of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kenesh.appeals.models import Appeal
from kenesh.casework import kept
from kenesh.casework.models import Case, WaitingWords
from kenesh.casework.opening import Body
from kenesh.casework.opening_many import open_cases
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Role
from kenesh.people.rules import organisations_as
from kenesh.problems.models import Problem

MOST_WAITING = 50  # so many are counted: each is opened, to know whose they are
PAGE = 30


@dataclass(frozen=True)
class Waiting:
    """Words that this account may check. `problem`: beside which public problem they would stand."""

    since: date
    code: str
    appeal: str
    case: Case
    problem: Problem | None


@dataclass(frozen=True)
class WaitingPlace:
    """After which row the next page begins."""

    since: date
    uid: uuid.UUID

    def __str__(self) -> str:
        return f"{self.since.isoformat()}_{self.uid.hex}"

    @classmethod
    def parse(cls, text: str) -> WaitingPlace | None:
        """None for anything that is not the text of a place."""
        day, _, name = text.partition("_")
        try:
            return cls(date.fromisoformat(day), uuid.UUID(name))
        except ValueError:
            return None


@dataclass(frozen=True)
class WaitingPage:
    """`own`: how many on this page this account has written itself, so that somebody else must check them."""

    rows: list[Waiting]
    own: int
    next: str


def waiting_counted(keyring: Keyring) -> tuple[int, int]:
    """How many wait for this account to check them, and how many that it has written wait for somebody else; of the oldest
    `MOST_WAITING`."""
    opened = _opened(list(_of_offices(keyring)[:MOST_WAITING]), keyring)
    own = sum(_is_own(body, keyring) for _, body in opened)
    return len(opened) - own, own


def waiting_page(keyring: Keyring, *, after: WaitingPlace | None = None) -> WaitingPage:
    """The oldest first. Only what the keys of this account open, and nothing that it has written itself."""
    rows = _of_offices(keyring)
    if after is not None:
        rows = rows.filter(Q(since__gt=after.since) | Q(since=after.since, uid__gt=after.uid))
    read = list(rows[: PAGE + 1])
    last = read[PAGE - 1] if len(read) > PAGE else None
    opened = _opened(read[:PAGE], keyring)
    others = [(row, body) for row, body in opened if not _is_own(body, keyring)]
    return WaitingPage(
        rows=_in_cases(others, keyring),
        own=len(opened) - len(others),
        next=str(WaitingPlace(last.since, last.uid)) if last else "",
    )


def _of_offices(keyring: Keyring) -> QuerySet[WaitingWords]:
    offices = organisations_as(keyring.user, Role.CASEWORKER)
    return WaitingWords.objects.filter(office_id__in=offices).order_by("since", "uid")


def _opened(rows: list[WaitingWords], keyring: Keyring) -> list[tuple[WaitingWords, Body]]:
    epochs = keyring.epochs(row.office_epoch_id for row in rows)
    found = []
    for row in rows:
        row.office_epoch = epochs[row.office_epoch_id]
        try:
            found.append((row, kept.read(row, keyring)))
        except KeyMissing:
            continue  # an office whose key this account was not given yet
    return found


def _is_own(body: Body, keyring: Keyring) -> bool:
    return keyring.user.uid.hex in body["writers"]


def _in_cases(found: list[tuple[WaitingWords, Body]], keyring: Keyring) -> list[Waiting]:
    """With the case of each; what lies in no case that these keys open is left out."""
    uids = {uuid.UUID(body["appeal"]) for _, body in found}
    appeals = {appeal.uid.hex: appeal for appeal in Appeal.objects.filter(uid__in=uids)}
    links = Case.appeals.through.objects.filter(appeal_id__in=[appeal.pk for appeal in appeals.values()]).select_related("case")
    cases = {link.appeal_id: link.case for link in links.order_by("-case_id") if not link.case.restricted}
    open_to_us = open_cases(cases.values(), keyring)
    problems = Problem.objects.in_bulk({body["problem"] for _, body in found}, field_name="code")
    waiting = []
    for row, body in found:
        appeal = appeals.get(body["appeal"])
        case = cases.get(appeal.pk) if appeal else None
        if appeal is not None and case is not None and case.pk in open_to_us and case.office_id == row.office_id:
            waiting.append(Waiting(row.since, body["quotation"], appeal.code, case, problems.get(body["problem"])))
    return waiting
