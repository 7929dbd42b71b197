"""Codes of a case in words."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from kenesh.appeals.forms import theme_choices
from kenesh.casework.models import Note
from kenesh.casework.opening import Opened, written_at
from kenesh.casework.outcomes import OUTCOMES
from kenesh.themes import countries, dates, thesaurus

register = template.Library()


@register.filter
def outcome_text(code: str) -> str:
    """KeyError for a code that is none of ours."""
    return str(OUTCOMES[code])


@register.filter
def age(day: date, today: date) -> str:
    """How long ago a day is, in whole days."""
    days = max(0, (today - day).days)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


@register.filter
def theme_or_words(code: str) -> str:
    """The concept's label, or what the person chose instead of one."""
    language = get_language() or "ru"
    if code in thesaurus.concepts():
        return thesaurus.label(code, language)
    return str(dict(theme_choices(language)).get(code, code))


@register.filter
def country_or_other(code: str) -> str:
    return gettext("Another country") if code == "other" else countries.country_name(code, get_language() or "ru")


@register.filter
def note_day(note: Opened[Note]) -> str:
    return dates.day(timezone.localtime(written_at(note.body)).date(), get_language() or "ru")
