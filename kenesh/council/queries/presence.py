"""Which day it is in the room, and how everybody is there on it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from kenesh.council.models import Attendance, AttendanceDay, BodyRules, Meeting
from kenesh.people.models import Body


def day_of_today(meeting: Meeting) -> date:
    """Today on the calendar of the room; before the meeting its first day, after it its last."""
    today = timezone.now().astimezone(meeting.local_start.tzinfo).date()
    return min(max(today, meeting.day), meeting.last_day)


def modes_on(meeting: Meeting, day: date) -> dict[int, str]:
    """How each line of the attendance was there on that day. A line that names no days says the same of all."""
    lines = dict(meeting.attendances.values_list("pk", "mode"))
    by_day: dict[int, dict[date, str]] = {}
    for line, on, mode in AttendanceDay.objects.filter(line__meeting=meeting).values_list("line", "day", "mode"):
        by_day.setdefault(line, {})[on] = mode
    return {pk: by_day[pk].get(day, "") if pk in by_day else mode for pk, mode in lines.items()}


def rules_of(body: Body) -> BodyRules | None:
    """What the body's rules ask for; None while nobody entered them."""
    return BodyRules.objects.filter(body=body).first()


def there_on(meeting: Meeting, day: date, *, counts_online: bool) -> set[int]:
    """Seats that are there on that day; `counts_online`: also by screen."""
    counted = {Attendance.Mode.PRESENT.value, *([Attendance.Mode.REMOTE.value] if counts_online else [])}
    modes = modes_on(meeting, day)
    lines = meeting.attendances.filter(membership__isnull=False).values_list("pk", "membership_id")
    return {seat for line, seat in lines if modes.get(line) in counted}
