"""Filters that put dates, countries and themes into words of the active language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kenesh.themes import countries as country_names
from kenesh.themes import dates, thesaurus
from kenesh.themes.languages import OWN_NAME

register = template.Library()

_FALLBACK = ("ru", "en", "ky")


@runtime_checkable
class InLanguages(Protocol):
    """A text in several languages."""

    def in_language(self, language: str) -> str: ...


def _active() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def day(value: date | None) -> str:
    """A date in words; a moment is told in the current zone. "" for nothing."""
    if value is None or value == "":
        return ""
    return dates.day(_local(value), _active())


@register.filter
def month(value: date | tuple[int, int] | str | None) -> str:
    """A month in words, from a date, a pair of year and month, or "2024-05". "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        year, _, number = value.partition("-")
        return dates.month((int(year), int(number[:2])), _active())
    return dates.month(_local(value) if isinstance(value, date) else value, _active())


@register.filter
def partial_day(value: str) -> str:
    """A year, a month or a day in words, from "2021", "2021-05" or "2021-05-31"."""
    if len(value) == 10:
        return day(date.fromisoformat(value))
    return month(value) if len(value) == 7 else value


@register.filter
def moment(value: datetime | None) -> str:
    """A day and time in words, in the current zone. "" for nothing."""
    if value is None or value == "":
        return ""
    return dates.moment(value, _active(), timezone.get_current_timezone() if timezone.is_aware(value) else None)


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def country(code: str | None) -> str:
    """A country's name from its two-letter code. "" for nothing."""
    return country_names.country_name(code, _active()) if code else ""


@register.filter
def countries(codes: Iterable[str] | None) -> str:
    """Names of countries, in the reader's order, with commas."""
    pairs = ((code, country_names.country_name(code, _active())) for code in codes or ())
    return ", ".join(name for _, name in country_names.in_alphabetical_order(pairs, _active()))


@register.filter
def theme(concept_id: str | None) -> str:
    """A theme's label from its id. "" for nothing."""
    return thesaurus.label(concept_id, _active()) if concept_id else ""


@register.filter
def label_lang(concept_id: str) -> SafeString:
    """The attribute lang for a theme's label that is not in the language of the page; "" when it is."""
    code = thesaurus.label_and_language(concept_id, _active())[1]
    return format_html(' lang="{}"', code) if code not in {"", _active()} else SafeString("")


@register.filter
def narrower_count(concept_id: str) -> int:
    """How many themes stand below this one."""
    return len(thesaurus.with_narrower(concept_id)) - 1


@register.filter
def language_name(code: str | None) -> str:
    """What the language calls itself; the code itself for a language that we do not handle."""
    return OWN_NAME.get(code, code) if code else ""


@register.filter
def in_language(value: InLanguages | Mapping[str, str] | None, language: str = "") -> str:
    """A text in several languages, in the active one (or the one named), else in ru, en, ky or any."""
    wanted = language or _active()
    if not value:
        return ""
    if isinstance(value, InLanguages):
        return value.in_language(wanted)
    for code in (wanted, *_FALLBACK):
        if value.get(code):
            return value[code]
    return next((text for text in value.values() if text), "")
