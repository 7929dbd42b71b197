"""How often the trends call something a growth that is chance, and how soon they see one that is none, on invented series.

python -m bench.outbreaks --series 2000
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kenesh.problems.outbreaks import GUARD, LONGEST, SHORTEST, Month, growth, months_of
from kenesh.problems.partition import Count, partition

LONG = LONGEST + GUARD  # months before the judged one, as many as are learned from
SHORT = SHORTEST + GUARD + 3
WATCHED = 6  # months after a growth has begun
FIRST = 2020 * 12  # number of the first month


@dataclass(frozen=True)
class Kind:
    """How persons come in a quiet time. `mean`: a month; `spread`: variance ÷ mean; `season`: of the logarithm, once a year."""

    mean: float
    spread: float = 1.0
    season: float = 0.0
    months: int = LONG

    def __str__(self) -> str:
        chance = "Poisson" if self.spread == 1 else f"spread {self.spread:g}"
        season = f", season {self.season:g}" if self.season else ""
        return f"{self.mean:g} a month, {chance}{season}, {self.months} months"


QUIET = (
    Kind(3), Kind(8), Kind(20), Kind(60), Kind(8, months=SHORT), Kind(60, months=SHORT), Kind(8, 2), Kind(20, 2), Kind(60, 3),
    Kind(20, 2, months=SHORT), Kind(20, 1, 0.3), Kind(60, 3, 0.3), Kind(60, 3, 0.6),
)  # fmt: skip
GROWS = (Kind(8), Kind(20, 2), Kind(60, 3, 0.3))
TIMES = (1.5, 2.0, 3.0)
SELDOM = 0.001  # the page says of nothing that chance does it more seldom than this


def poisson(chance: random.Random, mean: float) -> int:
    """Knuth's method."""
    limit, number, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        number += 1
        product *= chance.random()
    return number


def persons(chance: random.Random, kind: Kind, *, more: int = 0, times: float = 1.0) -> list[int]:
    """Persons of each month; `more` months follow, in which `times` as many come. The season begins anywhere."""
    begin, found = chance.randrange(12), []
    for month in range(kind.months + more):
        level = (
            kind.mean * math.exp(kind.season * math.cos(math.pi * (month + begin) / 6)) * (times if month >= kind.months else 1)
        )
        if kind.spread > 1:
            size = level / (kind.spread - 1)
            level = chance.gammavariate(size, level / size)
        found.append(poisson(chance, level))
    return found


def published(numbers: list[int]) -> list[Month]:
    """As the trends see them on the day after the last month: in frozen blocks of five and more."""
    counts = [Count(str(place), "theme", "KG", "RU", "", _day(place), number) for place, number in enumerate(numbers) if number]
    after = FIRST + len(numbers)
    blocks = partition(counts, {}, before=_day(len(numbers))).blocks
    cells = [(block.cell.start.year * 12 + block.cell.start.month - 1, block.cell.months, block.persons) for block in blocks]
    return months_of(cells, FIRST, after)


def _day(place: int) -> date:
    return date((FIRST + place) // 12, (FIRST + place) % 12 + 1, 1)


def false_alarms(kind: Kind, series: int, seed: int) -> list[float]:
    """Of series in which nothing grows: how seldom chance does that, as the page would say it, for each newest month that is called a
    growth."""
    chance = random.Random(f"{seed}:{kind}")
    found = (growth(published(persons(chance, kind, more=1))) for _ in range(series))
    return [each.chance for each in found if each is not None]


def delays(kind: Kind, times: float, series: int, seed: int) -> list[int]:
    """For each series that grows from one month on: after how many months that is seen (1: at the end of the first), 0 for never."""
    chance = random.Random(f"{seed}:{kind}:{times}")
    return [_seen_after(kind, persons(chance, kind, more=WATCHED, times=times)) for _ in range(series)]


def _seen_after(kind: Kind, numbers: list[int]) -> int:
    months = range(1, WATCHED + 1)
    return next((month for month in months if growth(published(numbers[: kind.months + month])) is not None), 0)


def upper(found: int, of: int) -> float:
    """The upper end of Wilson's interval of 95 %."""
    share, z = found / of, 1.96
    return (share + z * z / (2 * of) + z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def _rows(series: int, seed: int, say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    for kind in QUIET:
        alarms = false_alarms(kind, series, seed)
        found, seldom = len(alarms), sum(each <= SELDOM for each in alarms)
        say(f"{kind}: {found} of {series}")
        yield {
            "kind": str(kind), "grows": 1.0, "series": series, "false_alarms": found, "false_alarm_rate": round(found / series, 5),
            "at_most": round(upper(found, series), 5), "seldom_alarms": seldom,
        }  # fmt: skip
    for kind in GROWS:
        for times in TIMES:
            seen = delays(kind, times, few := max(series // 10, 20), seed)
            say(f"{kind}, {times:g} times as many: seen after {seen[:12]} …")
            shares = {f"seen_in_{month}": round(sum(0 < each <= month for each in seen) / few, 3) for month in (1, 2, 3, WATCHED)}
            yield {"kind": str(kind), "grows": times, "series": few, **shares}


def run(*, series: int = 2000, seed: int = 7, say: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
    """Pure computation: no node, no database. The same seed gives the same figures."""
    rows = list(_rows(series, seed, say))
    quiet = [row for row in rows if row["grows"] == 1]
    alarms, judged = sum(row["false_alarms"] for row in quiet), sum(row["series"] for row in quiet)
    worst = max(quiet, key=lambda row: row["false_alarm_rate"])
    doubled = [row for row in rows if row["grows"] == 2]
    summary = {
        "false_alarm_rate": round(alarms / judged, 5),
        "false_alarm_rate_at_most": round(upper(alarms, judged), 5),
        "seldom_rate": round(sum(row["seldom_alarms"] for row in quiet) / judged, 5),
        "worst_rate": worst["false_alarm_rate"],
        "worst": worst["kind"],
        "doubled_seen_in_2": round(sum(row["seen_in_2"] for row in doubled) / len(doubled), 3),
        "doubled_seen_in_6": round(sum(row[f"seen_in_{WATCHED}"] for row in doubled) / len(doubled), 3),
        "months_judged": judged,
    }
    return {"bench": "outbreaks", "rows": rows, "summary": summary}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    print(json.dumps(run(series=asked.series, seed=asked.seed, say=lambda line: print(line, flush=True)), indent=1))
