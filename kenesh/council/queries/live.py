"""What the screens of a meeting show while it is under way: for the beamer, the chair and each phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from kenesh import __version__
from kenesh.council import counting
from kenesh.council.models import (
    AgendaItem,
    Ballot,
    Election,
    LiveState,
    Meeting,
    PhoneSession,
    ProcedureMotion,
    Proposal,
    Speech,
)
from kenesh.council.queries import elections, seats
from kenesh.kernel import vault
from kenesh.people.models import Membership
from kenesh.problems.models import new_request_key

SHOWN_WAITING = 12  # of the list of speakers, on the beamer
SHOWN_RESULTS = 2  # of the point under discussion, newest first


def waiting(meeting_id: int, item_id: int | None) -> QuerySet[Speech]:
    """Who waits for the word under this point, in the order in which it is given: points of order first."""
    found = Speech.objects.filter(meeting=meeting_id, item=item_id, started_at=None, removed_at=None)
    return found.select_related("membership__person", "membership__organisation", "meeting").order_by("kind", "id")


def motions_waiting(meeting_id: int) -> QuerySet[ProcedureMotion]:
    """Motions of procedure that nobody has decided, the first put first, with `support`: how many support each."""
    found = ProcedureMotion.objects.filter(meeting=meeting_id, decided_at=None).annotate(support=Count("supporters"))
    return found.select_related("by_membership__person", "by_membership__organisation", "meeting").order_by("id")


@dataclass(frozen=True)
class Running:
    """An open ballot and how many have voted; how they voted, no screen says."""

    ballot: Ballot
    given: int
    entitled: int


class Room:
    """What the screens show. Each asks only for what stands on it, and for that once. `most`: so many of those who wait (None: all)."""

    def __init__(self, meeting: Meeting, *, most: int | None = SHOWN_WAITING) -> None:
        self.meeting, self._most = meeting, most

    @cached_property
    def state(self) -> LiveState:
        return LiveState.objects.filter(meeting=self.meeting).first() or LiveState(meeting=self.meeting, sequence=0)

    @cached_property
    def item(self) -> AgendaItem | None:
        called = self.meeting.current_item_id
        points = AgendaItem.objects.select_related("reporter", "reporting")
        return points.filter(pk=called).first() if called else None

    @cached_property
    def running(self) -> list[Running]:
        return _running(self.meeting)

    @cached_property
    def results(self) -> list[tuple[Ballot, counting.Result]]:
        return _results(self.meeting)

    @cached_property
    def elections(self) -> list[tuple[Election, list[str], str]]:
        """Each with who is elected, and why."""
        return _elections(self.meeting)

    @cached_property
    def speaking(self) -> Speech | None:
        now = Speech.objects.filter(meeting=self.meeting, started_at__isnull=False, ended_at=None)
        return now.select_related("membership__person", "membership__organisation").first()

    @property
    def seconds(self) -> int:
        """How long the speaker has spoken."""
        began = self.speaking.started_at if self.speaking else None
        return max(0, int((timezone.now() - began).total_seconds())) if began else 0

    @property
    def allowed_seconds(self) -> int:
        return self.speaking.minutes * 60 if self.speaking else 0

    @cached_property
    def _listed(self) -> list[Speech]:
        return list(waiting(self.meeting.pk, self.meeting.current_item_id))

    @property
    def waiting(self) -> list[Speech]:
        return self._listed if self._most is None else self._listed[: self._most]

    @property
    def more_waiting(self) -> int:
        return len(self._listed) - len(self.waiting)

    @cached_property
    def motions(self) -> list[ProcedureMotion]:
        return list(motions_waiting(self.meeting.pk))


def _ballots(meeting: Meeting) -> QuerySet[Ballot]:
    return Ballot.objects.filter(meeting=meeting).select_related("proposal", "election", "amendment__proposal", "meeting__body")


def _running(meeting: Meeting) -> list[Running]:
    counted = (
        _ballots(meeting)
        .filter(closed_at=None)
        .annotate(
            named=Count("votes", filter=Q(votes__is_member=True), distinct=True), sealed=Count("sealed_votes", distinct=True)
        )
    )
    running = list(counted.order_by("id"))
    entitled = len(seats.member_ids(meeting)) if running else 0
    return [Running(ballot, ballot.named + ballot.sealed, entitled) for ballot in running]


def _results(meeting: Meeting) -> list[tuple[Ballot, counting.Result]]:
    here = Q(proposal__item=meeting.current_item_id) | Q(amendment__proposal__item=meeting.current_item_id)
    closed = _ballots(meeting).filter(here, closed_at__isnull=False)
    return [(ballot, seats.summary_of(ballot)) for ballot in closed.order_by("-closed_at", "-id")[:SHOWN_RESULTS]]


def _elections(meeting: Meeting) -> list[tuple[Election, list[str], str]]:
    """Elections under the point with a round behind them, or decided without one."""
    done = (Election.Status.DECIDED, Election.Status.BETWEEN)
    found = elections.elections_at(meeting).filter(item=meeting.current_item_id, status__in=done)
    return [
        (course.election, [str(one) for one in course.elected], course.rounds[-1].why if course.rounds else "")
        for course in elections.courses(found)
    ]


# --- what is new -------------------------------------------------------------------------------------------------------


def tag_of_room(meeting: Meeting) -> str:
    """The ETag of the beamer's and the chair's page: grows with every vote that is given too."""
    state = LiveState.objects.filter(meeting=meeting).values_list("sequence", flat=True).first()
    given = (
        _ballots(meeting)
        .filter(closed_at=None)
        .aggregate(named=Count("votes", distinct=True), sealed=Count("sealed_votes", distinct=True))
    )
    return _tag(state, given["named"], given["sealed"], meeting.status, meeting.version, meeting.current_item_id)


def tag_of_phone(cookie_text: str) -> str | None:
    """The ETag of a phone's page, in one question to the database; None where the cookie opens nothing."""
    if len(cookie_text) != 64 or not all(c in "0123456789abcdef" for c in cookie_text):
        return None
    sessions = PhoneSession.objects.filter(
        cookie_id=vault.cookie_id(bytes.fromhex(cookie_text)), expires_at__gt=timezone.now(), link__revoked_at__isnull=True
    )
    meeting = "link__meeting__"
    found = sessions.values_list(
        "link_id", f"{meeting}live__sequence", f"{meeting}status", f"{meeting}version", f"{meeting}current_item__version"
    ).first()
    return _tag(*found) if found else None


