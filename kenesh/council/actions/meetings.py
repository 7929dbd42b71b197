"""Planning a meeting, its course, and whether everybody may see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kenesh.council.actions.refusals import (
    AtVenue,
    BallotsOpen,
    CalledOff,
    FoundedAlready,
    HeldAlready,
    HostOfItself,
    MinutesApproved,
    NoQuorum,
    SavedByAnother,
)
from kenesh.council.actions.writing import check_not_in_writing
from kenesh.council.models import Ballot, Meeting, Minutes, Session, Speech
from kenesh.council.queries import quorum as quorums
from kenesh.council.signals import meeting_changed, meeting_closed
from kenesh.kernel import trail
from kenesh.people.models import Body, Person, User
from kenesh.problems.models import new_request_key
from kenesh.search.actions import keep


class MeetingFields(TypedDict, total=False):
    """What may be said about a meeting; what is left out keeps its value."""

    host_meeting: Meeting | None
    number: str
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime | None
    hour_known: bool
    time_zone: str
    place: dict[str, str]
    country: str
    link: str
    mode: str
    chair: Person | None
    secretary: Person | None
    is_founding: bool


# What those who are invited must hear of when it changes.
_TOLD = ("title", "starts_at", "ends_at", "hour_known", "time_zone", "place", "link", "mode")


def check_changeable(meeting: Meeting) -> None:
    """Holds the meeting until the transaction ends, so that no approval slips in between.

    Raises MinutesApproved: what stands in approved minutes is changed by reopening them only. Raises AtVenue.
    """
    check_here(Meeting.objects.select_for_update().get(pk=meeting.pk))
    if Minutes.objects.filter(meeting=meeting, status=Minutes.Status.APPROVED).exists():
        raise MinutesApproved


def check_here(meeting: Meeting) -> None:
    """Raises AtVenue while the meeting runs on a laptop elsewhere."""
    if meeting.away_since is not None:
        raise AtVenue


def check_quorum(meeting: Meeting) -> None:
    """Raises NoQuorum where the body's own rules ask for more than are there."""
    state = quorums.quorum(meeting)
    if state is not None and not state.reached:
        raise NoQuorum(state.why)


def plan_meeting(*, body: Body, by: User, request_key: str = "", **fields: Unpack[MeetingFields]) -> Meeting:
    """Plans a meeting; the same request key gives the same meeting. ZoneInfoNotFoundError for an unknown zone; FoundedAlready."""
    ZoneInfo(fields.get("time_zone", "UTC"))
    with transaction.atomic():
        if fields.get("is_founding") and not Meeting.objects.filter(request_key=request_key).exists():
            _check_founds(body, None)
        meeting, is_new = Meeting.objects.get_or_create(
            request_key=request_key or new_request_key(), defaults={"body": body, **fields}
        )
        if is_new:
            meeting.refresh_from_db()  # texts and times as they are stored
            trail.record(verb="plan_meeting", target=f"meeting:{meeting.code}", by=by)
    return meeting


def _check_founds(body: Body, meeting: Meeting | None) -> None:
    """A body is founded once: holds it until the transaction ends. Raises FoundedAlready."""
    Body.objects.select_for_update().get(pk=body.pk)
    other = Meeting.objects.filter(body=body, is_founding=True).first()
    if other is not None and other != meeting:
        raise FoundedAlready(other)


def enter_held_meeting(*, body: Body, by: User, **fields: Unpack[MeetingFields]) -> Meeting:
    """A meeting that a document tells of: it is over, and internal until its secretary publishes it."""
    with transaction.atomic():
        meeting = Meeting.objects.create(body=body, status=Meeting.Status.CLOSED, **fields)
        meeting.refresh_from_db()  # texts and times as they are stored
        trail.record(verb="enter_held_meeting", target=f"meeting:{meeting.code}", by=by)
    return meeting


def remove_meeting(*, meeting: Meeting, by: User) -> None:
    """Takes back one that was entered by mistake and that nothing belongs to. Raises ProtectedError for another."""
    with transaction.atomic():
        meeting.delete()
        trail.record(verb="remove_meeting", target=f"meeting:{meeting.code}", by=by)


def edit_meeting(*, meeting: Meeting, version: int, by: User, **fields: Unpack[MeetingFields]) -> Meeting:
    """Saves the fields if the meeting is still at `version`. Raises SavedByAnother, MinutesApproved, HostOfItself,
    FoundedAlready."""
    ZoneInfo(fields.get("time_zone", "UTC"))
    if (host := fields.get("host_meeting")) is not None and host.pk == meeting.pk:
        raise HostOfItself
    with transaction.atomic():
        check_changeable(meeting)
        if fields.get("is_founding"):
            _check_founds(meeting.body, meeting)
        changed = Meeting.objects.filter(pk=meeting.pk, version=version).update(version=F("version") + 1, **fields)
        if not changed:
            raise SavedByAnother(Meeting.objects.get(pk=meeting.pk))
        keep("meeting", [meeting.code])
        now = Meeting.objects.get(pk=meeting.pk)
        _move_sessions(meeting, now)
        trail.record(verb="edit_meeting", target=f"meeting:{meeting.code}", by=by)
        if any(getattr(now, name) != getattr(meeting, name) for name in _TOLD):
            note_change(now)
            meeting_changed.send(sender=Meeting, meeting=now, by=by)
    return now


