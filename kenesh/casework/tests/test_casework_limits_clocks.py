"""Counting legal time limits: examples by hand, and what must hold for every limit and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.casework.limits.clocks import (
    Limit,
    RollOver,
    Unit,
    Way,
    add_months,
    compute,
    pay_days,
    rolled,
    wage_clocks,
)
from kenesh.kernel.workdays import calendar_of

EXAMPLES = [
    # start, country, unit, amount, roll-over, last day; counted with the calendar of that year in hand
    ("2026-04-29", "RU", "disputed_days", 10, "next", "2026-05-12"),  # 9 May Saturday, 10 Sunday, 11 moved day off
    ("2026-04-29", "RU", "days", 10, "none", "2026-05-09"),
    ("2026-04-29", "RU", "working_days", 10, "none", "2026-05-15"),  # 1 and 11 May are off
    ("2025-04-30", "RU", "working_days", 3, "none", "2025-05-07"),  # 1 and 2 May off, then a weekend, 8 May off later
    ("2025-04-29", "RU", "days", 10, "next", "2025-05-12"),  # 9 May and the weekend after it
    ("2025-12-22", "RU", "days", 10, "next", "2026-01-12"),  # the whole of New Year's holidays, 9 January moved
    ("2025-12-30", "RU", "working_days", 1, "none", "2026-01-12"),  # 31 December 2025 was a moved day off
    ("2025-02-20", "RU", "working_days", 1, "none", "2025-02-21"),
    ("2026-02-20", "RU", "working_days", 1, "none", "2026-02-24"),  # 23 February, a Monday
    ("2025-11-01", "RU", "event", 0, "none", "2025-11-01"),
    ("2025-10-31", "RU", "working_days", 1, "none", "2025-11-01"),  # a Saturday that was worked for 3 November
    ("2025-10-30", "RU", "days", 3, "next", "2025-11-05"),  # Sunday, then 3 and 4 November
    ("2025-06-11", "RU", "days", 1, "next", "2025-06-16"),  # 12 and 13 June, the weekend
    ("2025-01-31", "RU", "months", 1, "next", "2025-02-28"),
    ("2024-01-31", "RU", "months", 1, "next", "2024-02-29"),
    ("2024-02-29", "RU", "years", 1, "next", "2025-02-28"),
    ("2025-03-15", "RU", "years", 1, "next", "2026-03-16"),  # 15 March 2026 is a Sunday
    ("2026-02-09", "RU", "months", 1, "next", "2026-03-10"),  # 9 March is off for 8 March, a Sunday
    ("2025-11-30", "RU", "months", 3, "next", "2026-03-02"),  # 28 February 2026 is a Saturday
    ("2026-03-16", "KG", "working_days", 14, "none", "2026-04-06"),  # Orozo Ait 20 March; Nooruz on a Saturday
    ("2025-03-20", "KG", "working_days", 1, "none", "2025-03-24"),  # Nooruz on a Friday
    ("2025-04-30", "KG", "working_days", 1, "none", "2025-05-12"),  # 1 to 9 May off
    ("2026-03-20", "KZ", "working_days", 1, "none", "2026-03-26"),  # Nauryz 21 to 23, with 24 and 25 for the weekend
    ("2026-03-19", "KZ", "days", 2, "next", "2026-03-26"),
    ("2026-12-31", "KZ", "working_days", 1, "none", "2027-01-05"),  # 2 January is a Saturday: Monday is off for it
    ("2026-10-23", "KZ", "working_days", 1, "none", "2026-10-27"),  # 26 October for Republic Day, a Sunday
    ("2025-12-31", "RU", "days", 30, "before", "2026-01-30"),
    ("2026-01-11", "RU", "days", 30, "before", "2026-02-10"),
    ("2026-02-06", "RU", "days", 15, "before", "2026-02-20"),  # a Saturday before 23 February: act on Friday
    ("2026-11-10", "DE", "weeks", 3, "next", "2026-12-01"),
    ("2026-12-05", "DE", "weeks", 3, "next", "2026-12-28"),  # 26 December is a holiday and a Saturday
    ("2026-05-04", "TR", "days", 7, "none", "2026-05-11"),
    ("2026-11-23", "XX", "working_days", 5, "none", "2026-11-30"),  # no calendar: weekends alone
]


@pytest.mark.parametrize(("start", "country", "unit", "amount", "roll", "last"), EXAMPLES)
def test_an_example_counted_by_hand(start: str, country: str, unit: str, amount: int, roll: str, last: str) -> None:
    computed = compute(Limit(Unit(unit), amount, roll_over=RollOver(roll)), date.fromisoformat(start), country)
    assert str(computed.earliest) == last


def test_three_months_less_a_day() -> None:
    assert compute(Limit(Unit.MONTHS, 3, less_days=1), date(2025, 3, 10), "GB").earliest == date(2025, 6, 9)


def test_where_the_law_is_argued_all_readings_stand_and_the_earliest_first() -> None:
    readings = compute(Limit(Unit.DISPUTED_DAYS, 10, roll_over=RollOver.NEXT), date(2026, 4, 29), "RU").readings
    assert [(reading.way, reading.last) for reading in readings] == [
        (Way.CALENDAR, date(2026, 5, 12)),
        (Way.WORKING, date(2026, 5, 15)),
    ]


@pytest.mark.parametrize("limit", [Limit(Unit.DAYS, 10, certainty="D"), Limit(Unit.TODAY)])
def test_what_is_not_certain_shows_no_day(limit: Limit) -> None:
    computed = compute(limit, date(2026, 4, 29), "RU")
    assert (computed.earliest, computed.treat_as_today) == (None, True)


def test_a_claim_without_a_limit_never_runs_out() -> None:
    computed = compute(Limit(Unit.UNLIMITED), date(2026, 4, 29), "RU")
    assert (computed.earliest, computed.treat_as_today) == (None, False)


def test_hours_run_from_the_hour() -> None:
    start = datetime(2026, 4, 29, 22, 30, tzinfo=UTC)
    reading = compute(Limit(Unit.HOURS, 4), start, "RU").readings[0]
    assert (reading.moment, reading.last) == (start + timedelta(hours=4), date(2026, 4, 30))
    with pytest.raises(ValueError, match="moment"):
        compute(Limit(Unit.HOURS, 4), date(2026, 4, 29), "RU")


def test_earlier_stays_of_the_year_shorten_the_ninety_days() -> None:
    limit = Limit(Unit.STAY_DAYS, 90)
    assert compute(limit, date(2026, 3, 1), "RU").earliest == date(2026, 5, 29)
    assert compute(limit, date(2026, 3, 1), "RU", spent=60).earliest == date(2026, 3, 30)


def test_an_estimated_holiday_moves_nothing_later() -> None:
    """Kurman Ait of 2026 is estimated for Kazakhstan: whoever acts by the earlier day is late under no calendar."""
    assert compute(Limit(Unit.WORKING_DAYS, 1), date(2026, 5, 26), "KZ").earliest == date(2026, 5, 27)
    assert calendar_of("KZ").working_before(date(2026, 5, 27)) == date(2026, 5, 26)


def test_every_pay_day_has_its_own_last_day() -> None:
    days = pay_days(date(2025, 9, 1), date(2025, 12, 31), 31)
    assert days == [date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31)]
    limit = Limit(Unit.YEARS, 1, roll_over=RollOver.NEXT)
    wages = wage_clocks(limit, days, "RU", date(2026, 11, 22), dict.fromkeys(days, Decimal(40000)))
    assert [(clock.computed.earliest, clock.late) for clock in wages.clocks] == [
        (date(2026, 9, 30), True),
        (date(2026, 11, 2), True),
        (date(2026, 11, 30), False),  # 30 November 2025 was a Sunday: due on the Friday before; 28 November 2026 a Saturday
        (date(2026, 12, 30), False),  # 31 December 2025 was a day off
    ]
    assert (wages.sum_late, wages.sum_at_risk, wages.next_last_day) == (80000, 80000, date(2026, 11, 30))


DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))
COUNTRIES = st.sampled_from(["RU", "KZ", "KG", "UZ", "TJ", "AM", "BY", "TR", "XX"])
ROLLS = st.sampled_from(list(RollOver))
COUNTED = st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.DISPUTED_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS])


@settings(max_examples=60, deadline=None)
@given(start=DAYS, amount=st.integers(1, 40), country=COUNTRIES)
def test_working_days_are_those_of_a_naive_count(start: date, amount: int, country: str) -> None:
    computed, calendar = compute(Limit(Unit.WORKING_DAYS, amount), start, country), calendar_of(country)
    assert computed.earliest is not None
    assert not calendar.is_surely_off(computed.earliest)
    span = [start + timedelta(days=n) for n in range(1, (computed.earliest - start).days + 1)]
    assert sum(not calendar.is_surely_off(day) for day in span) == amount


@settings(max_examples=60, deadline=None)
@given(start=DAYS, unit=COUNTED, amount=st.integers(1, 24), more=st.integers(1, 12), country=COUNTRIES, roll=ROLLS)
def test_a_longer_limit_never_ends_earlier(start: date, unit: Unit, amount: int, more: int, country: str, roll: RollOver) -> None:
    short, long = (compute(Limit(unit, n, roll_over=roll), start, country).earliest for n in (amount, amount + more))
    assert short is not None
    assert long is not None
    assert short <= long


@settings(max_examples=60, deadline=None)
@given(day=DAYS, country=COUNTRIES)
def test_rolling_over_goes_to_its_own_side_and_ends_on_a_working_day(day: date, country: str) -> None:
    calendar = calendar_of(country)
    after, before = rolled(day, RollOver.NEXT, calendar), rolled(day, RollOver.BEFORE, calendar)
    assert before <= day <= after
    assert rolled(day, RollOver.NONE, calendar) == day
    assert not calendar.is_surely_off(after)
    assert not calendar.is_off(before)


@settings(max_examples=60, deadline=None)
@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)), count=st.integers(0, 200))
def test_months_end_on_the_same_number_or_the_last_day(day: date, count: int) -> None:
    found = add_months(day, count)
    assert (found.year - day.year) * 12 + found.month - day.month == count
    assert found.day == day.day or (found + timedelta(days=1)).day == 1
