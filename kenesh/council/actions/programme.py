"""The programme: rooms and sessions, and who speaks in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import F

from kenesh.council.actions.meetings import check_changeable, note_change
from kenesh.council.actions.refusals import OutsideMeeting, RoomTaken, SavedByAnother
from kenesh.council.models import AgendaItem, Meeting, Room, Session, SessionPerson
from kenesh.kernel import trail
from kenesh.people.models import Person, Publication, User
from kenesh.problems.models import new_request_key

# What those who are invited must hear of when it changes.
_TOLD = ("starts_at", "ends_at", "room_id")


class RoomFields(TypedDict):
    """What is said about a room."""

    name: dict[str, str]
    link: str
    dial_in: str


class SessionFields(TypedDict, total=False):
    """What is said about a session; what is left out keeps its value."""

    kind: str
    title: dict[str, str]
    about: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    room: Room | None


@dataclass(frozen=True)
class Speaking:
    """Somebody who moderates or speaks: a person of the node, or a name as it is written."""

    part: str
    person: Person | None = None
    name: str = ""
    post: str = ""
    publication: str = Publication.HIDDEN


def add_room(*, meeting: Meeting, by: User, request_key: str = "", **fields: Unpack[RoomFields]) -> Room:
    """Adds a room; the same request key gives the same one. Raises MinutesApproved."""
    with transaction.atomic():
        check_changeable(meeting)
        room, is_new = Room.objects.get_or_create(
            request_key=request_key or new_request_key(), defaults={"meeting": meeting, **fields}
        )
        if is_new:
            trail.record(verb="add_room", target=f"meeting:{meeting.code}", by=by)
    return room


def edit_room(*, room: Room, version: int, by: User, **fields: Unpack[RoomFields]) -> None:
    """Saves a room if it is still at `version`. Raises SavedByAnother, MinutesApproved."""
    with transaction.atomic():
        check_changeable(room.meeting)
        if not Room.objects.filter(pk=room.pk, version=version).update(version=F("version") + 1, **fields):
            raise SavedByAnother(Room.objects.get(pk=room.pk))
        if (fields["link"], fields["dial_in"]) != (room.link, room.dial_in):
            note_change(room.meeting)
        trail.record(verb="edit_room", target=f"meeting:{room.meeting.code}", by=by)


def remove_room(*, room: Room, by: User) -> None:
    """Takes a room away; its sessions stay, without a room. Raises MinutesApproved."""
    with transaction.atomic():
        check_changeable(room.meeting)
        room.delete()
        trail.record(verb="remove_room", target=f"meeting:{room.meeting.code}", by=by)


def add_session(
    *,
    meeting: Meeting,
    by: User,
    people: Iterable[Speaking] = (),
    items: Iterable[AgendaItem] = (),
    request_key: str = "",
    **fields: Unpack[SessionFields],
) -> Session:
    """Adds a session; the same request key gives the same one. Raises MinutesApproved, OutsideMeeting, RoomTaken."""
    with transaction.atomic():
        check_changeable(meeting)
        key = request_key or new_request_key()
        if (known := Session.objects.filter(request_key=key).first()) is not None:
            return known
        session = Session(meeting=meeting, request_key=key, **fields)
        _check_place(session)
        session.save()
        session.refresh_from_db()  # texts and times as they are stored
        _put(session, people, items)
        trail.record(verb="add_session", target=f"meeting:{meeting.code}", by=by)
    return session


def edit_session(
    *,
    session: Session,
    version: int,
    by: User,
    people: Iterable[Speaking],
    items: Iterable[AgendaItem],
    **fields: Unpack[SessionFields],
) -> None:
    """Saves a session if it is still at `version`. Raises SavedByAnother, MinutesApproved, OutsideMeeting, RoomTaken."""
    with transaction.atomic():
        check_changeable(session.meeting)
        if not Session.objects.filter(pk=session.pk, version=version).update(version=F("version") + 1, **fields):
            raise SavedByAnother(Session.objects.get(pk=session.pk))
        now = Session.objects.select_related("meeting", "room").get(pk=session.pk)
        _check_place(now)
        _put(now, people, items)
        if any(getattr(now, name) != getattr(session, name) for name in _TOLD):
            note_change(now.meeting)
        trail.record(verb="edit_session", target=f"meeting:{session.meeting.code}", by=by)


def remove_session(*, session: Session, by: User) -> None:
    """Takes a session off the programme; points of the agenda stay. Raises MinutesApproved."""
    with transaction.atomic():
        check_changeable(session.meeting)
        session.delete()
        note_change(session.meeting)
        trail.record(verb="remove_session", target=f"meeting:{session.meeting.code}", by=by)


def _check_place(session: Session) -> None:
    """The meeting is held, so nobody else puts a session into the room meanwhile."""
    if session.day not in session.meeting.days:
        raise OutsideMeeting
    if session.room is None:
        return
    beside = session.meeting.sessions.filter(room=session.room, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    for other in beside.exclude(pk=session.pk).order_by("starts_at", "pk"):
        raise RoomTaken(str(other.title), other.clock)


def _put(session: Session, people: Iterable[Speaking], items: Iterable[AgendaItem]) -> None:
    """Makes the session's people and points exactly these."""
    session.people.all().delete()
    SessionPerson.objects.bulk_create(
        SessionPerson(
            session=session, position=position, part=one.part, person=one.person, name=one.name, post=one.post,
            publication=one.publication,
        )
        for position, one in enumerate(people, 1)
    )  # fmt: skip
    session.items.set(items)
