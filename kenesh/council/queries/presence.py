"""Who counts as being there, by the rules of the body; and the days of a meeting, in words for papers."""

from __future__ import annotations

from datetime import date

from kenesh.council.models import Attendance, BodyRules, Meeting
from kenesh.council.queries.days import modes_on
from kenesh.people.models import Body
from kenesh.themes import dates


def rules_of(body: Body) -> BodyRules | None:
    """What the body's rules ask for; None while nobody entered them."""
    return BodyRules.objects.filter(body=body).first()


def there_on(meeting: Meeting, day: date, *, counts_online: bool) -> set[int]:
    """Seats that are there on that day; `counts_online`: also by screen."""
    counted = {Attendance.Mode.PRESENT.value, *([Attendance.Mode.REMOTE.value] if counts_online else [])}
    modes = modes_on(meeting, day)
    lines = meeting.attendances.filter(membership__isnull=False).values_list("pk", "membership_id")
    return {seat for line, seat in lines if modes.get(line) in counted}


def span_in_words(meeting: Meeting, language: str) -> str:
    """The day of a meeting, or its first and its last."""
    ends = [meeting.day] if meeting.last_day == meeting.day else [meeting.day, meeting.last_day]
    return " – ".join(dates.day(day, language) for day in ends)
