"""For which days something is counted: a year, a quarter, a month, or any two days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kenesh.problems.partition import period_end

_CODE = re.compile(r"(\d{4})(?:-q([1-4])|-(\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both of them included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def names(self, text: str) -> bool:
        """Whether a day that was sealed as a text lies in it; an empty text does not."""
        return bool(text) and self.start <= date.fromisoformat(text[:10]) <= self.end

    @property
    def code(self) -> str:
        """For the name of a file: 2026, 2026-q1, 2026-03, or both days."""
        for months, code in (
            (12, f"{self.start:%Y}"),
            (3, f"{self.start:%Y}-q{(self.start.month + 2) // 3}"),
            (1, f"{self.start:%Y-%m}"),
        ):
            if self == whole(self.start, months):
                return code
        return f"{self.start.isoformat()}-{self.end.isoformat()}"


def whole(start: date, months: int) -> Period:
    """So many months from the first day of one."""
    return Period(start, period_end(start, months) - timedelta(days=1))


def parse(code: str) -> Period | None:
    """2026, 2026-q1 or 2026-03; None for anything else."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    year, quarter, month = found.groups()
    try:
        if quarter:
            return whole(date(int(year), 3 * int(quarter) - 2, 1), 3)
        return whole(date(int(year), int(month or 1), 1), 1 if month else 12)
    except ValueError:
        return None
