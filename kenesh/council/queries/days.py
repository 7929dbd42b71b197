"""Who was there on which day, and who sat for a seat when: the member, or on the second day her alternate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.council.models import Attendance, AttendanceDay, Meeting
from kenesh.council.queries.publication import Shown, in_place_of, shown
from kenesh.people.models import Person
from kenesh.themes import dates

HERE = (Attendance.Mode.PRESENT.value, Attendance.Mode.REMOTE.value)
Days = dict[int, list[AttendanceDay]]  # by the id of the line, in the order of time


def day_of_today(meeting: Meeting) -> date:
    """Today on the calendar of the room; before the meeting its first day, after it its last."""
    return day_of(meeting, timezone.now())


def day_of(meeting: Meeting, moment: datetime) -> date:
    """The day of the meeting to which a moment belongs."""
    return min(max(moment.astimezone(meeting.local_start.tzinfo).date(), meeting.day), meeting.last_day)


def modes_on(meeting: Meeting, day: date) -> dict[int, str]:
    """How each line of the attendance was there on that day. A line that names no days says the same of all."""
    lines = dict(meeting.attendances.values_list("pk", "mode"))
    by_day: dict[int, dict[date, str]] = {}
    rows = AttendanceDay.objects.filter(line__meeting=meeting, until=None)
    for line, on, mode in rows.values_list("line", "day", "mode"):
        by_day.setdefault(line, {})[on] = mode
    return {pk: by_day[pk].get(day, "") if pk in by_day else mode for pk, mode in lines.items()}


# --- who sat there --------------------------------------------------------------------------------------------------------


def sits_now(line: Attendance) -> Person | None:
    """The alternate who speaks and votes for the seat; None for the member."""
    return line.person if line.by_alternate else None


def days_there(meeting: Meeting) -> Days:
    """The days on which each was there, of lines that name days."""
    rows = AttendanceDay.objects.filter(line__meeting=meeting, mode__in=HERE).select_related("alternate__organisation")
    found: Days = {}
    for row in rows.order_by("day", F("until").asc(nulls_last=True), "id"):
        found.setdefault(row.line_id, []).append(row)
    return found


def sat_at(line: Attendance, days: Days, moment: datetime) -> Person | None:
    """The alternate who sat there at that moment; None for the member. Until somebody else is written down she stays."""
    rows, day = days.get(line.pk), day_of(line.meeting, moment)
    if not rows:
        return sits_now(line)
    for row in rows:
        if row.day == day and (row.until is None or moment < row.until):
            return row.alternate
    return ([row for row in rows if row.day < day] or rows[:1])[-1].alternate


def sat_on(line: Attendance, days: Days, day: date) -> Person | None:
    """The alternate who sat there last on that day; None for the member, and where nobody was there."""
    rows = days.get(line.pk)
    if not rows:
        return sits_now(line)
    return next((row.alternate for row in rows if row.day == day and row.until is None), None)


@dataclass(frozen=True)
class Stay:
    """Somebody who was there on a line: for a seat the member (`alternate`: None) or an alternate. `when`: on which days, in
    words of the active language, where not on all, or where others sat there too."""

    line: Attendance
    alternate: Person | None
    publication: str
    when: str = ""


def stays_on(line: Attendance, days: Days) -> list[Stay]:
    """Everybody who sat there, in the order of time."""
    by_sitter: dict[int | None, list[tuple[AttendanceDay, datetime | None]]] = {}
    since: datetime | None = None
    for row in days.get(line.pk, []):
        by_sitter.setdefault(row.alternate_id, []).append((row, since))
        since = row.until
    now = sits_now(line)
    if len(by_sitter) < 2:
        there = list(dict.fromkeys(row.day for row in days.get(line.pk, [])))
        return [Stay(line, now, line.publication, "" if there == line.meeting.days else _in_words(there))]
    zone, found = ZoneInfo(line.meeting.time_zone), []
    for rows in by_sitter.values():
        last = rows[-1][0]
        level = line.publication if last.alternate == now else last.publication
        found.append(Stay(line, last.alternate, level, ", ".join(_when(row, since, zone) for row, since in rows)))
    return found


def _in_words(days: Iterable[date]) -> str:
    return ", ".join(dates.day(day, get_language() or settings.LANGUAGE_CODE) for day in days)


def _when(row: AttendanceDay, since: datetime | None, zone: ZoneInfo) -> str:
    day = dates.day(row.day, get_language() or settings.LANGUAGE_CODE)
    begins, ends = (f"{each.astimezone(zone):%H:%M}" if each else "" for each in (since, row.until))
    if begins and ends:
        return f"{day}, {begins}–{ends}"
    if ends:
        return _("%(day)s until %(time)s") % {"day": day, "time": ends}
    return _("%(day)s from %(time)s") % {"day": day, "time": begins} if begins else day


def of_stay(stay: Stay, *, level: str = "") -> Shown | None:
    """How she is called; the representative goes with the organisation that holds the seat."""
    line, seat = stay.line, stay.line.membership
    came = stay.alternate or (None if line.by_alternate else line.person)
    who = shown(
        level or stay.publication,
        person=came or (seat.person if seat else None),
        organisation=line.organisation or (seat.organisation if seat else None),
        country=line.country or (seat.country if seat else ""),
        guest=line.guest,
        when=stay.when,
    )
    return in_place_of(who, seat, level) if stay.alternate is not None and seat is not None else who


def of_line(line: Attendance, days: Days, *, level: str = "") -> list[Shown]:
    """Everybody who was there on it and may be shown."""
    return [who for stay in stays_on(line, days) if (who := of_stay(stay, level=level)) is not None]


def levels_of_persons(lines: Iterable[Attendance], days: Days) -> dict[int | None, str]:
    """What is shown of each person who was there, by her id."""
    found: dict[int | None, str] = {}
    for line in lines:
        for stay in stays_on(line, days):
            member = line.membership.person_id if line.membership else None
            came = stay.alternate.pk if stay.alternate else None if line.by_alternate else line.person_id
            found[came or member] = stay.publication
    return found


def levels_of_seats(lines: Iterable[Attendance], days: Days) -> dict[int | None, str]:
    """What each member lets everybody read of her being there, by the id of her seat; what her alternate does is no word of hers."""
    stays = [stay for line in lines for stay in stays_on(line, days)]
    return {stay.line.membership_id: stay.publication for stay in stays if stay.alternate is None}
