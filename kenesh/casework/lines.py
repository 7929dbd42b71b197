"""A line of the queue: what it shows, and in words why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import queries
from kenesh.casework.models import NO_DEADLINE, Alarm, Case, Deadline, Presence, Status, Tags
from kenesh.casework.opening import Body, OpenCase
from kenesh.casework.opening_many import bodies, open_cases
from kenesh.kernel import reading
from kenesh.people.keyring import Keyring

NOW, SOON, CALM = "bad", "warn", "quiet"  # tones of a tag; the words say the same


@dataclass
class Line:
    """One row of the queue. `why`: words; `tone`: how they are coloured."""

    row: Appeal | Case
    why: str
    tone: str
    tags: list[str] = field(default_factory=list)
    present: list[Presence] = field(default_factory=list)

    @property
    def is_case(self) -> bool:
        return isinstance(self.row, Case)

    @property
    def key(self) -> str:
        """How the form of several rows names it."""
        return f"{'c' if self.is_case else 'a'}:{self.row.code}"

    @property
    def day(self) -> date:
        return self.row.opened_on if isinstance(self.row, Case) else self.row.arrived_on


@dataclass(frozen=True)
class Hour:
    """A moment of an alarm or of a limit: what happens then, and how many whole hours are left (negative when it has passed).
    `words`: those of a limit."""

    what: str
    at: datetime
    hours: int
    words: str = ""

    @property
    def tone(self) -> str:
        return NOW if self.hours < 24 else SOON

    @property
    def text(self) -> str:
        return hours_left(self.what, self.hours, self.words)


def hours_left(what: str, hours: int, limit: str = "") -> str:
    """In words, for example "Removal in 20 hours"."""
    left = ngettext("%(limit)s: %(number)s hour left", "%(limit)s: %(number)s hours left", abs(hours))
    words = {
        "limit": (left, _("%(limit)s: the time is over")),
        "removal": (
            ngettext("Removal in %(number)s hour", "Removal in %(number)s hours", abs(hours)),
            _("The hour of removal has passed"),
        ),
        "hearing": (
            ngettext("Hearing in %(number)s hour", "Hearing in %(number)s hours", abs(hours)),
            _("The hour of the hearing has passed"),
        ),
    }[what]
    return (words[0] if hours >= 0 else words[1]) % {"number": hours, "limit": limit}


def hours_of(alarm: Body, now: datetime) -> list[Hour]:
    """The moments of an alarm, the next first; those that have passed come before."""
    found = []
    for what in ("removal", "hearing"):
        if alarm.get(f"{what}_at"):
            at = datetime.fromisoformat(alarm[f"{what}_at"])
            found.append(Hour(what, at, _hours(at, now)))
    return sorted(found, key=lambda hour: hour.at)


def held_for(alarm: Body, now: datetime) -> int | None:
    """For how many whole hours somebody has been held."""
    since = str(alarm.get("detained_at") or "")
    return max(0, _hours(now, datetime.fromisoformat(since))) if since else None


def _hours(later: datetime, sooner: datetime) -> int:
    return int((later - sooner).total_seconds() // 3600)


def why_of(row: Appeal | Case, today: date, hours: Iterable[Hour] = ()) -> tuple[str, str]:
    """Why this row stands where it stands, and the tone of these words. `hours`: of its alarm and of its limits."""
    if isinstance(row, Appeal):
        if row.status == AppealStatus.URGENT:
            return _("Somebody is in danger: answer today"), NOW
        return _by_day(row.due_on, today) or (_waits(row.arrived_on, today), CALM)
    if row.urgent:
        nearest = min((hour for hour in hours if hour.hours >= 0), key=lambda hour: hour.at, default=None)
        if nearest is not None:
            return nearest.text, nearest.tone
        passed = _by_day(row.due_on, today) if row.due_on < today else None
        return passed or (_("Urgent: it runs in hours"), NOW)
    deadline = None if row.due_on == NO_DEADLINE or row.status == Status.CLOSED else row.due_on
    return _by_day(deadline, today) or (_stands(row, today), CALM)


def _by_day(due: date | None, today: date) -> tuple[str, str] | None:
    if due is None or due == NO_DEADLINE:
        return None
    days = (due - today).days
    if days < 0:
        text = ngettext("The deadline passed %(number)s day ago", "The deadline passed %(number)s days ago", -days)
        return text % {"number": -days}, NOW
    if days < 2:
        return (_("Deadline tomorrow"), SOON) if days else (_("Deadline today"), SOON)
    return ngettext("Deadline in %(number)s day", "Deadline in %(number)s days", days) % {"number": days}, CALM


def _waits(since: date, today: date) -> str:
    days = (today - since).days
    if days < 1:
        return _("Arrived today")
    return ngettext("Waits for us for %(number)s day", "Waits for us for %(number)s days", days) % {"number": days}


def _stands(case: Case, today: date) -> str:
    days = max(0, (today - case.opened_on).days)
    words = {
        Status.OFFICE: ngettext("Waits for us; open for %(number)s day", "Waits for us; open for %(number)s days", days),
        Status.PERSON: ngettext(
            "We wait for the person; open for %(number)s day", "We wait for the person; open for %(number)s days", days
        ),
        Status.OTHERS: ngettext(
            "We wait for others; open for %(number)s day", "We wait for others; open for %(number)s days", days
        ),
    }
    if case.waits_for:
        whom = ngettext("%(waits)s; open for %(number)s day", "%(waits)s; open for %(number)s days", days)
        return whom % {"waits": case.stands, "number": days}
    return words.get(Status(case.status), "") % {"number": days} or str(case.get_status_display())


def lines_of(rows: Iterable[Appeal | Case], keyring: Keyring, today: date) -> list[Line]:
    """The rows of one page with their tags, alarms and colleagues: the same number of queries for any number of rows."""
    listed = list(rows)
    cases = [row for row in listed if isinstance(row, Case)]
    tags, hours, present = _beside(cases, keyring) if cases else ({}, {}, {})
    made = []
    for row in listed:
        of_case = row.pk if isinstance(row, Case) else 0
        why, tone = why_of(row, today, hours.get(of_case, []))
        made.append(Line(row, why, tone, tags.get(of_case, {}).get("tags", []), present.get(of_case, [])))
    told = queries.told_the_lead(cases) if cases else {}
    unanswered = queries.stand_by_their_answer(cases) if cases else set()
    for line in made:
        if line.is_case and line.row.pk in unanswered:
            line.why = _("The person waits for an answer. %(why)s") % {"why": line.why}
        if line.is_case and line.row.pk in told:
            line.why = _("%(why)s; the lead was told") % {"why": line.why}
    return made


def _beside(cases: list[Case], keyring: Keyring) -> tuple[dict[int, Body], dict[int, list[Hour]], dict[int, list[Presence]]]:
    now, urgent = timezone.now(), [case.pk for case in cases if case.urgent]
    tags = reading.rows_of(Tags, "case_id", [case.pk for case in cases])
    alarms, limits = reading.rows_of(Alarm, "case_id", urgent), queries.days_about_now(urgent, timezone.localdate(now))
    wanted = {row.case_id for row in tags} | {row.case_id for row in alarms} | {row.case_id for row in limits}
    opened = open_cases([case for case in cases if case.pk in wanted], keyring)
    present = queries.present_at([case.pk for case in cases], but=keyring.user)
    hours = _limits_of(limits, opened, now)
    for pk, alarm in bodies(alarms, opened).items():
        hours[pk] = [*hours.get(pk, []), *hours_of(alarm, now)]
    return bodies(tags, opened), hours, present


# --- the urgent board ---------------------------------------------------------------------------------------------------------


@dataclass
class Card:
    """A case on the urgent board. `alarm`: None when this session holds no key to it, or nothing is known yet."""

    case: Case
    alarm: Body | None
    hours: list[Hour]
    present: list[Presence]
    held_hours: int | None = None

    @property
    def next_hour(self) -> datetime | None:
        return next((hour.at for hour in self.hours if hour.hours >= 0), None)

    @property
    def consul_on(self) -> date | None:
        told = (self.alarm or {}).get("consul_on")
        return date.fromisoformat(told) if told else None


def cards_of(cases: list[Case], keyring: Keyring, now: datetime) -> list[Card]:
    """The nearest hour first, then those of which no hour is known, by deadline. Fixed number of queries."""
    rows = reading.rows_of(Alarm, "case_id", [case.pk for case in cases])
    known = {row.case_id for row in rows}
    running = queries.days_about_now([case.pk for case in cases], timezone.localdate(now))
    known |= {row.case_id for row in running}
    opened = open_cases([case for case in cases if case.pk in known], keyring)
    alarms, limits = bodies(rows, opened), _limits_of(running, opened, now)
    present = queries.present_at([case.pk for case in cases], but=keyring.user)
    cards = []
    for case in cases:
        alarm: dict[str, Any] | None = alarms.get(case.pk)
        hours = sorted([*hours_of(alarm or {}, now), *limits.get(case.pk, [])], key=lambda hour: hour.at)
        cards.append(Card(case, alarm, hours, present.get(case.pk, []), held_for(alarm or {}, now)))
    return sorted(cards, key=lambda card: (card.next_hour is None, card.next_hour or now, card.case.due_on, card.case.pk))


def _limits_of(rows: list[Deadline], opened: dict[int, OpenCase], now: datetime) -> dict[int, list[Hour]]:
    """Case id → the hours of its legal time limits that are counted in hours."""
    found: dict[int, list[Hour]] = {}
    for row in rows:
        case = opened.get(row.case_id)
        body = case.open(row).body if case is not None and row.epoch in case.keys else {}
        if body.get("limit") and body.get("hour"):
            at = datetime.fromisoformat(body["hour"])
            found.setdefault(row.case_id, []).append(Hour("limit", at, _hours(at, now), str(body["what"])))
    return found
