"""Meetings as a calendar (RFC 5545) of a body or of one person, each in the zone of its room."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404
from icalendar import Calendar, Event

from kenesh.council.invitation import add_whole_days
from kenesh.council.models import Meeting
from kenesh.kernel import vault
from kenesh.people.models import User

MOST = 200
_NO_END = timedelta(hours=2)  # a meeting whose end nobody entered
_BYTES = 16


def as_calendar(meetings: Iterable[Meeting], *, name: str, address: Callable[[Meeting], str]) -> bytes:
    """`address`: the page of a meeting. A changed meeting keeps its UID and has a higher SEQUENCE; its link for joining is left out."""
    made = Calendar()
    made.add("prodid", "-//Kenesh//council//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made["REFRESH-INTERVAL;VALUE=DURATION"] = "PT6H"
    made["X-PUBLISHED-TTL"] = "PT6H"
    for meeting in meetings:
        made.add_component(_event(meeting, address(meeting)))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(meeting: Meeting, address: str) -> Event:
    zone = ZoneInfo(meeting.time_zone)
    event = Event()
    event.add("uid", f"{meeting.code}@{settings.NODE_ID}")
    event.add("dtstamp", meeting.created_at)  # a moment that stays: the same meetings are the same file
    if meeting.hour_known:
        event.add("dtstart", meeting.starts_at.astimezone(zone))
        event.add("dtend", (meeting.ends_at or meeting.starts_at + _NO_END).astimezone(zone))
    else:
        add_whole_days(event, meeting)
    event.add("summary", str(meeting.title))
    event.add("description", str(meeting.body))
    if meeting.place:
        event.add("location", str(meeting.place))
    event.add("url", address)
    event.add("sequence", meeting.version - 1)
    event.add("status", "CANCELLED" if meeting.called_off_at else "CONFIRMED")
    return event


# --- the secret address of one person's calendar ----------------------------------------------------------------------------


def calendar_token(user: User) -> str:
    """The secret part of the address: 128 bits that only this node can make, for this account and its present password.

    Nothing is stored; a new password makes a new address, and the old one leads nowhere.
    """
    return base64.urlsafe_b64encode(user.uid.bytes + _proof(user)).decode().rstrip("=")


def holder_of(token: str) -> User:
    """Whose calendar a secret address is. Raises Http404 alike for every wrong one."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as why:
        raise Http404 from why
    user = User.objects.filter(uid=UUID(bytes=raw[:16]), is_active=True).first() if len(raw) == 2 * _BYTES else None
    if user is None or not vault.same(_proof(user), raw[16:]):
        raise Http404
    return user


def _proof(user: User) -> bytes:
    return vault.prf(settings.SECRETS.pepper, "calendar", user.uid.bytes + user.password.encode(), _BYTES)
