"""What the frozen blocks say about a problem. Every number here is a sum of whole blocks.

Which blocks are a problem's own: those of its corridors whose concept is one of its themes or narrower. A block of a *wider*
theme (the parent, into which small counts were merged) holds an unknown part of other problems, so it is shown apart, marked,
and never added to the problem's own number. Blocks of an unknown origin or destination fit only a corridor that asks for any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from kenesh.problems.models import Block, Problem
from kenesh.problems.partition import period_end, period_start
from kenesh.themes import thesaurus

WITH_JOINED = ("themes", "corridors", "merged__themes", "merged__corridors")  # what counting reads, to be prefetched
_QUARTERS_SHOWN = 8  # as many bars as a narrow phone holds
_BAR = 34  # from one bar to the next, in units of the figure
_MARGIN = 6  # so that the year below the first bar is not cut


@dataclass(frozen=True)
class CountedBlock:
    """A block, and whether it is of a wider theme than the problem's."""

    block: Block
    is_wider: bool


@dataclass(frozen=True)
class PeriodCount:
    """Persons of the problem's own blocks and of wider ones, for one period."""

    start: date
    months: int
    persons: int
    wider: int

    @property
    def last_month(self) -> date:
        """The first day of the period's last month."""
        return period_start(date.fromordinal(period_end(self.start, self.months).toordinal() - 1), 1)


@dataclass(frozen=True)
class Quarter:
    """A bar of the figure: persons of blocks that lie within the quarter. `height` is in hundredths of the highest."""

    start: date
    persons: int
    height: int
    x: int

    @property
    def y(self) -> int:
        """Where the bar begins, from the top of the figure."""
        return 114 - self.height

    @property
    def middle(self) -> int:
        return self.x + 12

    @property
    def numeral(self) -> str:
        """The quarter as it is written in every language of ours."""
        return ("I", "II", "III", "IV")[(self.start.month - 1) // 3]


@dataclass(frozen=True)
class CountsOverTime:
    """`persons` and `wider` are the sums over all `periods`; `longer` of that could not be put into a single quarter."""

    persons: int
    wider: int
    longer: int
    periods: list[PeriodCount]
    quarters: list[Quarter]

    @property
    def width(self) -> int:
        """Of the figure."""
        return _MARGIN + len(self.quarters) * _BAR


def blocks_for(problem: Problem) -> list[CountedBlock]:
    """The problem's blocks and those of what was joined to it, each once, oldest first. Reads themes and corridors of all of them."""
    parts = [(each, *_concepts(each)) for each in _with_joined(problem)]
    wanted = Q(pk__in=[])
    for each, own, wider in parts:
        for corridor in each.corridors.all():
            ends = {"origin": corridor.origin, "destination": corridor.destination}
            wanted |= Q(concept__in=own | wider, **{end: country for end, country in ends.items() if country})
    blocks = Block.objects.filter(wanted).order_by("period_start", "period_months", "concept", "id")
    return [
        CountedBlock(
            block, not any(block.concept in own and _fits(each, block.origin, block.destination) for each, own, _wider in parts)
        )
        for block in blocks
    ]


def _with_joined(problem: Problem) -> list[Problem]:
    return [problem, *problem.merged.all()]


def _fits(problem: Problem, origin: str, destination: str) -> bool:
    """Whether a block of this corridor is the problem's."""
    corridors = problem.corridors.all()
    return any(one.origin in {"", origin} and one.destination in {"", destination} for one in corridors)


def _concepts(problem: Problem) -> tuple[set[str], set[str]]:
    """Ids of the problem's themes with all narrower ones, and of the wider ones. A theme that left the thesaurus stands for itself."""
    own: set[str] = set()
    wider: set[str] = set()
    for theme in problem.themes.all():
        if theme.concept not in thesaurus.concepts():
            own.add(theme.concept)
            continue
        own.update(thesaurus.with_narrower(theme.concept))
        parent = thesaurus.parent_of(theme.concept)
        while parent is not None:
            wider.add(parent)
            parent = thesaurus.parent_of(parent)
    return own, wider - own


def counts_over_time(problem: Problem) -> CountsOverTime:
    """Sums of the problem's blocks by period, newest first, and by quarter, oldest first."""
    by_period: dict[tuple[date, int], list[int]] = defaultdict(lambda: [0, 0])
    for counted in blocks_for(problem):
        by_period[counted.block.period_start, counted.block.period_months][counted.is_wider] += counted.block.persons
    periods = [PeriodCount(start, months, *sums) for (start, months), sums in by_period.items()]
    periods.sort(key=lambda each: (period_end(each.start, each.months), each.months), reverse=True)
    quarters = _quarters(periods)
    persons = sum(each.persons for each in periods)
    longer = sum(each.persons for each in periods if each.months > 3)
    return CountsOverTime(persons, sum(each.wider for each in periods), longer, periods, quarters)


def _quarters(periods: Iterable[PeriodCount]) -> list[Quarter]:
    """The newest quarters from the first to the last that has a count; those between have none of their own."""
    sums: dict[date, int] = defaultdict(int)
    for each in periods:
        if each.months <= 3 and each.persons:
            sums[period_start(each.start, 3)] += each.persons
    if not sums:
        return []
    starts = [min(sums)]
    while starts[-1] < max(sums):
        starts.append(period_end(starts[-1], 3))
    shown = starts[-_QUARTERS_SHOWN:]
    highest = max(sums.get(start, 0) for start in shown)
    return [
        Quarter(start, sums.get(start, 0), round(100 * sums.get(start, 0) / highest), _MARGIN + place * _BAR)
        for place, start in enumerate(shown)
    ]


def persons_counted(problems: Iterable[Problem]) -> dict[int, int]:
    """Persons in each problem's own blocks and those of what was joined to it, by the problem's id, in one query. Themes and corridors,
    and the same of what was joined, should be prefetched (`WITH_JOINED`)."""
    parts = {problem.pk: [(each, _concepts(each)[0]) for each in _with_joined(problem)] for problem in problems}
    wanted = {concept for pairs in parts.values() for _each, own in pairs for concept in own}
    sums = list(
        Block.objects.filter(concept__in=wanted)
        .values_list("concept", "origin", "destination")
        .annotate(persons=Sum("persons"))
        .order_by("concept", "origin", "destination")
    )
    return {
        pk: sum(
            persons
            for concept, origin, destination, persons in sums
            if any(concept in own and _fits(each, origin, destination) for each, own in pairs)
        )
        for pk, pairs in parts.items()
    }
