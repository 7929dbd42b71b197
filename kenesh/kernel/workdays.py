"""Which days are worked in a country, as far as the library `holidays` knows. Pure computation: no Django, no database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

import holidays


class WorkCalendar:
    """Days off of a country: weekends, public holidays, days to which the government moved one.

    `known`: false where the library has no holidays for the country, and only weekends are left out.
    """

    def __init__(self, country: str) -> None:
        self.known = country in _supported()
        self._days = holidays.country_holidays(country) if self.known else None

    def is_off(self, day: date) -> bool:
        """Whether nobody works on this day, as far as is published. A holiday whose day is only estimated counts as off."""
        if self._days is None:
            return day.weekday() >= 5
        return not self._days.is_working_day(day)

    def is_surely_off(self, day: date) -> bool:
        """The same, where a holiday whose day is only estimated (it hangs on the moon) counts as worked."""
        return self.is_off(day) and not self._is_estimated(day)

    def _is_estimated(self, day: date) -> bool:
        if self._days is None or day.weekday() >= 5:
            return False
        name = self._days.get(day)
        return name is not None and "estimated" in name and ";" not in name

    def next_working(self, day: date) -> date:
        """The day itself, or the first day after it that may be a working one."""
        return _step(day, 1, self.is_surely_off)

    def working_before(self, day: date) -> date:
        """The day itself, or the last day before it that surely is a working one."""
        return _step(day, -1, self.is_off)

    def working_days_after(self, start: date, amount: int) -> tuple[date, list[date]]:
        """The last of so many working days after the start, and the days off from Monday to Friday that were skipped."""
        day, skipped = start, []
        while amount:
            day += timedelta(days=1)
            if self.is_surely_off(day):
                if day.weekday() < 5:
                    skipped.append(day)
            else:
                amount -= 1
        return day, skipped


def _step(day: date, by: int, is_off: Callable[[date], bool]) -> date:
    while is_off(day):
        day += timedelta(days=by)
    return day


@lru_cache(maxsize=1)
def _supported() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries())


@lru_cache(maxsize=64)
def calendar_of(country: str) -> WorkCalendar:
    """The calendar of a country by its two letters; weekends alone for one that is unknown."""
    return WorkCalendar(country)
