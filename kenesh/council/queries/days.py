"""Who was there on which day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from kenesh.council.models import AttendanceDay, Meeting


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
    for line, on, mode in AttendanceDay.objects.filter(line__meeting=meeting).values_list("line", "day", "mode"):
        by_day.setdefault(line, {})[on] = mode
    return {pk: by_day[pk].get(day, "") if pk in by_day else mode for pk, mode in lines.items()}
