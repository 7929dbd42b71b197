"""Published meetings as events of Popolo."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kenesh.council.api.members import Link
from kenesh.council.models import AgendaItem, Meeting
from kenesh.council.queries import meetings as queries
from kenesh.council.queries.minutes import minutes_of
from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, Asked, Code, Page, Paging, answers, here, on_page, page, part
from kenesh.people.queries import body_for_public

router = Router(tags=["Popolo"])


class Point(Schema):
    """A point of the agenda, with the codes of its problems and documents."""

    position: int
    title: dict[str, str] = Field(description="Language code → text.")
    problems: list[str]
    documents: list[str]


class Event(Schema):
    """A published meeting of a body (Popolo event)."""

    id: str
    uri: str
    name: str
    names: dict[str, str] = Field(description="Language code → title.")
    start_date: str = Field(
        description="With the offset of the room's clock; the day alone where nobody knows the hour.",
        examples=["2026-05-15T10:00:00+06:00", "2015-04-13"],
    )
    end_date: str | None
    time_zone: str = Field(examples=["Asia/Bishkek"])
    location: str | None
    locations: dict[str, str] = Field(description="Language code → place.")
    area_id: str | None = Field(description="ISO 3166-1 alpha-2.")
    status: str = Field(description="`cancelled`: it was called off.", examples=["planned", "open", "closed", "cancelled"])
    classification: str = Field(examples=["meeting"])
    mode: str = Field(examples=["in_person", "online", "hybrid"])
    number: str = Field(description="As the body counts its meetings.")
    organization_id: str = Field(description="Code of the body.")
    parent_id: str | None = Field(description="Code of the meeting inside which it is held.")
    agenda: list[Point]
    decisions: list[str] = Field(description="Codes of its published decisions.")
    links: list[Link]
    sources: list[Link] = Field(description="Its published minutes.")


class EventPaging(Paging):
    """What the list of meetings takes."""

    organization: str = Field("", pattern=f"{CODE}|^$", description="Code of a body: its meetings alone.")


@router.get("/events", response=answers(Page[Event]), summary="Published meetings")
@public("lists published meetings only, without their links for joining")
def events(request: HttpRequest, asked: Query[EventPaging]) -> dict[str, Any]:
    """Published meetings with their agendas, entered last first."""
    body = body_for_public(asked.organization) if asked.organization else None
    rows, after = part(queries.public_agendas(body), asked)
    return page(request, [_event(request, row) for row in rows], after)


@router.get("/events/{code}", response=answers(Event), summary="One meeting")
@public("shows a published meeting: never its link for joining, and of decisions only the published ones")
def event(request: HttpRequest, code: Code, asked: Query[Asked]) -> Event:
    """One published meeting with its agenda."""
    return _event(request, queries.meeting_with_agenda(code))


def _event(request: HttpRequest, meeting: Meeting) -> Event:
    host, minutes = meeting.host_meeting, minutes_of(meeting)
    links = [Link(url=on_page(request, "council:meeting", meeting.code), note="page")]
    links.append(Link(url=on_page(request, "council:calendar", meeting.code), note="iCalendar"))
    sources = []
    if minutes is not None and minutes.is_public:
        sources.append(Link(url=on_page(request, "council:minutes", meeting.code), note="minutes"))
        sources.append(Link(url=on_page(request, "council:minutes_xml", meeting.code), note="Akoma Ntoso"))
    return Event(
        id=meeting.code,
        uri=here(request, "event", meeting.code),
        name=str(meeting.title),
        names=dict(meeting.title),
        start_date=meeting.iso_start,
        end_date=meeting.iso_end,
        time_zone=meeting.time_zone,
        location=str(meeting.place) or None,
        locations=dict(meeting.place),
        area_id=meeting.country or None,
        status="cancelled" if meeting.called_off_at else meeting.status,
        classification="meeting",
        mode=meeting.mode,
        number=meeting.number,
        organization_id=meeting.body.code,
        parent_id=host.code if host and host.is_public else None,
        agenda=[_point(item) for item in meeting.items.all()],
        decisions=[decision.code for decision in meeting.decisions.all()],
        links=links,
        sources=sources,
    )


def _point(item: AgendaItem) -> Point:
    return Point(
        position=item.position,
        title=dict(item.title),
        problems=[problem.code for problem in item.problems.all()],
        documents=[document.code for paper in item.papers for document in paper.listed],
    )
