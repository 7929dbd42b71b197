"""A meeting as an iCalendar file (RFC 5545), for anybody's calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings

from kenesh.council.models import Meeting

_FOLD = 75  # octets to a line, without its end (section 3.1)


def as_calendar(meeting: Meeting, *, address: str, stamp: datetime) -> str:
    """The text of the file. `address`: the meeting's public page. Times are UTC, so that no zone needs to be described."""
    start = meeting.starts_at
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kenesh//council//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.code}@{settings.NODE_ID}",
        f"DTSTAMP:{_moment(stamp)}",
        f"DTSTART:{_moment(start)}",
        *([f"DTEND:{_moment(meeting.ends_at)}"] if meeting.ends_at else []),
        f"SUMMARY:{escaped(str(meeting.title))}",
        f"DESCRIPTION:{escaped(str(meeting.body))}",
        *([f"LOCATION:{escaped(str(meeting.place))}"] if meeting.place else []),
        f"URL:{address}",
        f"SEQUENCE:{meeting.version - 1}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A TEXT value (section 3.3.11)."""
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, safe)
    return text


def folded(line: str) -> str:
    """A content line of at most 75 octets to a physical line; a character is never cut in two."""
    parts, part, size = [], "", 0
    for character in line:
        width = len(character.encode())
        # A continued line begins with a space, which counts.
        if size + width > _FOLD:
            parts.append(part)
            part, size = "", 1
        part, size = part + character, size + width
    return "\r\n ".join([*parts, part])
