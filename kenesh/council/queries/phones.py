"""What a phone shows: whose it is, the point under discussion, the votes that are open and how they ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.http import Http404
from django.utils import timezone

from kenesh.council import counting
from kenesh.council.models import (
    AgendaItem,
    Ballot,
    Meeting,
    PhoneLink,
    PhoneSession,
    Position,
    ProcedureMotion,
    Proposal,
    SealedVote,
    Speech,
    Vote,
    WrittenProcedure,
)
from kenesh.council.queries import elections, live, proxies, seats
from kenesh.council.queries.meetings import papers_with_documents
from kenesh.kernel import reading, vault
from kenesh.people.models import Membership

_OF_LINK = ("meeting", "membership__person", "membership__organisation")
SHOWN = 5  # closed votes on a phone, newest first


def languages_of_seats(meeting: Meeting) -> dict[int, str]:
    """By membership id the language in which each invited seat is written to."""
    return dict(meeting.invitations.filter(membership__isnull=False).values_list("membership_id", "language"))


def live_link(token: str) -> PhoneLink | None:
    """The link of this token; None alike for one that never was, has expired or was revoked."""
    return (
        PhoneLink.objects.select_related(*_OF_LINK)
        .filter(
            token_hash=vault.link_hash(settings.SECRETS.pepper, token), revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
        .first()
    )


def link_of(cookie_text: str) -> PhoneLink | None:
    """The link whose session this cookie (64 hexadecimal digits) is; None when it or the link has ended."""
    if not _is_cookie(cookie_text):
        return None
    sessions = PhoneSession.objects.select_related(*(f"link__{path}" for path in _OF_LINK)).filter(
        cookie_id=vault.cookie_id(bytes.fromhex(cookie_text)), expires_at__gt=timezone.now(), link__revoked_at__isnull=True
    )
    session = sessions.first()
    return session.link if session else None


def voting_link_of(cookie_text: str) -> PhoneLink | None:
    """The same for a vote, with SQL that is put together once: that costs more than the questions themselves."""
    if not _is_cookie(cookie_text):
        return None
    for session in reading.rows_with(PhoneSession, cookie_id=vault.cookie_id(bytes.fromhex(cookie_text))):
        if session.expires_at <= timezone.now():
            return None
        link = reading.rows_with(PhoneLink, id=session.link_id)[0]
        if link.revoked_at is None:
            link.membership = reading.rows_with(Membership, id=link.membership_id)[0]
            return link
    return None


def _is_cookie(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)


@dataclass(frozen=True)
class OpenVote:
    """A ballot that is open, with what this seat gave so far."""

    ballot: Ballot
    vote: Vote | None
    sealed: SealedVote | None
    giver: Membership | None = None  # whose vote this seat holds, when it is not its own

    @classmethod
    def of_seat(cls, ballot: Ballot, seat: int, giver: Membership | None = None) -> OpenVote:
        """What this seat gave so far."""
        if ballot.is_secret:
            return cls(ballot, None, SealedVote.objects.filter(ballot=ballot, membership=seat).first(), giver)
        return cls(ballot, Vote.objects.filter(ballot=ballot, membership=seat).first(), None, giver)

    @property
    def names(self) -> list[str]:
        """Whom a named vote in an election chose."""
        if self.vote is None or self.ballot.election_id is None:
            return []
        known = {str(one.pk): str(one) for one in elections.options_of_ballot(self.ballot)}
        return [known[option] for option in elections.options_of(self.vote.choice) if option in known]

    @property
    def times(self) -> int:
        given = self.sealed or self.vote
        return given.times if given else 0


@dataclass(frozen=True)
class Screen:
    """All of a phone's page."""

    seat_id: int
    item: AgendaItem | None
    open_votes: list[OpenVote]
    watches: bool  # a vote is open or consensus is sought, and this seat is an observer's
    closed: list[tuple[Ballot, counting.Result]]
    counted: list[Ballot]  # other closed secret ones, also rounds of an election, newest first: their votes are found by number
    room: live.Room
    mine: list[live.MyWord]
    motions: list[tuple[ProcedureMotion, bool]]  # and whether this seat may still support it

    silence: WrittenProcedure | None = None  # that this seat may still end
    sought: list[tuple[Proposal, Position | None]] = field(default_factory=list)  # consensus on it, with what this seat said

    @property
    def waits(self) -> bool:
        """Whether this seat has asked for the word."""
        return any(word.speech.kind == Speech.Kind.SPEECH for word in self.mine)

    @property
    def speaks(self) -> bool:
        return self.room.speaking is not None and self.room.speaking.membership_id == self.seat_id


