"""How a legal time limit is counted. Pure computation: no Django, no database, no words.

The day of the event is not counted. Months end on the day of the same number, or on the last day of a shorter month.
Hours are counted from the hour. Where the law can be read in more than one way, every reading is computed, and the
earliest is the one that is shown: whoever keeps it is late under none of them.
"""

from __future__ import annotations

import calendar as months
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kenesh.kernel.workdays import WorkCalendar, calendar_of


class Unit(enum.StrEnum):
    """What a limit is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    DISPUTED_DAYS = "disputed_days"  # whether only working days count is argued
    STAY_DAYS = "stay_days"  # days of stay within a calendar year; the day of entry is the first of them
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    EVENT = "event"  # the day of the event itself is the last
    TODAY = "today"  # nobody should wait for a computed day
    UNLIMITED = "unlimited"


class RollOver(enum.StrEnum):
    """What happens when the last day is a day off."""

    NEXT = "next"
    NONE = "none"
    BEFORE = "before"


class Way(enum.StrEnum):
    """How a reading counts."""

    CALENDAR = "calendar"
    WORKING = "working"
    HOURS = "hours"


class Step(enum.StrEnum):
    """Something that a reading did on its way, with the days it concerns."""

    DAYS_OFF_SKIPPED = "days_off_skipped"
    MONTH_SHORTER = "month_shorter"
    MOVED = "moved"
    LESS = "less"
    STAYED_BEFORE = "stayed_before"
    PAID_THE_DAY_BEFORE = "paid_the_day_before"


@dataclass(frozen=True)
class Limit:
    """What of a legal time limit matters for counting."""

    unit: Unit
    amount: int = 0
    less_days: int = 0
    roll_over: RollOver = RollOver.NONE
    certainty: str = "A"

    @property
    def is_today(self) -> bool:
        """No day may be shown: the law is unknown to us, or waiting for a day would be wrong."""
        return self.unit == Unit.TODAY or self.certainty == "D"


@dataclass(frozen=True)
class Reading:
    """One defensible way of counting. `last`: the last day on which it is not too late; `moment` for limits in hours."""

    way: Way
    last: date
    steps: tuple[tuple[Step, tuple[str, ...]], ...] = ()
    moment: datetime | None = None


@dataclass(frozen=True)
class Computed:
    """All readings, earliest first; none for a limit that must be treated as today, or that does not run out."""

    start: date
    readings: tuple[Reading, ...] = ()
    treat_as_today: bool = False
    calendar_known: bool = True

    @property
    def earliest(self) -> date | None:
        """The earliest defensible last day."""
        return self.readings[0].last if self.readings else None


def compute(limit: Limit, start: date | datetime, country: str, *, spent: int = 0) -> Computed:
    """When the limit runs out. `start`: the day of the event, for hours its moment. `spent`: days of stay used up before.

    Raises ValueError for a limit in hours without a moment, and OverflowError for a day beyond the calendar.
    """
    day = start.date() if isinstance(start, datetime) else start
    calendar = calendar_of(country)
    if limit.is_today:
        return Computed(day, treat_as_today=True, calendar_known=calendar.known)
    if limit.unit == Unit.UNLIMITED:
        return Computed(day, calendar_known=calendar.known)
    if limit.unit == Unit.HOURS:
        if not isinstance(start, datetime):
            raise ValueError("hours are counted from a moment")
        moment = start + timedelta(hours=limit.amount)
        return Computed(day, (Reading(Way.HOURS, moment.date(), (), moment),), calendar_known=calendar.known)
    readings = [_reading(way, limit, day, calendar, spent) for way in _ways(limit.unit)]
    readings.sort(key=lambda reading: reading.last)
    return Computed(day, tuple(readings), calendar_known=calendar.known)


def _ways(unit: Unit) -> tuple[Way, ...]:
    if unit == Unit.DISPUTED_DAYS:
        return (Way.CALENDAR, Way.WORKING)
    return (Way.WORKING,) if unit == Unit.WORKING_DAYS else (Way.CALENDAR,)


def _reading(way: Way, limit: Limit, start: date, calendar: WorkCalendar, spent: int) -> Reading:
    steps: list[tuple[Step, tuple[str, ...]]] = []
    if way == Way.WORKING:
        last, skipped = calendar.working_days_after(start, limit.amount)
        if skipped:
            steps.append((Step.DAYS_OFF_SKIPPED, tuple(day.isoformat() for day in skipped)))
    else:
        last = _calendar_end(limit, start, spent)
        if limit.unit in (Unit.MONTHS, Unit.YEARS) and last.day != start.day:
            steps.append((Step.MONTH_SHORTER, (last.isoformat(),)))
    if limit.unit == Unit.STAY_DAYS and spent:
        steps.append((Step.STAYED_BEFORE, (str(spent),)))
    if limit.less_days:
        last -= timedelta(days=limit.less_days)
        steps.append((Step.LESS, (str(limit.less_days),)))
    moved = rolled(last, limit.roll_over, calendar)
    if moved != last:
        steps.append((Step.MOVED, (last.isoformat(), moved.isoformat())))
    return Reading(way, moved, tuple(steps))


def _calendar_end(limit: Limit, start: date, spent: int) -> date:
    match limit.unit:
        case Unit.EVENT:
            return start
        case Unit.STAY_DAYS:
            return start + timedelta(days=max(0, limit.amount - spent) - 1)
        case Unit.WEEKS:
            return start + timedelta(weeks=limit.amount)
        case Unit.MONTHS:
            return add_months(start, limit.amount)
        case Unit.YEARS:
            return add_months(start, 12 * limit.amount)
        case _:
            return start + timedelta(days=limit.amount)


def add_months(day: date, count: int) -> date:
    """The day of the same number so many months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("beyond the calendar")
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def rolled(day: date, roll_over: RollOver, calendar: WorkCalendar) -> date:
    """Where a last day goes when it is a day off."""
    if roll_over == RollOver.NEXT:
        return calendar.next_working(day)
    return calendar.working_before(day) if roll_over == RollOver.BEFORE else day


