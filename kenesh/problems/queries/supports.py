"""Who sees a problem too, and what each has counted: as far as everybody may see it, and for those who work with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404

from kenesh.people.models import Publication, User
from kenesh.problems import rules
from kenesh.problems.models import OwnTally, Problem, Support
from kenesh.problems.partition import SMALLEST

NAMED = (Publication.NAME, Publication.ORGANISATION)


@dataclass(frozen=True)
class Supporters:
    """Who says "we see this too", as far as each lets it be shown. Those that are named have their shown tallies in `shown`."""

    named: list[Support]
    countries: list[str]
    number: int

    @property
    def have_counted(self) -> bool:
        return any(support.shown for support in self.named)  # type: ignore[attr-defined]  # fetched below


@dataclass(frozen=True)
class TallyForWork:
    """A tally, and what the account may do with it: "show", "hide", "remove"."""

    tally: OwnTally
    steps: tuple[str, ...]


@dataclass(frozen=True)
class SupportForWork:
    """`is_own`: said by one of the account's organisations."""

    support: Support
    tallies: list[TallyForWork]
    is_own: bool


def supporters_shown(problem: Problem) -> Supporters:
    """Organisations that may be named, countries of those that show only their country, and the number of all."""
    shown = Prefetch("tallies", OwnTally.objects.filter(is_shown=True).order_by("-until", "id"), to_attr="shown")
    supports = list(problem.supports.select_related("organisation").prefetch_related(shown).order_by("on", "id"))
    return Supporters(
        named=[support for support in supports if support.publication in NAMED],
        countries=[s.organisation.country for s in supports if s.publication == Publication.COUNTRY and s.organisation.country],
        number=len(supports),
    )


def supports_for_work(user: User, problem: Problem) -> list[SupportForWork]:
    """Everybody who sees it too, with all that was counted."""
    tallies = Prefetch("tallies", OwnTally.objects.order_by("-until", "id"))
    rows = problem.supports.select_related("organisation").prefetch_related(tallies).order_by("on", "id")
    may_edit, own = rules.may_edit(user, problem), rules.organisations_of(user)
    return [
        SupportForWork(
            row,
            [TallyForWork(each, _steps(each, row, may_edit, row.organisation_id in own)) for each in row.tallies.all()],
            row.organisation_id in own,
        )
        for row in rows
    ]


def tally_for_work(user: User, problem: Problem, pk: int) -> TallyForWork:
    """Raises Http404."""
    tally = OwnTally.objects.filter(pk=pk, support__problem=problem).select_related("support__problem").first()
    if tally is None:
        raise Http404
    is_own = tally.support.organisation_id in rules.organisations_of(user)
    return TallyForWork(tally, _steps(tally, tally.support, rules.may_edit(user, problem), is_own))


def _steps(tally: OwnTally, support: Support, may_edit: bool, is_own: bool) -> tuple[str, ...]:
    """Who edits the problem shows, when the organisation agrees; both hide, and remove what was never shown."""
    steps = []
    if may_edit and tally.offered and not tally.is_shown and support.publication in NAMED and tally.number >= SMALLEST:
        steps.append("show")
    if (may_edit or is_own) and tally.is_shown:
        steps.append("hide")
    if (may_edit or is_own) and tally.shown_first is None:
        steps.append("remove")
    return tuple(steps)
