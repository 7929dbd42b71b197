"""A meeting as an iCalendar file (RFC 5545), for anybody's calendar, and as an invitation by e-mail (iTIP, RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from kenesh.council.models import Meeting, Session


def as_calendar(meeting: Meeting, *, address: str, stamp: datetime, sessions: Iterable[Session] = ()) -> bytes:
    """The file that everybody may take: the meeting, and each of its sessions as an entry of its own. `address`: its public page."""
    made = _calendar("PUBLISH")
    made.add_component(_of_meeting(meeting, address, stamp))
    for session in sessions:
        event = _event(f"{meeting.code}-{session.pk}", session.starts_at, session.ends_at, meeting, stamp)
        event.add("summary", str(session.title))
        if session.about:
            event.add("description", str(session.about))
        place = ", ".join(str(part) for part in (session.room, meeting.place) if part)
        if place:
            event.add("location", place)
        event.add("url", address)
        event.add("sequence", session.version - 1 + meeting.version - 1)  # it goes where the meeting goes
        made.add_component(event)
    return _written(made, meeting)


def as_request(meeting: Meeting, *, address: str, stamp: datetime, attendee: str, name: str) -> bytes:
    """The invitation of one address; a cancellation when the meeting is called off. `address`: the page on which she answers.

    It holds the meeting alone: the entries of one such file are all of one UID (RFC 5546, section 3.2.2).
    """
    made = _calendar("CANCEL" if meeting.called_off_at else "REQUEST")
    event = _of_meeting(meeting, address, stamp)
    organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organiser.params["cn"] = str(meeting.body)
    event.add("organizer", organiser)
    invited = vCalAddress(f"mailto:{attendee}")
    invited.params["cn"] = name
    invited.params["rsvp"] = "FALSE"  # she answers on the page, where there is more to say
    event.add("attendee", invited)
    made.add_component(event)
    return _written(made, meeting)


def _calendar(method: str) -> Calendar:
    made = Calendar()
    for name, said in (("prodid", "-//Kenesh//council//EN"), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        made.add(name, said)
    return made


def _of_meeting(meeting: Meeting, address: str, stamp: datetime) -> Event:
    event = _event(meeting.code, meeting.starts_at, meeting.ends_at, meeting, stamp)
    if not meeting.hour_known:
        add_whole_days(event, meeting)
    event.add("summary", str(meeting.title))
    event.add("description", str(meeting.body))
    if meeting.place:
        event.add("location", str(meeting.place))
    event.add("url", address)
    event.add("sequence", sequence_of(meeting))
    return event


def add_whole_days(event: Event, meeting: Meeting) -> None:
    """Where nobody knows the hour: its days, the end being the day after the last one (RFC 5545, section 3.6.1)."""
    for name, day in (("dtstart", meeting.day), ("dtend", meeting.last_day + timedelta(days=1))):
        event.pop(name, None)
        event.add(name, day)


def sequence_of(meeting: Meeting) -> int:
    """Rises with each change of the meeting, so that calendars take the new day and drop the old one (RFC 5545, section 3.8.7.4)."""
    return meeting.version - 1


def _event(uid: str, starts: datetime, ends: datetime | None, meeting: Meeting, stamp: datetime) -> Event:
    zone, event = ZoneInfo(meeting.time_zone), Event()
    event.add("uid", f"{uid}@{settings.NODE_ID}")
    event.add("dtstamp", stamp)
    event.add("dtstart", starts.astimezone(zone))
    if ends:
        event.add("dtend", ends.astimezone(zone))
    event.add("status", "CANCELLED" if meeting.called_off_at else "CONFIRMED")
    return event


def _written(made: Calendar, meeting: Meeting) -> bytes:
    """With the rules of the zone as they are in the year around the meeting."""
    around = timedelta(days=183)
    made.add_missing_timezones(
        first_date=(meeting.starts_at - around).date(), last_date=((meeting.ends_at or meeting.starts_at) + around).date()
    )
    return bytes(made.to_ical())
