"""The lines of the search's results, ready to be shown: as for the queue, looking each word up in the template took long."""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.models import Case
from kenesh.casework.queries.search import Shown
from kenesh.casework.templatetags.casework import found_by, theme_or_words
from kenesh.themes import countries, dates, thesaurus


class Row(TypedDict):
    """Texts. `before`, `hit`, `after`: a line of what somebody wrote, with the word that was looked for."""

    url: str
    title: str
    code: str
    about: str
    before: str
    hit: str
    after: str
    why: str


def row_of(line: Shown) -> Row:
    row, language = line.row, get_language() or "ru"
    day, name = (row.opened_on, row.assignee.name if row.assignee else "") if isinstance(row, Case) else (row.arrived_on, "")
    status = row.stands if isinstance(row, Case) else str(AppealStatus(row.status).label)
    country = countries.country_name(row.destination, language) if row.destination else ""
    about = [status, line.place, country, dates.day(day, language), name]
    themes = ", ".join(thesaurus.label(concept, language) for concept in line.concepts)
    return {
        "url": reverse("casework_work:case" if line.is_case else "casework_work:appeal", args=[row.code]),
        "title": theme_or_words(line.theme) if line.theme else _("Not said yet"),
        "code": row.code,
        "about": " · ".join(part for part in about if part),
        "before": line.before,
        "hit": line.hit,
        "after": line.after,
        "why": ", ".join(found_by(kind) for kind in line.why) + (f": {themes}" if themes else ""),
    }
