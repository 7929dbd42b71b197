"""The course of a meeting as secretary and members follow it: each point with its proposals and what may be done."""

from __future__ import annotations

from dataclasses import dataclass, field

from kenesh.council import counting
from kenesh.council.models import AgendaItem, Ballot, Decision, Election, Meeting, Position, Proposal, SealedVote, Vote
from kenesh.council.queries import proxies, seats
from kenesh.council.queries.meetings import agenda_of
from kenesh.council.references import Referred, referred
from kenesh.people.models import Membership
from kenesh.problems.models import new_request_key


@dataclass(frozen=True)
class OwnSeat:
    """A seat of this account, with what it has said to a proposal so far."""

    seat: Membership
    position: Position | None
    vote: Vote | None
    sealed: SealedVote | None = None
    held: bool = False  # another seat, which gave its vote to one of the account's

    @property
    def times(self) -> int:
        """How often it voted in the open ballot: its form sends it back, so that a late one is noticed."""
        given = self.sealed or self.vote
        return given.times if given else 0


@dataclass(frozen=True)
class Motion:
    """A proposal in the course of the meeting. Votes of an open ballot are shown as a number, its result when it closes."""

    proposal: Proposal
    agreement: counting.Agreement
    open_ballot: Ballot | None
    closed: list[tuple[Ballot, counting.Result]]
    own: list[OwnSeat]
    is_own: bool
    decision: Decision | None
    given: int  # votes in the open ballot so far
    voting: list[OwnSeat] = field(default_factory=list)  # seats for which the account may vote in it
    key: str = field(default_factory=new_request_key)  # of the form that opens a ballot

    @property
    def carried(self) -> Ballot | None:
        """The ballot that adopted it, while the decision is not yet written."""
        standing = (ballot for ballot, result in self.closed if result.adopted and ballot.standing != Ballot.Standing.ANNULLED)
        return next(standing, None)


@dataclass(frozen=True)
class Step:
    item: AgendaItem
    motions: list[Motion]
    elections: list[Election]
    refers: list[Referred]


def course_of(meeting: Meeting, own: list[Membership]) -> list[Step]:
    """Points in order, each with its proposals; `own`: the seats of who looks."""
    items, held = agenda_of(meeting), proxies.held_by_any(meeting.pk, own) if own else []
    refers = referred(items, meeting=meeting)
    return [
        Step(
            item, [_motion(proposal, own, held) for proposal in item.proposals.all()], list(item.elections.all()),
            refers.get(item.pk, []),
        )
        for item in items
    ]  # fmt: skip


def _motion(proposal: Proposal, own: list[Membership], held: list[Membership]) -> Motion:
    ballots = list(proposal.ballots.all())
    running = next((ballot for ballot in ballots if ballot.is_open), None)
    positions = {position.membership_id: position for position in proposal.positions.all()}
    votes = {vote.membership_id: vote for vote in running.votes.all()} if running else {}
    sealed = {vote.membership_id: vote for vote in running.sealed_votes.all()} if running else {}

    def seen(seat: Membership, *, held: bool = False) -> OwnSeat:
        return OwnSeat(seat, positions.get(seat.pk), votes.get(seat.pk), sealed.get(seat.pk), held)

    mine = [seen(seat) for seat in own]
    return Motion(
        proposal=proposal,
        agreement=counting.consensus(
            (counting.Stance(one.stance), one.is_member) for one in positions.values() if one.version == proposal.version
        ),
        open_ballot=running,
        closed=[(ballot, seats.result_of(ballot)) for ballot in ballots if not ballot.is_open],
        own=mine,
        voting=[*mine, *(seen(seat, held=True) for seat in held)],
        given=len(votes) + len(sealed),
        is_own=any(
            (seat.person_id, seat.organisation_id) == (proposal.by_person_id, proposal.by_organisation_id) for seat in own
        ),
        decision=getattr(proposal, "decision", None),
    )