def _tag(*parts: object) -> str:
    """Bound to the language, and to this release, whose pages may look different."""
    said = "/".join(map(str, (get_language(), __version__, *parts)))
    return f'"{blake2b(said.encode(), digest_size=12).hexdigest()}"'


# --- the phone and the chair --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MyWord:
    """A seat's own speech that waits: its place on the list, from 1."""

    speech: Speech
    place: int


def words_of(meeting: Meeting, seat_id: int) -> list[MyWord]:
    """What this seat has asked for under the point that is called."""
    mine = []
    for speech in waiting(meeting.pk, meeting.current_item_id).filter(membership=seat_id):
        before = Q(kind__lt=speech.kind) | Q(kind=speech.kind, pk__lt=speech.pk)
        mine.append(MyWord(speech, waiting(meeting.pk, meeting.current_item_id).filter(before).count() + 1))
    return mine


def spoken(meeting: Meeting) -> list[Speech]:
    """Who has spoken so far, in order."""
    found = Speech.objects.filter(meeting=meeting, ended_at__isnull=False)
    return list(
        found.select_related("meeting", "membership__person__organisation", "membership__organisation").order_by(
            "started_at", "id"
        )
    )


def motions_decided(meeting: Meeting) -> list[ProcedureMotion]:
    return list(ProcedureMotion.objects.filter(meeting=meeting, decided_at__isnull=False).order_by("decided_at", "id"))


@dataclass(frozen=True)
class Desk:
    """What the chair needs beside the room: the agenda, proposals that can be voted on, who may be put on the list."""

    items: list[AgendaItem]
    following: AgendaItem | None
    open_proposals: list[tuple[Proposal, str]]  # each with the key of the form that puts it to the vote
    seats: list[Membership]
    spoken: list[Speech]


def desk(meeting: Meeting) -> Desk:
    items = list(meeting.items.order_by("position"))
    at = next((item.position for item in items if item.pk == meeting.current_item_id), 0)
    open_ones = Proposal.objects.filter(item__meeting=meeting, item=meeting.current_item_id, status=Proposal.Status.OPEN)
    voted_on = Ballot.objects.filter(closed_at=None)
    voted = Ballot.objects.filter(Q(closed_at=None) | seats.CARRIED)
    without = open_ones.exclude(ballots__in=voted).exclude(amendments__ballots__in=voted_on).order_by("id")
    return Desk(
        items=items,
        following=next((item for item in items if item.position > at), None),
        open_proposals=[(proposal, new_request_key()) for proposal in without],
        seats=seats.sitting(meeting),
        spoken=spoken(meeting),
    )


def speech_of(meeting: Meeting, pk: str) -> Speech | None:
    return (
        Speech.objects.select_related("meeting").filter(meeting=meeting, pk=pk).first()
        if pk.isdecimal() and len(pk) < 18
        else None
    )


def motion_of(meeting: Meeting, pk: str) -> ProcedureMotion | None:
    found = ProcedureMotion.objects.select_related("meeting__body").filter(meeting=meeting, pk=pk)
    return found.first() if pk.isdecimal() and len(pk) < 18 else None
