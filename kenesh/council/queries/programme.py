"""The programme as a page shows it: for each day a grid of rooms, which a phone shows as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.http import Http404

from kenesh.council.models import AgendaItem, Meeting, Room, Session, SessionPerson
from kenesh.council.queries.publication import Shown, shown
from kenesh.people.models import Publication

_NO_END = timedelta(hours=1)  # that a meeting inside takes on the grid while nobody has said when it ends


@dataclass(frozen=True)
class Entry:
    """One thing on the programme: a session, or a meeting that another body holds inside this one."""

    begins: datetime  # on the clock of the room, as `ends`
    ends: datetime
    session: Session | None = None
    hosted: Meeting | None = None
    moderators: list[Shown] = field(default_factory=list)
    speakers: list[Shown] = field(default_factory=list)

    @property
    def clock(self) -> str:
        if self.hosted is not None and not self.hosted.hour_known:
            return ""
        is_open = self.hosted is not None and self.hosted.ends_at is None
        return f"{self.begins:%H:%M}" if is_open else f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    @property
    def track(self) -> str:
        """The heading under which it stands where something runs beside it."""
        if self.hosted:
            return str(self.hosted.body)
        return str(self.session.room) if self.session and self.session.room else ""

    @property
    def order(self) -> tuple[bool, int]:
        """Rooms in the order in which they were made, then what has none."""
        room = self.session.room_id if self.session else None
        return (room is None, room or 0)

    def meets(self, other: Entry) -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True)
class Cell:
    """A place of the grid; without an entry it is empty."""

    entry: Entry | None
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Row:
    """What begins at one moment."""

    clock: str
    cells: list[Cell]


@dataclass(frozen=True)
class Day:
    """A day of the meeting: the headings of its columns, and its rows."""

    day: date
    tracks: list[str]
    rows: list[Row]


def programme(meeting: Meeting, *, for_everybody: bool) -> list[Day]:
    """The days of a meeting that have anything on them. `for_everybody`: people as each let herself be shown, and only sessions of
    other bodies that are public."""
    entries = [_entry(session, meeting, for_everybody) for session in _sessions(meeting)]
    hosted = meeting.hosted_meetings.select_related("body").order_by("starts_at", "pk")
    for inside in hosted.filter(is_public=True) if for_everybody else hosted:
        if inside.called_off_at is None:
            zone, ends = meeting.local_start.tzinfo, inside.ends_at or inside.starts_at + _NO_END
            entries.append(Entry(inside.starts_at.astimezone(zone), ends.astimezone(zone), hosted=inside))
    entries.sort(key=lambda entry: (entry.begins, entry.ends))
    days = sorted({entry.begins.date() for entry in entries})
    return [_day(day, [entry for entry in entries if entry.begins.date() == day]) for day in days]


def _sessions(meeting: Meeting) -> list[Session]:
    people = SessionPerson.objects.select_related("person__organisation").order_by("position")
    items = AgendaItem.objects.order_by("position")
    found = meeting.sessions.select_related("room").prefetch_related(Prefetch("people", people), Prefetch("items", items))
    sessions = list(found.order_by("starts_at", "pk"))
    for session in sessions:
        session.meeting = meeting
    return sessions


def _entry(session: Session, meeting: Meeting, for_everybody: bool) -> Entry:
    level = "" if for_everybody else Publication.NAME.value

    def named(part: SessionPerson.Part) -> list[Shown]:
        people = [_shown(one, level or one.publication) for one in session.people.all() if one.part == part]
        return [who for who in people if who is not None]

    return Entry(
        session.local_start,
        session.local_end,
        session=session,
        moderators=named(SessionPerson.Part.MODERATOR),
        speakers=named(SessionPerson.Part.SPEAKER),
    )


def _shown(one: SessionPerson, level: str) -> Shown | None:
    who = shown(level, person=one.person, guest=one.name)
    if who is not None and one.post and level == Publication.NAME:
        return Shown(who.name, who.organisation, who.country, one.post)
    return who


def _day(day: date, entries: list[Entry]) -> Day:
    """Lays the entries out: what has nothing beside it takes the whole width, what runs in parallel stands under its room."""
    begins = sorted({entry.begins for entry in entries})
    beside = [entry for entry in entries if any(entry.meets(other) for other in entries if other is not entry)]
    tracks, place = _columns(beside)
    rows = []
    for moment in begins:
        starting = {place.get(id(entry), 0): entry for entry in entries if entry.begins == moment}
        whole = next((entry for entry in starting.values() if id(entry) not in place), None)
        if whole is not None:
            rows.append(Row(f"{moment:%H:%M}", [Cell(whole, columns=max(len(tracks), 1))]))
            continue
        cells = []
        for column in range(len(tracks)):
            entry = starting.get(column)
            if entry is not None:
                cells.append(Cell(entry, rows=sum(entry.begins <= one < entry.ends for one in begins)))
            elif not any(place[id(one)] == column and one.begins < moment < one.ends for one in beside):
                cells.append(Cell(None))
        rows.append(Row(f"{moment:%H:%M}", cells))
    return Day(day, tracks, rows)


def _columns(beside: Iterable[Entry]) -> tuple[list[str], dict[int, int]]:
    """A column for each room; a second one of the same name where two entries without a room run at once."""
    tracks: list[str] = []
    last: list[Entry] = []
    place: dict[int, int] = {}
    for entry in sorted(beside, key=lambda entry: (entry.order, entry.begins)):
        free = [n for n, name in enumerate(tracks) if name == entry.track and not last[n].meets(entry)]
        if free:
            last[free[0]] = entry
        else:
            tracks.append(entry.track)
            last.append(entry)
        place[id(entry)] = free[0] if free else len(tracks) - 1
    return tracks, place


def room_of(meeting: Meeting, pk: int) -> Room:
    """Raises Http404."""
    room = meeting.rooms.filter(pk=pk).first()
    if room is None:
        raise Http404
    room.meeting = meeting
    return room


def session_of(meeting: Meeting, pk: int) -> Session:
    """Raises Http404."""
    session = meeting.sessions.filter(pk=pk).first()
    if session is None:
        raise Http404
    session.meeting = meeting
    return session
