"""Trends as they are shown: lists, small figures, and from where to where people go. Every number is a sum of whole blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.http import Http404

from kenesh.problems.models import Block, Trend
from kenesh.problems.partition import period_end
from kenesh.problems.queries.counts import PeriodCount
from kenesh.themes import thesaurus

PAGE = 12
MONTHS_SHOWN = 24  # of a figure
FLOWS_SHOWN = 12
THICKEST = 20  # of a flow on the map
STEP = 36  # from one country to the next
HEIGHT = 100  # of a figure, in its own units
WIDTH = 10  # of a month


@dataclass(frozen=True)
class Bar:
    """A month of a figure. `place`: x of its left edge; `top`: y of its upper edge. `grows`: it is above its expected range."""

    month: date
    persons: float
    place: int
    top: int
    height: int
    low: int | None
    high: int | None
    grows: bool


@dataclass(frozen=True)
class Picture:
    """A trend as bars. `band`: the outline of the expected range (SVG path), "" where it is not known."""

    trend: Trend
    bars: list[Bar]
    band: str
    highest: float

    @property
    def width(self) -> int:
        return len(self.bars) * WIDTH

    @property
    def newest_first(self) -> list[Bar]:
        return self.bars[::-1]

    @property
    def usual_path(self) -> str:
        """The bars that are as expected, as one path."""
        return _path(bar for bar in self.bars if not bar.grows)

    @property
    def growing_path(self) -> str:
        return _path(bar for bar in self.bars if bar.grows)

    @property
    def one_in(self) -> int | None:
        """In one of how many months so many come by chance, with two figures at most; no more than 1,000, as far as that was
        tried (bench/outbreaks.py)."""
        if self.trend.chance is None:
            return None
        times = min(1 / max(self.trend.chance, 1e-9), 1000)
        size = 10 ** max(len(str(int(times))) - 2, 0)
        return int(times // size * size)


def _path(bars: Iterable[Bar]) -> str:
    return "".join(f"M{bar.place} {HEIGHT}v-{bar.height}h{WIDTH - 2}v{bar.height}z" for bar in bars if bar.height)


@dataclass(frozen=True)
class TrendPage:
    """Some trends, and the place after which the next ones come (0 on the last page)."""

    pictures: list[Picture]
    after: int


@dataclass(frozen=True)
class Flow:
    """Persons of the last twelve months from one country to another. `begin` and `end`: y of its ends on the map."""

    origin: str
    destination: str
    persons: int
    thickness: int
    begin: int
    end: int


@dataclass(frozen=True)
class FlowMap:
    """The largest flows, the countries on both sides with their y, and the height of the map."""

    flows: list[Flow]
    origins: list[tuple[str, int]]
    destinations: list[tuple[str, int]]
    height: int


def trends(*, theme: str = "", origin: str = "", destination: str = "", after: int = 0, limit: int = PAGE) -> TrendPage:
    """What grows first, then the largest. Without a theme: the topmost ones. Without countries: all corridors together."""
    found = Trend.objects.filter(origin=origin, destination=destination, place__gt=after)
    if theme:
        concepts = (theme, *thesaurus.narrower(theme)) if theme in thesaurus.concepts() else (theme,)
        found = found.filter(concept__in=concepts)
    else:
        tops = [concept.id for concept in thesaurus.concepts().values() if concept.parent is None]
        # A narrower theme that grows is shown on the first page, wherever it stands.
        found = found.filter(Q(concept__in=tops) | Q(growing_since__isnull=False))
    rows = list(found.order_by("place")[: limit + 1])
    return TrendPage([picture_of(row) for row in rows[:limit]], rows[limit - 1].place if len(rows) > limit else 0)


def trend(concept: str, origin: str, destination: str) -> Trend:
    """One trend. Raises Http404."""
    found = Trend.objects.filter(concept=concept, origin=origin, destination=destination).first()
    if found is None:
        raise Http404
    return found


def picture_of(row: Trend) -> Picture:
    """The newest months of a trend."""
    months: list[tuple[float, int | None, int | None]] = row.months[-MONTHS_SHOWN:]
    begin = period_end(row.first_month, len(row.months) - len(months)) if len(row.months) > len(months) else row.first_month
    highest = max((max(persons, high or 0) for persons, _low, high in months), default=1) or 1
    bars = []
    for place, (persons, low, high) in enumerate(months):
        height = round(HEIGHT * persons / highest)
        month = period_end(begin, place) if place else begin
        grows = high is not None and persons > high
        bars.append(Bar(month, persons, place * WIDTH, HEIGHT - height, height, low, high, grows))
    return Picture(row, bars, _band(bars, highest), highest)


def _band(bars: list[Bar], highest: float) -> str:
    known = [bar for bar in bars if bar.low is not None and bar.high is not None]
    if not known:
        return ""

    def edge(bar: Bar, value: int) -> str:
        y = HEIGHT - round(HEIGHT * value / highest)
        return f"{bar.place} {y}h{WIDTH}"

    upper = "L".join(edge(bar, bar.high or 0) for bar in known)
    lower = "".join(
        f"L{bar.place + WIDTH} {HEIGHT - round(HEIGHT * (bar.low or 0) / highest)}h-{WIDTH}" for bar in reversed(known)
    )
    return f"M{upper}{lower}z"


def periods_of(row: Trend) -> list[PeriodCount]:
    """The whole blocks of a trend by period, newest first: what the table beside the figure says."""
    concepts = thesaurus.with_narrower(row.concept) if row.concept in thesaurus.concepts() else (row.concept,)
    blocks = Block.objects.filter(concept__in=concepts)
    if row.origin or row.destination:
        blocks = blocks.filter(origin=row.origin, destination=row.destination)
    sums = blocks.order_by().values_list("period_start", "period_months").annotate(persons=Sum("persons"))
    periods = [PeriodCount(start, months, persons, 0) for start, months, persons in sums]
    return sorted(periods, key=lambda each: (period_end(each.start, each.months), each.months), reverse=True)


def flow_map(theme: str = "") -> FlowMap:
    """The largest flows of a theme, or of all themes: what the trends of the topmost themes hold of the last twelve months."""
    tops = [theme] if theme else [concept.id for concept in thesaurus.concepts().values() if concept.parent is None]
    persons: dict[tuple[str, str], int] = defaultdict(int)
    for row in Trend.objects.filter(concept__in=tops).exclude(origin="", destination="").order_by("place"):
        persons[row.origin, row.destination] += row.persons
    largest = sorted(persons.items(), key=lambda pair: (-pair[1], pair[0]))[:FLOWS_SHOWN]
    origins = _places(origin for (origin, _to), _number in largest)
    destinations = _places(to for (_origin, to), _number in largest)
    flows = [
        Flow(*ends, number, max(2, round(THICKEST * number / largest[0][1])), origins[ends[0]], destinations[ends[1]])
        for ends, number in largest
    ]
    height = THICKEST + STEP * max(len(origins), len(destinations))
    return FlowMap(flows, list(origins.items()), list(destinations.items()), height)


def _places(countries: Iterable[str]) -> dict[str, int]:
    """Each country's y, the largest first."""
    return {country: THICKEST + STEP * place for place, country in enumerate(dict.fromkeys(countries))}


def themes_of_trends() -> list[str]:
    """Themes that have a trend, in the order of the thesaurus."""
    used = set(Trend.objects.order_by().values_list("concept", flat=True).distinct())
    return [concept for concept in thesaurus.concepts() if concept in used]


def countries_of_trends() -> tuple[list[str], list[str]]:
    """Codes of the countries of origin and of destination that have a trend."""
    pairs = set(Trend.objects.exclude(origin="", destination="").order_by().values_list("origin", "destination").distinct())
    return sorted({origin for origin, _to in pairs}), sorted({to for _origin, to in pairs})


def trends_are_old(today: date) -> bool:
    """Whether a month has ended since the trends were computed."""
    row = Trend.objects.order_by("place").first()
    return row is not None and period_end(row.first_month, len(row.months)) < today.replace(day=1)
