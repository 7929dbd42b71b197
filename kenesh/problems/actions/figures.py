"""Figures that show how large a problem is, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import User
from kenesh.problems.actions.problems import ALIVE, NotNow
from kenesh.problems.models import Problem, ProblemFigure, new_request_key
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class Figure:
    """`unit` in the words of the source; `year`: of which it tells."""

    value: Decimal
    unit: str
    what: Translated
    source: str
    year: int
    document: Document | None = None


def add_figure(*, problem: Problem, figure: Figure, by: User, request_key: str = "") -> ProblemFigure:
    """Lays a figure beside a problem; the same request key gives the same one. Raises NotNow."""
    with transaction.atomic():
        current = Problem.objects.select_for_update().get(pk=problem.pk)
        if current.status not in ALIVE:
            raise NotNow
        row, is_new = ProblemFigure.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={
                "problem": current,
                "value": figure.value,
                "unit": figure.unit,
                "what": figure.what,
                "source": figure.source,
                "year": figure.year,
                "document": figure.document,
                "added_by": by,
            },
        )
        if is_new:
            trail.record(verb="add_figure", target=f"problem:{current.code}", by=by)
    return row


def remove_figure(*, figure: ProblemFigure, by: User) -> None:
    """Takes a figure away again."""
    with transaction.atomic():
        figure.delete()
        trail.record(verb="remove_figure", target=f"problem:{figure.problem.code}", by=by)