# --- wages: one clock for each pay day --------------------------------------------------------------------------------


@dataclass(frozen=True)
class WageClock:
    """One pay day and its own last day. `owed`: the sum of that month when it is known."""

    pay_day: date
    computed: Computed
    late: bool
    days_left: int | None
    owed: Decimal | None = None


@dataclass(frozen=True)
class Wages:
    """All pay days, and what is lost or still to be saved."""

    clocks: tuple[WageClock, ...]

    @property
    def next_last_day(self) -> date | None:
        """The earliest last day that has not passed: by then the claim must be filed."""
        return min((clock.computed.earliest for clock in self.clocks if not clock.late and clock.computed.earliest), default=None)

    @property
    def late(self) -> tuple[WageClock, ...]:
        return tuple(clock for clock in self.clocks if clock.late)

    @property
    def sum_late(self) -> Decimal:
        return sum((clock.owed for clock in self.late if clock.owed is not None), Decimal(0))

    @property
    def sum_at_risk(self) -> Decimal:
        """What can still be claimed, and is lost month by month when nothing is filed."""
        return sum((clock.owed for clock in self.clocks if not clock.late and clock.owed is not None), Decimal(0))


def pay_days(first: date, last: date, day_of_month: int) -> list[date]:
    """The pay days between two days, both counted in; a month that is shorter has its pay day on its last day."""
    found = []
    month = first.replace(day=1)
    while month <= last:
        day = month.replace(day=min(day_of_month, months.monthrange(month.year, month.month)[1]))
        if first <= day <= last:
            found.append(day)
        month = add_months(month, 1)
    return found


def wage_clocks(
    limit: Limit, days: Iterable[date], country: str, today: date, sums: Mapping[date, Decimal] | None = None
) -> Wages:
    """One clock for each pay day. A pay day on a day off is paid the working day before it: the clock begins there."""
    calendar, clocks = calendar_of(country), []
    for pay_day in sorted(set(days)):
        due = calendar.working_before(pay_day)
        computed = compute(limit, due, country)
        if due != pay_day:
            computed = _began_earlier(computed, pay_day)
        last = computed.earliest
        late = last is not None and last < today
        left = (last - today).days if last is not None else None
        clocks.append(WageClock(pay_day, computed, late, left, (sums or {}).get(pay_day)))
    return Wages(tuple(clocks))


def _began_earlier(computed: Computed, pay_day: date) -> Computed:
    step = (Step.PAID_THE_DAY_BEFORE, (pay_day.isoformat(), computed.start.isoformat()))
    readings = tuple(Reading(reading.way, reading.last, (step, *reading.steps), reading.moment) for reading in computed.readings)
    return Computed(computed.start, readings, computed.treat_as_today, computed.calendar_known)
