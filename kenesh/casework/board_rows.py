"""The cards of the urgent board, ready to be shown: as for the queue, looking each word up in the template took long."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kenesh.casework.lines import Card
from kenesh.casework.models import Presence
from kenesh.themes import dates, thesaurus


class Tag(NamedTuple):
    """A word in a colour of its own, and what stands beside it."""

    tone: str
    text: str
    beside: str = ""


class Fact(TypedDict):
    """What is known: texts, or tags."""

    name: str
    text: str
    tags: list[Tag]


class Row(TypedDict):
    """`assignee`: "" when nobody works on it."""

    code: str
    url: str
    change: str
    title: str
    hours: list[Tag]
    present: list[Presence]
    facts: list[Fact]
    assignee: str


def row_of(card: Card) -> Row:
    case, language = card.case, get_language() or "ru"
    hours = [Tag(hour.tone, hour.text, timezone.localtime(hour.at).strftime("%d.%m.%Y %H:%M")) for hour in card.hours]
    return {
        "code": case.code,
        "url": reverse("casework_work:case", args=[case.code]),
        "change": reverse("casework_work:alarm", args=[case.code]),
        "title": thesaurus.label(case.theme, language) if case.theme else _("Case"),
        "hours": hours or [Tag("warn", _("No hour is known yet"))],
        "present": card.present,
        "facts": _facts(card.alarm, card, language) if card.alarm else [],
        "assignee": case.assignee.name if case.assignee else "",
    }


def _facts(alarm: dict[str, Any], card: Card, language: str) -> list[Fact]:
    found = []
    since_when = _("since")
    where, said, held = alarm.get("detained_where"), alarm.get("detained_since"), card.held_hours
    if held is not None:
        since = timezone.localtime(datetime.fromisoformat(alarm["detained_at"])).strftime("%d.%m.%Y %H:%M")
        words = ngettext("for %(number)s hour", "for %(number)s hours", held) % {"number": held}
        found.append(_fact(_("Held"), f"{where or '?'} · {since_when} {since} ", Tag("bad" if held >= 24 else "warn", words)))
    elif where or said:
        found.append(_fact(_("Held"), f"{where or '?'} · {since_when} {said or '?'}"))
    if alarm.get("hearing_place"):
        found.append(_fact(_("Court and room"), str(alarm["hearing_place"])))
    lawyer = str(alarm.get("lawyer") or "")
    found.append(_fact(_("Duty lawyer"), lawyer) if lawyer else _fact(_("Duty lawyer"), "", Tag("bad", _("nobody yet"))))
    told = {
        "yes": Tag("good", _("told"), dates.day(card.consul_on, language) if card.consul_on else ""),
        "no": Tag("bad", _("not told")),
    }
    found.append(_fact(_("Consul"), "", told.get(str(alarm.get("consul_told")), Tag("warn", _("not known")))))
    careful = [Tag("bad", word) for name, word in (("child", _("a child")), ("ill", _("illness"))) if alarm.get(name)]
    if careful:
        found.append(_fact(_("Careful"), "", *careful))
    return found


def _fact(name: str, text: str, *tags: Tag) -> Fact:
    return {"name": name, "text": text, "tags": list(tags)}
