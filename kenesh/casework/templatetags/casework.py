"""Codes of a case in words."""

from __future__ import annotations

from datetime import date, datetime, time

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from kenesh.appeals.forms import theme_choices
from kenesh.casework.case_types import CASE_TYPES, EVIDENCE, EVIDENCE_STATES, PARTY_ROLES, STEP_KINDS
from kenesh.casework.models import LetterKind, Note, Sheet
from kenesh.casework.opening import Opened, written_at
from kenesh.casework.outcomes import OUTCOMES
from kenesh.casework.recognising import KINDS as FINDINGS
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


@register.filter
def item_day(at: datetime) -> str:
    """The day of something in the timeline, with its time where one is known."""
    local, language = timezone.localtime(at), get_language() or "ru"
    return dates.day(local.date(), language) if local.time() == time() else dates.moment(local, language)


@register.filter
def iso_day(text: str) -> str:
    """A day that was sealed as a text."""
    return dates.day(date.fromisoformat(text), get_language() or "ru")


@register.filter
def step_kind(code: str) -> str:
    return str(STEP_KINDS[code])


@register.filter
def party_role(code: str) -> str:
    return str(PARTY_ROLES.get(code, PARTY_ROLES["other"]))


@register.filter
def case_type(code: str) -> str:
    """The way of working; a dash before one was chosen."""
    return str(CASE_TYPES.get(code, "–"))


@register.filter
def letter_kind(code: str) -> str:
    return str(LetterKind(code).label)


@register.filter
def evidence(sheet: Opened[Sheet]) -> list[tuple[str, str]]:
    """What was asked about, and what was answered."""
    found = [(label, str(sheet.body.get(f"evidence_{code}") or "")) for code, label in EVIDENCE.items()]
    return [(str(label), str(EVIDENCE_STATES[state])) for label, state in found if state]


@register.filter
def found_by(kind: str) -> str:
    """Why the search found something, by the kind of its term (casework/search/terms.py)."""
    return {
        "w": gettext("a word"),
        "c": gettext("its theme"),
        "n": gettext("a person's name"),
        "k": gettext("a name in the text"),
        "p": gettext("a phone"),
        "d": gettext("a document number"),
        "e": gettext("the employer"),
        "t": gettext("a tag"),
        "m": gettext("its theme and outcome"),
        "#": gettext("its code"),
    }[kind]


@register.filter
def finding(kind: str) -> str:
    """Why a stretch of a text may lead to somebody."""
    return str(FINDINGS[kind])
