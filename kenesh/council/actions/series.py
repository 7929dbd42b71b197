"""Series: the next meeting of a body is planned like the last one, and counted on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from kenesh.council.actions.agenda import add_item
from kenesh.council.actions.meetings import on_other_day, plan_meeting
from kenesh.council.actions.programme import add_room, add_session
from kenesh.council.models import AgendaItem, Meeting
from kenesh.kernel import trail
from kenesh.people.models import User


def counted_on(number: str, year: int) -> str:
    """The number after this one, as bodies write it: "3" → "4"; "2026/2" → "2026/3", in another year "2027/1"; "" where none can
    be told."""
    by_year = re.fullmatch(r"(\d{4})([/–-])(\d+)", number)
    if by_year:
        old, sign, last = by_year.groups()
        return f"{year}{sign}{int(last) + 1 if int(old) == year else 1}"
    counted = re.fullmatch(r"(.*?)(\d+)(\D*)", number)
    return f"{counted[1]}{int(counted[2]) + 1}{counted[3]}" if counted else ""


def titled_on(title: dict[str, str], old: str, new: str) -> dict[str, str]:
    """The title of the next meeting: where the old number stands in it by itself, the new one stands."""
    if not old or not new:
        return dict(title)
    alone = re.compile(rf"(?<![\d/]){re.escape(old)}(?![\d/])")
    return {language: alone.sub(new, words) for language, words in title.items()}


@transaction.atomic
def plan_next_like(
    *,
    meeting: Meeting,
    number: str,
    title: dict[str, str],
    starts_at: datetime,
    items: Iterable[AgendaItem],
    by: User,
    request_key: str = "",
) -> Meeting:
    """Plans the next meeting of the series: mode, place, length, officers, rooms, the frame of the programme, and those points of the
    agenda that are given, without what was said or laid before the meeting under them. The same request key gives the same meeting."""
    if request_key and (known := Meeting.objects.filter(request_key=request_key).first()) is not None:
        return known
    following = plan_meeting(
        body=meeting.body, by=by, request_key=request_key, number=number, title=title, starts_at=starts_at,
        ends_at=starts_at + (meeting.ends_at - meeting.starts_at) if meeting.ends_at else None,
        time_zone=meeting.time_zone, place=meeting.place, country=meeting.country, link=meeting.link, mode=meeting.mode,
        chair=meeting.chair, secretary=meeting.secretary, hour_known=meeting.hour_known,
    )  # fmt: skip
    Meeting.objects.filter(pk=following.pk).update(follows=meeting)
    points = {item.pk: add_item(meeting=following, by=by, title=item.title) for item in items}
    _copy_programme(meeting, following, points, by)
    trail.record(verb="plan_next_like", target=f"meeting:{meeting.code}", by=by)
    return following


def _copy_programme(old: Meeting, new: Meeting, points: dict[int, AgendaItem], by: User) -> None:
    rooms = {
        room.pk: add_room(meeting=new, by=by, name=room.name, link=room.link, dial_in=room.dial_in)
        for room in old.rooms.order_by("pk")
    }
    zone, days = ZoneInfo(new.time_zone), (new.day - old.day).days
    for session in old.sessions.order_by("starts_at", "pk").prefetch_related("items"):
        if (starts := on_other_day(session.starts_at, days, zone)).date() not in new.days:
            continue
        add_session(
            meeting=new, by=by, kind=session.kind, title=session.title, starts_at=starts,
            ends_at=on_other_day(session.ends_at, days, zone), room=rooms.get(session.room_id) if session.room_id else None,
            items=[points[item.pk] for item in session.items.all() if item.pk in points],
        )  # fmt: skip
