"""The cells of the queue's table, ready to be shown.

A page has thirty rows of twenty words: looking each up inside the template took a third of the page's processor time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.lines import Line
from kenesh.casework.models import Case, Presence
from kenesh.casework.templatetags.casework import age
from kenesh.themes import countries, dates, thesaurus


class Row(TypedDict):
    """Texts, but for `tags` and `present`. `due_look`: late or soon, with its word beside the day; "" for neither."""

    key: str
    ticked: bool
    url: str
    title: str
    code: str
    handed_over: bool
    tags: list[str]
    present: list[Presence]
    why: str
    tone: str
    way: str
    day: str
    age: str
    due: str
    due_look: str
    due_word: str
    status: str
    assignee: str


def row_of(line: Line, today: date, *, ends: date | None, ticked: Collection[str]) -> Row:
    """`ends`: when a swept appeal is destroyed, which stands in the place of its deadline."""
    row, language = line.row, get_language() or "ru"
    due = row.deadline if isinstance(row, Case) else row.due_on
    look, word = ("", "") if ends or not due else _due(due, today)
    return {
        "key": line.key,
        "ticked": line.key in ticked,
        "url": reverse("casework_work:case" if line.is_case else "casework_work:appeal", args=[row.code]),
        "title": _title(row, language),
        "code": row.code,
        "handed_over": isinstance(row, Case) and row.handed_over,
        "tags": line.tags,
        "present": line.present,
        "why": line.why,
        "tone": line.tone,
        "way": _way(row, language),
        "day": dates.day(line.day, language),
        "age": age(line.day, today),
        "due": dates.day(day, language) if (day := ends or due) else "–",
        "due_look": look,
        "due_word": word,
        "status": row.stands if isinstance(row, Case) else str(AppealStatus(row.status).label),
        "assignee": row.assignee.name if isinstance(row, Case) and row.assignee else "–",
    }


def _title(row: Appeal | Case, language: str) -> str:
    if row.theme:
        return thesaurus.label(row.theme, language)
    return _("Open to named people alone") if row.restricted else _("Not said yet")


def _way(row: Appeal | Case, language: str) -> str:
    """From where to where."""
    named = [countries.country_name(code, language) if code else "?" for code in (row.origin, row.destination)]
    return " – ".join(named) if row.origin or row.destination else ""


def _due(due: date, today: date) -> tuple[str, str]:
    if due < today:
        return "late", _("late")
    return ("soon", _("today")) if due == today else ("", "")
