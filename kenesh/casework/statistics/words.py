"""Columns and their values in words; codes stay, words change."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kenesh.appeals.forms.choices import CHANNELS
from kenesh.appeals.models import Said
from kenesh.casework.case_types import CASE_TYPES, STEP_KINDS
from kenesh.casework.forms.case import PersonForm
from kenesh.casework.forms.sharing import KINDS
from kenesh.casework.models import ContactResult, Status, WaitsFor
from kenesh.casework.outcomes import OUTCOMES
from kenesh.casework.statistics.reading import GROUP
from kenesh.themes import countries, dates, thesaurus

COLUMNS: dict[str, str | Promise] = {
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "citizenship": gettext_lazy("Citizenship"),
    "country": gettext_lazy("Country of work"),
    "theme": gettext_lazy("Theme"),
    "fine": gettext_lazy("Exact theme"),
    "sector": gettext_lazy("Branch of work"),
    "type": gettext_lazy("Way of working"),
    "month": gettext_lazy("Month"),
    "channel": gettext_lazy("Way in"),
    "way": gettext_lazy("Way in"),
    "result": gettext_lazy("Result"),
    "outcome": gettext_lazy("Outcome"),
    "kind": gettext_lazy("Kind"),
    "months": gettext_lazy("Months after closing"),
    "said": gettext_lazy("Answer"),
    "caseworker": gettext_lazy("Caseworker"),
    "waits": gettext_lazy("Who waits"),
    "origin": gettext_lazy("Country of origin"),
}


def value_in_words(column: str, value: str) -> str:
    """A code in the active language; what is not known says so."""
    if value == "":
        return _("nobody yet") if column == "caseworker" else _("not known")
    return _words(column).get(value, "") or _others(column, value)


def _words(column: str) -> dict[str, str]:
    found: dict[str, Callable[[], dict[str, str]]] = {
        "sex": lambda: {**_choices("sex"), GROUP: _("several persons in one case")},
        "age": lambda: {**_choices("age"), GROUP: _("several persons in one case")},
        "type": lambda: _as_texts(CASE_TYPES),
        "channel": lambda: _as_texts(CHANNELS),
        "way": lambda: {**_as_texts(CHANNELS), "form": _("Form on the internet")},
        "result": lambda: {str(value): str(label) for value, label in ContactResult.choices},
        "said": lambda: {str(value): str(label) for value, label in Said.choices},
        "waits": lambda: {str(value): str(label) for value, label in (*Status.choices, *WaitsFor.choices)},
        "outcome": lambda: {code: f"{code} · {label}" for code, label in OUTCOMES.items()},
        "kind": lambda: {**_as_texts(STEP_KINDS), **{code: str(label) for code, label in KINDS.items() if code != "other"}},
    }
    return found[column]() if column in found else {}


def _others(column: str, value: str) -> str:
    language = get_language() or "ru"
    if column in ("citizenship", "country", "origin"):
        return _("Another country") if value == "other" else countries.country_name(value, language)
    if column in ("theme", "fine", "sector") and value in thesaurus.concepts():
        return thesaurus.label(value, language)
    if column == "month":
        year, month = value.split("-")
        return dates.month((int(year), int(month)), language)
    return value


def _choices(name: str) -> dict[str, str]:
    choices = PersonForm.base_fields[name].choices  # type: ignore[attr-defined]  # it is a field of choices
    return {str(code): str(label) for code, label in choices if code}


def _as_texts(words: object) -> dict[str, str]:
    return {str(code): str(label) for code, label in words.items()}  # type: ignore[attr-defined]  # dictionaries of words
