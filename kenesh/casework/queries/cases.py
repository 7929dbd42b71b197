"""Reads of the casework area: the queue, and a case for somebody who may open its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.models import OPEN, Case, SealedRow, Status
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as
from kenesh.problems.models import Problem

Row = TypeVar("Row", bound=SealedRow)


@dataclass(frozen=True)
class CasePlace:
    """After which row the next page of cases begins."""

    due_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> CasePlace | None:
        """None for anything that is not the text of a place."""
        day, _, number = text.partition("_")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None


def cases_of_offices(
    user: User, *, closed: bool = False, mine: bool = False, after: CasePlace | None = None, limit: int = 30
) -> list[Case]:
    """Cases of the offices in which this account does casework, by deadline; one row more than `limit` when there are more."""
    rows: QuerySet[Case] = (
        Case.objects.filter(office_id__in=organisations_as(user, Role.CASEWORKER))
        .filter(status__in=[Status.CLOSED] if closed else OPEN)
        .select_related("office", "assignee")
        .order_by("due_on", "id")
    )
    if mine:
        rows = rows.filter(assignee=user)
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, id__gt=after.id))
    return list(rows[: limit + 1])


def queue_counts(user: User) -> dict[str, int]:
    """How many rows each tab of the queue has; `urgent` of the new ones, `late` of one's own."""
    offices = organisations_as(user, Role.CASEWORKER)
    cases = Case.objects.filter(office_id__in=offices).aggregate(
        open=Count("id", filter=Q(status__in=OPEN)),
        mine=Count("id", filter=Q(status__in=OPEN, assignee=user)),
        late=Count("id", filter=Q(status__in=OPEN, assignee=user, due_on__lt=timezone.localdate())),
        closed=Count("id", filter=Q(status=Status.CLOSED)),
    )
    appeals = Appeal.objects.filter(office_id__in=offices, status__in=UNOPENED).aggregate(
        new=Count("id"), urgent=Count("id", filter=Q(status=AppealStatus.URGENT))
    )
    return {**appeals, **cases}


def case_for_caseworker(user: User, code: str) -> Case:
    """The case, when it lies with an office in which this account does casework. Raises Http404.

    This finds a row; only a key opens it.
    """
    offices = organisations_as(user, Role.CASEWORKER)
    case = Case.objects.filter(code=code, office_id__in=offices).select_related("office", "assignee").first()
    if case is None:
        raise Http404
    return case


def row_of_case(case: Case, kind: type[Row], uid: UUID) -> Row:
    """A person, matter or deadline of this very case. Raises Http404."""
    row = kind._default_manager.filter(uid=uid, case=case).first()
    if row is None:
        raise Http404
    return row


def case_opened_from(appeal: Appeal) -> Case | None:
    return Case.objects.filter(appeals=appeal).first()


def caseworkers_of(office: Organisation) -> QuerySet[User]:
    """Who can be given a case of this office: active accounts that do casework in it."""
    return (
        User.objects.filter(is_active=True, roles__organisation=office, roles__role=Role.CASEWORKER).distinct().order_by("name")
    )


def problems_to_link() -> QuerySet[Problem]:
    """Problems that a case can stand behind: accepted ones."""
    return Problem.objects.filter(status="accepted").order_by("-id")
