"""What a document gives, in words of the reader: days as exactly as it gives them, figures with what limits them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.findings import Facts, Words
from kenesh.themes import dates

# How exact a figure is and how often it comes, by the words of `kenesh read`; a language puts the number where it belongs.
QUALIFIERS: Mapping[str, Words] = {
    "more than": _("more than %(number)s"), "at least": _("at least %(number)s"), "about": _("about %(number)s"),
    "almost": _("almost %(number)s"), "up to": _("up to %(number)s"), "less than": _("less than %(number)s"),
}  # fmt: skip
PER: Mapping[str, Words] = {"year": _("%(number)s a year"), "month": _("%(number)s a month"), "day": _("%(number)s a day")}
CURRENCIES = ("USD", "EUR", "RUB", "KGS", "KZT", "UZS", "TJS", "AMD")
THINGS: Mapping[str, Words] = {
    "questions": _("Questions"), "recommendations": _("Recommendations"), "proposals": _("Proposals"), "appeals": _("Appeals"),
    "complaints": _("Complaints"), "applications": _("Applications"), "cases": _("Cases"), "organisations": _("Organisations"),
    "centres": _("Centres"), "countries": _("Countries"), "consultations": _("Consultations"), "reports": _("Reports"),
    "families": _("Families"), "permits": _("Permits"), "meetings": _("Meetings"), "companies": _("Companies"),
    "contracts": _("Contracts"), "schools": _("Schools"),
}  # fmt: skip
UNITS: Mapping[str, Words] = {"persons": _("people"), "percent": "%", **{code: code for code in CURRENCIES}, **THINGS}


def when(start: str, end: str) -> str:
    """Partial ISO dates in words of the active language: two for an event of several days, "" for none."""
    language = (get_language() or "en").split("-")[0]
    if not start:
        return ""
    said = " – ".join(_in_words(each, language) for each in (start, end) if each)
    return gettext("%(day)s (the year is not known)") % {"day": said} if start.startswith("--") else said


def _in_words(partial: str, language: str) -> str:
    if partial.startswith("--"):
        month, _dash, day = partial[2:].partition("-")
        return dates.day_of_year(int(month), int(day), language) if day else dates.month_of_year(int(month), language)
    if len(partial) == 4:
        return partial
    if len(partial) == 7:
        return dates.month((int(partial[:4]), int(partial[5:])), language)
    return dates.day(date.fromisoformat(partial), language)


def digits(value: str) -> str:
    """ "1240000.5" → "1 240 000.5", with spaces that do not break."""
    whole, point, rest = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0") if whole.lstrip("-").isdecimal() else whole
    return f"{grouped}{point}{rest}"


def figure_in_words(figure: Facts) -> str:
    """A figure with its unit and what limits it: "more than 150 000 000 000 USD a year", "1 in 7". What is counted names people
    and things itself; without it their unit does."""
    number, said = digits(figure.get("value", "")), figure.get
    if said("of"):
        number = gettext("%(part)s in %(whole)s") % {"part": number, "whole": digits(said("of", ""))}
    elif said("to"):
        number = f"{number}–{digits(said('to', ''))}"
    unit = said("unit", "")
    if unit in THINGS:
        number += "" if said("what") else f" ({str(THINGS[unit]).lower()})"
    elif unit and not (unit in {"person", "persons"} and said("what")):
        number += f"\u00a0{UNITS.get(unit, unit)}" if unit == "percent" else f" {UNITS.get(unit, unit)}"
    if pattern := QUALIFIERS.get(said("qualifier", "")):
        number = str(pattern) % {"number": number}
    if pattern := PER.get(said("per", "")):
        number = str(pattern) % {"number": number}
    return number
