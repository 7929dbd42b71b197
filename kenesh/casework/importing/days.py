"""Days as registers of the region hold them: 05.03.2024, 5/3/24, 2024-03-05, «5 марта 2024», a serial number of Excel."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kenesh.library.reading.dates import find_dates

_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s?([./\-])\s?(\d{1,2})\s?[./\-]\s?(\d{4}|\d{2})(?:\s?г\.?|\s?ж\.?)?(?:[ ,T].*)?", re.I)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EARLIEST = 1950
_YEAR = re.compile(r"(?:19|20)\d\d")

Told = tuple[date | None, str]


def understand(text: str, *, today: date, from_1904: bool = False) -> Told:
    """The day, and what to tell about it: "", or one of the warnings of `words.WARNINGS`. Day before month, as in this region."""
    text = text.strip()
    if not text:
        return None, ""
    found, warning = _read(text, today, from_1904)
    if found is None or found.year < _EARLIEST:
        return None, "day_unknown"
    return found, "day_future" if found > today else warning


def _read(text: str, today: date, from_1904: bool) -> Told:
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3])), ""
    if match := _DAY_FIRST.fullmatch(text):
        return _of_parts(int(match[1]), int(match[3]), _year(match[4], today), match[2])
    if (match := _SERIAL.fullmatch(text)) and 18_000 < int(match[1]) < 70_000:
        zero = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        return zero + timedelta(days=int(match[1])), "day_serial"
    for worded in find_dates(text):
        if worded.complete and worded.year and worded.day:
            return _date(worded.year, worded.month, worded.day), ""
        if worded.year:
            return _date(worded.year, worded.month, 1), "day_month_only"
    return None, ""


def _of_parts(first: int, second: int, year: int, sign: str) -> Told:
    if second > 12 >= first:
        return _date(year, first, second), "month_first"
    ambiguous = sign == "/" and first <= 12 and second <= 12 and first != second
    return _date(year, second, first), "day_first" if ambiguous else ""


def _year(text: str, today: date) -> int:
    """Two digits are of this century up to next year, else of the last."""
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) <= today.year % 100 + 1 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age_band(text: str, *, on: date) -> tuple[str, str]:
    """The band of ages out of a year or day of birth, or an age; and a warning."""
    text = text.strip()
    if not text:
        return "", ""
    if text.isdecimal() and len(text) <= 2:
        return _band(int(text)), ""
    born, _ = understand(text, today=on)
    year = born.year if born else int(match[0]) if (match := _YEAR.search(text)) else 0
    if not 1900 < year <= on.year:
        return "", "birth_unknown"
    before = born is not None and (born.month, born.day) > (on.month, on.day)
    return _band(on.year - year - before), ""


def _band(age: int) -> str:
    return next(
        name for below, name in ((18, "under-18"), (30, "18-29"), (45, "30-44"), (60, "45-59"), (1000, "60+")) if age < below
    )
