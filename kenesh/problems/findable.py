"""The problems that councils took up, for search."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kenesh.problems.models import Problem
from kenesh.problems.queries.problems import OPEN_TO_ALL
from kenesh.search.findable import Findable, Shown, versions
from kenesh.themes import dates


class Problems:
    """Problems that a body has taken up, or closed."""

    kind = "problem"
    label = _("Problems")

    def codes(self) -> Iterable[str]:
        return _public().order_by("id").values_list("code", flat=True)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        rows = _public().filter(code__in=codes).select_related("body").prefetch_related("themes", "corridors")
        for problem in rows:
            corridors = list(problem.corridors.all())
            ends = [end for corridor in corridors for end in (corridor.origin, corridor.destination) if end]
            yield Findable(
                code=problem.code,
                texts=versions(problem.title, problem.statement, problem.affected, problem.tried, problem.law),
                themes={theme.concept: 1.0 for theme in problem.themes.all()},
                countries=tuple(dict.fromkeys(ends)),
                year=problem.accepted_on.year if problem.accepted_on else None,
                body=problem.body.code,
            )

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        for problem in _public().filter(code__in=codes):
            own = problem.title.language_used(language)
            texts = (problem.statement, problem.affected, problem.tried, problem.law)
            yield Shown(
                code=problem.code,
                title=problem.title.in_language(language),
                text="\n".join(text[own] for text in texts if own in text),
                language=own,
                address=reverse("problems:problem", args=[problem.code]),
                what=str(_("Problem")),
                when=dates.day(problem.accepted_on, language) if problem.accepted_on else "",
            )


def _public() -> QuerySet[Problem]:
    return Problem.objects.filter(status__in=OPEN_TO_ALL)
