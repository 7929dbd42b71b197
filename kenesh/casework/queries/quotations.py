"""Reads for words that may be published: how many are alike, so that nobody is recognised by being the only one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case
from kenesh.problems import queries as problems
from kenesh.problems.models import Problem
from kenesh.problems.partition import SMALLEST as OF_A_COUNT

SMALLEST = OF_A_COUNT  # as many as a published count holds at least


def appeal_of_case(case: Case, code: str) -> Appeal:
    """Raises Http404."""
    appeal = case.appeals.select_related("office").filter(code=code).first()
    if appeal is None:
        raise Http404
    return appeal


def cases_alike(case: Case) -> int:
    """How many cases of the office have the theme and the countries of this one, itself included; counted up to `SMALLEST`."""
    alike = Case.objects.filter(office=case.office_id, theme=case.theme, origin=case.origin, destination=case.destination)
    return alike[:SMALLEST].count()


def persons_of(problem: Problem) -> int:
    """How many persons the public page of a problem counts."""
    return problems.persons_counted([problem])[problem.pk]


def problems_to_quote_for(codes: list[str]) -> QuerySet[Problem]:
    """Of these, the ones that everybody can read."""
    return Problem.objects.filter(code__in=codes, status__in=problems.OPEN_TO_ALL).order_by("-id")