def note_change(meeting: Meeting) -> None:
    """Letters that went out before are out of date. Within the caller's transaction."""
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=timezone.now())


def _move_sessions(before: Meeting, now: Meeting) -> None:
    """The meeting went to another day or to the clock of another zone, and its programme goes with it, at the same hours on the wall."""
    days, read, write = (now.day - before.day).days, ZoneInfo(before.time_zone), ZoneInfo(now.time_zone)
    for session in now.sessions.order_by("pk") if days or read != write else ():
        moved = (on_other_day(moment, days, read) for moment in (session.starts_at, session.ends_at))
        starts, ends = (moment.replace(tzinfo=write) for moment in moved)
        Session.objects.filter(pk=session.pk).update(starts_at=starts, ends_at=ends, version=F("version") + 1)


def on_other_day(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same hour on the wall so many days later."""
    return moment.astimezone(zone) + timedelta(days=days)


def call_off(*, meeting: Meeting, by: User) -> None:
    """The meeting will not be held: pages and calendars say so. Raises HeldAlready."""
    with transaction.atomic():
        waiting = Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.PLANNED, called_off_at__isnull=True)
        if waiting.update(called_off_at=timezone.now(), version=F("version") + 1):
            note_change(meeting)
            trail.record(verb="call_off", target=f"meeting:{meeting.code}", by=by)
            keep("meeting", [meeting.code])
            meeting_changed.send(sender=Meeting, meeting=meeting, by=by)
        elif Meeting.objects.get(pk=meeting.pk).status != Meeting.Status.PLANNED:
            raise HeldAlready


def call_again(*, meeting: Meeting, by: User) -> None:
    """The meeting is held after all."""
    with transaction.atomic():
        called_off = Meeting.objects.filter(pk=meeting.pk, called_off_at__isnull=False)
        if called_off.update(called_off_at=None, version=F("version") + 1):
            note_change(meeting)
            trail.record(verb="call_again", target=f"meeting:{meeting.code}", by=by)
            keep("meeting", [meeting.code])
            meeting_changed.send(sender=Meeting, meeting=meeting, by=by)


def open_meeting(*, meeting: Meeting, by: User) -> None:
    """The meeting begins, or goes on after it was closed too early. Raises MinutesApproved, CalledOff."""
    with transaction.atomic():
        check_changeable(meeting)
        if Meeting.objects.get(pk=meeting.pk).called_off_at is not None:
            raise CalledOff
        _set_status(meeting, Meeting.Status.OPEN)
        trail.record(verb="open_meeting", target=f"meeting:{meeting.code}", by=by)


def close_meeting(*, meeting: Meeting, by: User) -> None:
    """The meeting ends, and with it the words of whoever speaks. Raises BallotsOpen while somebody may still vote,
    DecidedInWriting."""
    with transaction.atomic():
        # No ballot opens while this looks for open ones.
        check_here(Meeting.objects.select_for_update().get(pk=meeting.pk))
        if Ballot.objects.filter(meeting=meeting, closed_at__isnull=True).exists():
            raise BallotsOpen
        check_not_in_writing(meeting.pk)
        end_words(meeting.pk)
        _set_status(meeting, Meeting.Status.CLOSED)
        meeting_closed.send(sender=Meeting, meeting=meeting, by=by)
        trail.record(verb="close_meeting", target=f"meeting:{meeting.code}", by=by)


def end_words(meeting_id: int) -> bool:
    """Whoever has the word has spoken; gives whether somebody had. Within the caller's transaction."""
    speaking = Speech.objects.filter(meeting=meeting_id, started_at__isnull=False, ended_at=None)
    return bool(speaking.update(ended_at=timezone.now()))


def _set_status(meeting: Meeting, status: Meeting.Status) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(status=status)
    meeting.status = status


def publish_meeting(*, meeting: Meeting, public: bool = True, by: User) -> None:
    """Shows the meeting to everybody, or hides it again: agenda, host and place; never the link."""
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(is_public=public)
        meeting.is_public = public
        keep("meeting", [meeting.code])
        verb = "publish_meeting" if public else "hide_meeting"
        trail.record(verb=verb, target=f"meeting:{meeting.code}", by=by)
