"""Votes that members gave to others for one meeting."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenesh.council.models import Meeting, Proxy, Vote
from kenesh.people.models import Membership


def _live(meeting_id: int) -> QuerySet[Proxy]:
    return Proxy.objects.filter(meeting=meeting_id, revoked_at=None)


def given(meeting_id: int) -> list[tuple[int, int]]:
    """Who gave the vote, and who holds it: ids of seats."""
    return list(_live(meeting_id).values_list("giver_id", "holder_id"))


def of_meeting(meeting: Meeting) -> list[Proxy]:
    """The papers that hold, oldest first."""
    people = ("giver__person", "giver__organisation", "holder__person", "holder__organisation")
    return list(_live(meeting.pk).select_related(*people).order_by("id"))


def papers_of(meeting: Meeting) -> list[Proxy]:
    """The papers that held, oldest first: those that hold now, and those taken back after a vote was given with them."""
    voted = Vote.objects.filter(ballot__meeting=OuterRef("meeting"), membership=OuterRef("giver"), cast_by=OuterRef("holder"))
    people = ("giver__person__organisation", "giver__organisation", "holder__person__organisation", "holder__organisation")
    held = Proxy.objects.filter(Exists(voted) | Q(revoked_at=None), meeting=meeting)
    return list(held.select_related(*people).order_by("id"))


def holder_among(meeting_id: int, giver: Membership, seats: Iterable[Membership]) -> Membership | None:
    """Which of these seats holds the giver's vote."""
    proxy = _live(meeting_id).filter(giver=giver, holder__in=[seat.pk for seat in seats]).select_related("holder").first()
    return proxy.holder if proxy else None


def given_to(meeting_id: int, *, holder: Membership, giver: int) -> Membership | None:
    """The seat with this id, if it gave its vote to this holder."""
    paper = _live(meeting_id).select_related("giver").filter(holder=holder, giver=giver).first()
    return paper.giver if paper else None


def held_by_any(meeting_id: int, holders: Iterable[Membership]) -> list[Membership]:
    """The seats whose votes these hold."""
    held = _live(meeting_id).filter(holder__in=[seat.pk for seat in holders])
    return [row.giver for row in held.select_related("giver__person", "giver__organisation").order_by("id")]


def held_by(meeting_id: int, holder_id: int) -> list[Membership]:
    """The seats whose vote this one holds."""
    rows = _live(meeting_id).filter(holder=holder_id).select_related("giver__person", "giver__organisation").order_by("id")
    return [row.giver for row in rows]
