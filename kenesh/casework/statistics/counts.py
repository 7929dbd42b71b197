"""Sums that grow while rows are read, and what can be said of them: nothing in here leads back to a row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

MOST_VALUES = 20_000  # different values of one measure that are kept; beyond, its median is not told
ALL = "all"
Numbers = dict[str, dict[str, dict[str, int]]]
Measures = dict[str, dict[str, int]]


@dataclass
class Counts:
    """`numbers`: indicator → column → value → how many. `measures`: name → value → how often, for medians."""

    numbers: Numbers = field(default_factory=dict)
    measures: Measures = field(default_factory=dict)

    def add(self, indicator: str, amount: int = 1, /, **by: str) -> None:
        """Counts something, in total and by each column. "" stands for what is not known."""
        columns = self.numbers.setdefault(indicator, {})
        for column, value in ((ALL, ""), *by.items()):
            values = columns.setdefault(column, {})
            values[value] = values.get(value, 0) + amount

    def add_money(self, indicator: str, currency: str, amount: Decimal) -> None:
        """Kept in hundredths; currencies are never added up."""
        values = self.numbers.setdefault(indicator, {}).setdefault("currency", {})
        values[currency] = values.get(currency, 0) + hundredths(amount)

    def measure(self, name: str, value: int, /, **by: str) -> None:
        """Keeps a value, and apart for each column."""
        for measured in (name, *(_within(name, column, of) for column, of in by.items())):
            self._measure(measured, value)

    def _measure(self, name: str, value: int) -> None:
        values = self.measures.setdefault(name, {})
        if str(value) in values or len(values) < MOST_VALUES:
            values[str(value)] = values.get(str(value), 0) + 1
        else:
            values["more"] = values.get("more", 0) + 1

    def total(self, indicator: str) -> int:
        return self.numbers.get(indicator, {}).get(ALL, {}).get("", 0)

    def by(self, indicator: str, column: str) -> Mapping[str, int]:
        """Value → how many."""
        return self.numbers.get(indicator, {}).get(column, {})

    def median(self, name: str) -> Decimal | None:
        """The middle value, or the mean of the two middle ones; None when nothing was measured, or too much."""
        ordered = self._ordered(name)
        many = sum(how_often for _, how_often in ordered)
        if not many:
            return None
        return Decimal(_at(ordered, (many - 1) // 2) + _at(ordered, many // 2)) / 2

    def medians_by(self, name: str, column: str) -> dict[str, Decimal]:
        """Value of the column → the median of what was measured for it."""
        begins = _within(name, column, "")
        found = {
            measured.removeprefix(begins): self.median(measured) for measured in self.measures if measured.startswith(begins)
        }
        return {value: median for value, median in found.items() if median is not None}

    def percentile(self, name: str, percent: int) -> int | None:
        """The smallest value that is at least as large as so many percent of all (nearest rank)."""
        ordered = self._ordered(name)
        many = sum(how_often for _, how_often in ordered)
        return _at(ordered, math.ceil(many * percent / 100) - 1) if many else None

    def _ordered(self, name: str) -> list[tuple[int, int]]:
        values = self.measures.get(name, {})
        return [] if "more" in values else sorted((int(value), how_often) for value, how_often in values.items())


def _within(name: str, column: str, value: str) -> str:
    return f"{name}|{column}|{value}"


def hundredths(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def _at(ordered: list[tuple[int, int]], place: int) -> int:
    """The value at this place, when each stands there as often as it was measured."""
    for value, how_often in ordered:
        if place < how_often:
            return value
        place -= how_often
    raise IndexError(place)
