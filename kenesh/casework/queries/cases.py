"""A case for somebody who may open its page, and what belongs to it."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from kenesh.appeals.models import Appeal, Receipt
from kenesh.casework.models import OPEN, Case, Deadline, Person, SealedRow
from kenesh.kernel.codes import is_code
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as
from kenesh.problems.models import Problem

Row = TypeVar("Row", bound=SealedRow)
DAYS_SHOWN = 12


def case_for_caseworker(user: User, code: str) -> Case:
    """The case, when it lies with an office in which this account does casework. Raises Http404.

    This finds a row; only a key opens it.
    """
    if not is_code(code):
        raise Http404
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


def joined_appeals(case: Case) -> list[Appeal]:
    """The appeals that can be parted from the case again: neither its last one nor those of its own persons, such as the parts of
    a group's members, which were made inside it."""
    part = Receipt.objects.filter(appeal=OuterRef("pk"), right=Receipt.Right.CO_HOLDER)
    own = Person.everybody.filter(case=case, appeal=OuterRef("pk"))
    appeals = list(case.appeals.annotate(stays=Exists(part) | Exists(own)).order_by("id"))
    return [appeal for appeal in appeals if not appeal.stays] if len(appeals) > 1 else []


def open_days_of(appeal: Appeal) -> list[date]:
    """The days that still run in the open cases of this appeal, the earliest first. What they are for, only a key opens."""
    rows = Deadline.objects.filter(case__appeals=appeal, case__status__in=OPEN, done=False)
    return list(rows.values_list("due_on", flat=True).distinct().order_by("due_on")[:DAYS_SHOWN])


def caseworkers_of(office: Organisation) -> QuerySet[User]:
    """Who can be given a case of this office: active accounts that do casework in it."""
    return (
        User.objects.filter(is_active=True, roles__organisation=office, roles__role=Role.CASEWORKER).distinct().order_by("name")
    )


def problems_to_link() -> QuerySet[Problem]:
    """Problems that a case can stand behind: accepted ones."""
    return Problem.objects.filter(status="accepted").order_by("-id")
