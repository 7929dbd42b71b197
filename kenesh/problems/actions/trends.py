"""What the frozen blocks say over time: computed when blocks are frozen, so that no page computes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.problems.models import Block, Trend
from kenesh.problems.outbreaks import GUARD, LONGEST, expected, growth, months_of
from kenesh.themes import thesaurus

MONTHS = LONGEST + GUARD + 12  # before these nothing is read
RANGES = 12  # the newest months, for which the expected range is shown
FEWEST = 15  # persons in two years; a series of fewer is no trend

Series = tuple[str, str, str]  # concept, origin, destination


def renew_trends(*, today: date, by: trail.Actor | str) -> int:
    """Computes all trends anew from the blocks of months before this one; gives their number."""
    blocks = _by_series(today)
    rows = sorted(
        (row for series, own in blocks.items() if (row := _trend(series, own, today)) is not None),
        key=lambda row: (row.chance is None, row.chance or 0.0, -row.persons, row.concept, row.origin, row.destination),
    )
    for place, row in enumerate(rows, 1):
        row.place = place
    with transaction.atomic():
        Trend.objects.all().delete()
        Trend.objects.bulk_create(rows, batch_size=200)
        trail.record(verb="renew_trends", target=f"problems:trends:{len(rows)}", by=by)
    return len(rows)


def _by_series(today: date) -> dict[Series, list[tuple[int, int, int]]]:
    """Blocks as (number of the first month, months, persons) of each theme, its wider ones, and each corridor."""
    oldest = _month(_number(today) - MONTHS)
    rows = Block.objects.filter(period_start__gte=oldest).values_list(
        "concept", "origin", "destination", "period_start", "period_months", "persons"
    )
    found: dict[Series, list[tuple[int, int, int]]] = defaultdict(list)
    for concept, origin, destination, start, months, persons in rows.order_by("id").iterator():
        for theme in _with_wider(concept):
            for series in {(theme, "", ""), (theme, origin, destination) if origin and destination else (theme, "", "")}:
                found[series].append((_number(start), months, persons))
    return found


def _with_wider(concept: str) -> Iterator[str]:
    above: str | None = concept
    while above is not None:
        yield above
        above = thesaurus.parent_of(above) if above in thesaurus.concepts() else None


def _trend(series: Series, blocks: Iterable[tuple[int, int, int]], today: date) -> Trend | None:
    """None for one of too few persons, or that ended long ago."""
    blocks = sorted(blocks)
    first, after = blocks[0][0], _number(today)
    months = months_of(blocks, first, after)
    if len(months) < 2 or sum(month.persons for month in months[-24:]) < FEWEST:
        return None
    found = growth(months)
    shown: list[list[float | int | None]] = []
    for place, month in enumerate(months):
        usual = expected(months, place) if place >= len(months) - RANGES else None
        shown.append([round(month.persons, 1), usual.low if usual else None, usual.high if usual else None])
    concept, origin, destination = series
    return Trend(
        concept=concept,
        origin=origin,
        destination=destination,
        first_month=_month(first),
        months=shown,
        persons=sum(persons for start, length, persons in blocks if start + length > after - 12),
        growing_since=_month(first + found.since) if found else None,
        chance=found.chance if found else None,
    )


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
