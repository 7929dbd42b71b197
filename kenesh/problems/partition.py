"""The frozen partition: how released counts become numbers that may be published. Pure; no Django here.

The idea. A matter that is released is one *count*: a theme, a corridor (origin and destination), a region, the month of
its release, and how many persons it is about. Counts are put into *blocks* of at least five persons; a block, once
frozen, never changes; each count lies in exactly one block or still waits. Only blocks are published.

How a count finds its block. Three things can be made coarser, in this order and no other:

    region → the whole country of destination;  theme → its parent theme (up to the topmost);
    month → quarter → half-year → year → five calendar years.

For each length of period, shortest first, once the period is over: the counts that still wait are gathered in cells of
the same region and theme; a cell of five persons or more is a block. The rest tries again without its region, then with
the parent theme. What is left waits until the next longer period is over, and starts again with its own region and theme.
A count whose coarser cell is the same as that of a block made in this very run joins that block, which is not published
yet. A cell whose block was frozen by an *earlier* run is passed over: the count goes on to a coarser cell or waits.
The corridor is never made coarser: another corridor is another problem. The result depends on nothing but the counts:
not on their order, and not on whether one run comes every month or one run for all months together.

Why no secondary suppression is needed. The usual trouble (Cox 1980, "Suppression methodology and statistical disclosure
control", JASA 75) is a table whose published margins minus its published cells give a hidden cell. Here no margin is ever
published on its own: a total is computed from blocks. When "unpaid wages" becomes a block and its sisters merge into "pay",
the block "pay" holds the sisters alone and not the wages, so "pay" minus "unpaid wages" means nothing. Blocks are
disjoint, hence every published number is a sum of whole blocks, and the sum or difference of published numbers is an
integer combination of blocks again; the smallest thing that it can single out is one block. That also holds over time,
where thresholds with suppression fail (a total read today minus the same total read last week): a block does not grow.
The blocks are the microaggregation of Domingo-Ferrer and Mateo-Sanz (2002, IEEE TKDE 14) with k = 5, k-anonymity in the
sense of Sweeney (2002), over a fixed hierarchy.

Honest limits.
- Somebody who filed four of the five knows the fifth. Only noise helps against that (differential privacy); a council
  of small numbers would then argue about invented ones.
- A coarse block tells that each of its finer cells had fewer than five, and four cells of four sum to exactly sixteen: then
  who knows this page knows each four (the minimality attack: Wong, Fu, Wang, Pei, VLDB 2007). It is a number, of no name.
- A brigade of twelve is a block on its own: its employer will recognise it. Whether to release it is asked before.
- One person with three matters is three counts. They lie in one block only when their themes merge; `group` (a random word
  shared by the counts of the same persons) keeps her from being taken for three of the five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

SMALLEST = 5
PERIODS = (1, 3, 6, 12, 60)  # months; each longer one is made of whole shorter ones, and begins with a calendar year's


@dataclass(frozen=True, order=True)
class Count:
    """A released matter. `day`: any day of the month of release. `group`: shared by counts of the same persons, or ""."""

    uid: str
    theme: str
    origin: str
    destination: str
    region: str
    day: date
    persons: int
    group: str = ""

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise ValueError("a count is about at least one person")


@dataclass(frozen=True, order=True)
class Cell:
    """What a block says about where and when it was: no region means the whole country of destination."""

    theme: str
    origin: str
    destination: str
    region: str
    start: date
    months: int


@dataclass(frozen=True)
class Frozen:
    """A block: its cell, how many persons, and the uids of the counts in it."""

    cell: Cell
    persons: int
    uids: frozenset[str]


@dataclass(frozen=True)
class Partition:
    """Blocks in the order of their cells, and the counts that still wait in the order of their uids."""

    blocks: tuple[Frozen, ...]
    waiting: tuple[Count, ...]


def partition(
    counts: Iterable[Count], parents: Mapping[str, str | None], *, before: date, taken: Collection[Cell] = ()
) -> Partition:
    """Blocks of the counts whose period was over before the month of `before`.

    `parents`: theme → parent theme; a theme that it does not name is a topmost one. `taken`: cells of blocks that earlier
    runs froze. Raises ValueError when two counts have the same uid.
    """
    known = sorted(counts)
    waiting = {count.uid: count for count in known}
    if len(waiting) != len(known):
        raise ValueError("two counts have the same uid")
    made: dict[Cell, list[Count]] = {}
    for months in PERIODS:
        for depth in range(_deepest(parents) + 2):
            cells = _cells(waiting.values(), parents, months, depth, before)
            for cell, members in cells.items():
                if cell in taken or not (cell in made or distinct_persons(members) >= SMALLEST):
                    continue
                made.setdefault(cell, []).extend(members)
                for member in members:
                    del waiting[member.uid]
    blocks = tuple(
        Frozen(cell, sum(m.persons for m in made[cell]), frozenset(m.uid for m in made[cell])) for cell in sorted(made)
    )
    return Partition(blocks, tuple(waiting[uid] for uid in sorted(waiting)))


def distinct_persons(counts: Iterable[Count]) -> int:
    """At least how many different persons the counts are about: those of one group are taken for the same ones."""
    largest: dict[tuple[str, str], int] = {}
    for count in counts:
        key = ("group", count.group) if count.group else ("uid", count.uid)
        largest[key] = max(largest.get(key, 0), count.persons)
    return sum(largest.values())


def period_start(day: date, months: int) -> date:
    """The first day of the period of so many months that holds the day."""
    first = _month_number(day) // months * months
    return date(first // 12, first % 12 + 1, 1)


def period_end(start: date, months: int) -> date:
    """The first day after the period."""
    after = _month_number(start) + months
    return date(after // 12, after % 12 + 1, 1)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _cells(
    counts: Iterable[Count], parents: Mapping[str, str | None], months: int, depth: int, before: date
) -> dict[Cell, list[Count]]:
    """Counts of periods that are over, by cell. Depth 0 keeps region and theme, 1 drops the region, 2 and more climb."""
    cells: dict[Cell, list[Count]] = defaultdict(list)
    for count in counts:
        start = period_start(count.day, months)
        if period_end(start, months) <= before.replace(day=1):
            theme = _climbed(count.theme, parents, depth - 1)
            region = count.region if depth == 0 else ""
            cells[Cell(theme, count.origin, count.destination, region, start, months)].append(count)
    return cells


def _climbed(theme: str, parents: Mapping[str, str | None], steps: int) -> str:
    """The ancestor so many steps above, or the topmost one. Steps below 1 change nothing."""
    for above in list(_above(theme, parents))[: max(steps, 0)]:
        theme = above
    return theme


def _above(theme: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    while (parent := parents.get(theme)) is not None:
        yield parent
        theme = parent


def _deepest(parents: Mapping[str, str | None]) -> int:
    """Steps from the deepest theme to its topmost ancestor."""
    return max((sum(1 for _ in _above(theme, parents)) for theme in parents), default=0)