def screen(link: PhoneLink) -> Screen:
    """What this phone shows now."""
    meeting = Meeting.objects.select_related("body", "current_item").get(pk=link.meeting_id)
    ballots = Ballot.objects.filter(meeting=meeting).select_related(
        "proposal__item", "election__item", "amendment__proposal__item", "meeting__body"
    )
    running = _open_votes(link, list(ballots.filter(closed_at__isnull=True).order_by("id")))
    over = ballots.filter(closed_at__isnull=False).order_by("-closed_at", "-id")
    ended = list(over.filter(counted_for__isnull=False)[:SHOWN])
    counted = [ballot for ballot in over.filter(key_uid__isnull=False) if ballot not in ended]
    item = meeting.current_item or (running[0].ballot.item if running else None)
    if item is not None:
        prefetch_related_objects([item], papers_with_documents())
    room = live.Room(meeting)
    silence = WrittenProcedure.objects.filter(meeting=meeting, kind="silence", closed_at=None)
    silent = silence.select_related("proposal", "meeting").first()
    sought = [] if silent else proposals_sought(meeting, link.membership_id)
    watches = bool(running or sought) and not seats.is_member(meeting, link.membership_id)
    return Screen(
        link.membership_id, item, running, watches, [(ballot, seats.summary_of(ballot)) for ballot in ended], counted, room,
        live.words_of(meeting, link.membership_id), _supportable(room, link.membership_id),
        silent if silent and not silent.held_at else None, sought,
    )  # fmt: skip


def proposals_sought(meeting: Meeting, seat_id: int) -> list[tuple[Proposal, Position | None]]:
    """Open proposals of the point under discussion that no vote decides or has carried, each with what this seat said to its text."""
    if meeting.status != Meeting.Status.OPEN or meeting.current_item_id is None:
        return []
    by_vote = Ballot.objects.filter(Q(closed_at=None) | seats.CARRIED)
    here = Proposal.objects.filter(item=meeting.current_item_id, status=Proposal.Status.OPEN).exclude(ballots__in=by_vote)
    found = list(here.select_related("item").order_by("id"))
    said = {one.proposal_id: one for one in Position.objects.filter(proposal__in=found, membership=seat_id)}
    return [(proposal, said.get(proposal.pk)) for proposal in found]


def _supportable(room: live.Room, seat_id: int) -> list[tuple[ProcedureMotion, bool]]:
    pks = [motion.pk for motion in room.motions]
    mine = set(ProcedureMotion.objects.filter(pk__in=pks, supporters=seat_id).values_list("pk", flat=True)) if pks else set()
    return [(motion, motion.pk not in mine and motion.by_membership_id != seat_id) for motion in room.motions]


def _open_votes(link: PhoneLink, ballots: list[Ballot]) -> list[OpenVote]:
    """What this seat gave in each of these, for itself and for those whose votes it holds."""
    if not ballots:
        return []
    held = proxies.held_by(link.meeting_id, link.membership_id)
    mine = {"ballot__in": ballots, "membership__in": [link.membership_id, *(giver.pk for giver in held)]}
    named = {(vote.ballot_id, vote.membership_id): vote for vote in Vote.objects.filter(**mine)}
    sealed = {(vote.ballot_id, vote.membership_id): vote for vote in SealedVote.objects.filter(**mine)}
    found = []
    for ballot in ballots:
        for giver in [None] if ballot.on_paper else [None, *held]:
            given = (ballot.pk, giver.pk if giver is not None else link.membership_id)
            found.append(OpenVote(ballot, named.get(given), sealed.get(given), giver))
    return found


def open_vote(link: PhoneLink, ballot: Ballot, giver: Membership | None = None) -> OpenVote:
    """The ballot as this seat sees it, for itself or for one whose vote it holds."""
    return OpenVote.of_seat(ballot, giver.pk if giver is not None else link.membership_id, giver)


def giver_of(link: PhoneLink, asked: str) -> Membership | None:
    """The seat whose vote this one holds, by what an address or a form says. Raises Http404 for one that gave it none."""
    if not asked:
        return None
    held = proxies.held_by(link.meeting_id, link.membership_id)
    giver = next((seat for seat in held if str(seat.pk) == asked), None)
    if giver is None:
        raise Http404
    return giver


def ballot_of(link: PhoneLink, pk: int) -> Ballot:
    """A ballot of the link's meeting, open or closed. Raises Http404."""
    found = Ballot.objects.select_related("proposal", "election", "amendment__proposal", "meeting__body")
    ballot = found.filter(meeting=link.meeting_id, pk=pk).first()
    if ballot is None:
        raise Http404
    return ballot


def seats_with_links(meeting: Meeting) -> set[int]:
    """Seats whose link opens something now."""
    live = meeting.phone_links.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
    return set(live.values_list("membership_id", flat=True))
