"""Dates in words, in the seven interface languages.

Names of months come from CLDR (Babel). The order of the parts is ours where CLDR's is an abbreviation that nobody writes
in a letter ("2024-ж., 15-май"). An unknown language is answered in English.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel import Locale

# "15-майы": Kyrgyz puts the possessive ending on the month, which CLDR does not hold.
_KYRGYZ_POSSESSIVE = (
    "январы", "февралы", "марты", "апрели", "майы", "июну", "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
)  # fmt: skip

_DAY: Mapping[str, str] = {
    "ky": "{year}-жылдын {day}-{month}",
    "ru": "{day} {month} {year} г.",
    "uz": "{year}-yil {day}-{month}",
    "tg": "{day} {month}и соли {year}",
    "kk": "{year} жылғы {day} {month}",
    "hy": "{year} թ. {month} {day}",
    "en": "{day} {month} {year}",
}
_DAY_ALONE: Mapping[str, str] = {"ky": "{day}-{month}", "uz": "{day}-{month}", "hy": "{month} {day}"}
_MONTH: Mapping[str, str] = {
    "ky": "{year}-жыл, {month}",
    "ru": "{month} {year} г.",
    "uz": "{year}-yil, {month}",
    "tg": "{month}и соли {year}",
    "kk": "{year} жылғы {month}",
    "hy": "{year} թ. {month}",
    "en": "{month} {year}",
}


def day(value: date, language: str) -> str:
    """A day in words: "15 мая 2024 г."."""
    language = _known(language)
    names = _month_names(language, "format")
    return _DAY[language].format(year=value.year, day=value.day, month=names[value.month - 1])


def month(value: date | tuple[int, int], language: str) -> str:
    """A month in words, from a date or a pair of year and month. ValueError for a month outside 1–12."""
    year, number = (value.year, value.month) if isinstance(value, date) else value
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {number}")
    language = _known(language)
    return _MONTH[language].format(year=year, month=_month_names(language, "stand-alone")[number - 1])


def day_of_year(month: int, day: int, language: str) -> str:
    """A day of which the year is not known: "13 апреля". ValueError for one that no year has."""
    date(2000, month, day)
    language = _known(language)
    return _DAY_ALONE.get(language, "{day} {month}").format(day=day, month=_month_names(language, "format")[month - 1])


def month_of_year(month: int, language: str) -> str:
    """A month of which the year is not known: "апрель". ValueError outside 1–12."""
    return _month_names(_known(language), "stand-alone")[date(2000, month, 1).month - 1]


def moment(value: datetime, language: str, tz: tzinfo | None = None) -> str:
    """A day and a time of day on the 24-hour clock, in the zone given. ValueError for a naive time with a zone."""
    if tz is not None:
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be told in another zone")
        value = value.astimezone(tz)
    return f"{day(value, language)}, {value:%H:%M}"


def _known(language: str) -> str:
    code = language.split("-")[0].split("_")[0]
    return code if code in _DAY else "en"


@lru_cache(maxsize=32)
def _month_names(language: str, context: str) -> tuple[str, ...]:
    if language == "ky" and context == "format":
        return _KYRGYZ_POSSESSIVE
    names = Locale.parse(language).months[context]["wide"]
    ordered = tuple(str(names[number]) for number in range(1, 13))
    # Only English writes months with a capital inside a sentence.
    return ordered if language == "en" else tuple(name.lower() for name in ordered)
