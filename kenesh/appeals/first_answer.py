"""By which day a person is to be answered first: working days of the office's country, as many as the office has decided.

The room above knows the rules of offices and says at the start of the program how to ask for them (`ruled_by`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kenesh.kernel.workdays import calendar_of
from kenesh.people.models import Organisation
from kenesh.people.queries import NamedOffice

USUAL = 2  # working days of an office that has decided nothing

_rules: list[Callable[[int], int]] = []


def ruled_by(days_of: Callable[[int], int]) -> None:
    """From now on `days_of` says, for the id of an office, within how many working days it answers first."""
    _rules[:] = [days_of]


def days_of(office: Organisation | NamedOffice) -> int:
    """Within how many working days the office answers first; one query."""
    return _rules[0](office.pk) if _rules else USUAL


def due(office: Organisation, day: date) -> date:
    """The last day of the first answer to what came on this day; one query."""
    return after(office.country, day, days_of(office))


def after(country: str, day: date, days: int = USUAL) -> date:
    """So many working days of the country later."""
    return calendar_of(country).working_days_after(day, days)[0]
