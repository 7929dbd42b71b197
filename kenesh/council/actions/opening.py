"""Opening a ballot on a proposal or on an amendment: what stands in the way, and the key of a secret one."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from kenesh.council import box, counting
from kenesh.council.actions.amendments import AmendmentCarried, carried, check_text_open, held
from kenesh.council.actions.meetings import check_quorum
from kenesh.council.actions.proposals import check_no_amendment_waits, check_nothing_voted, check_open, locked
from kenesh.council.actions.refusals import SecretByStates, SecretByWeights, VotedFor
from kenesh.council.actions.screens import touch
from kenesh.council.actions.writing import check_not_in_writing
from kenesh.council.models import Amendment, Ballot, BallotRule, LiveState, Proposal, Quorum
from kenesh.council.queries import seats
from kenesh.kernel import trail
from kenesh.people.models import User
from kenesh.problems.models import new_request_key


def open_ballot(
    *,
    proposal: Proposal,
    by: User,
    rule: str = BallotRule.SIMPLE_MAJORITY,
    quorum: str = Quorum.HALF,
    is_secret: bool = False,
    by_states: bool = False,
    is_weighted: bool = False,
    on_paper: bool = False,
    closes_at: datetime | None = None,
    request_key: str = "",
) -> Ballot:
    """Opens a vote, or gives the one that is open. `closes_at`: of a vote in writing, where nobody is in a room: whether enough took
    part is seen when it closes. Raises ProposalSettled, MeetingNotOpen, SecretByStates, SecretByWeights,
    NoQuorum where the rules of the body ask for more than are there, BallotsOpen while an amendment to it is voted on,
    AmendmentWaits, VotedFor when a vote has adopted it already, DecidedInWriting."""
    check_kind(is_secret=is_secret, on_paper=on_paper, by_states=by_states, is_weighted=is_weighted)
    with transaction.atomic():
        now = locked(proposal)
        check_open(now.item.meeting)
        check_not_in_writing(now.item.meeting_id)
        repeated = Ballot.objects.filter(request_key=request_key).first() if request_key else None
        running = repeated or now.ballots.filter(closed_at__isnull=True).first()
        if running is not None:
            return running
        check_nothing_voted(now)
        check_no_amendment_waits(now)
        if now.ballots.filter(seats.CARRIED).exists():
            raise VotedFor
        if closes_at is None:
            check_quorum(now.item.meeting)
        ballot = Ballot(
            meeting=now.item.meeting,
            proposal=now,
            rule=counting.Rule(rule).value,
            quorum=Quorum(quorum).value,
            by_states=by_states,
            is_weighted=is_weighted,
            on_paper=on_paper,
            closes_at=closes_at,
            request_key=request_key or new_request_key(),
        )
        save_open(ballot, is_secret=is_secret)
        trail.record(verb="open_ballot", target=f"proposal:{now.code}", by=by)
    return ballot


def open_amendment_ballot(
    *,
    amendment: Amendment,
    by: User,
    rule: str = BallotRule.SIMPLE_MAJORITY,
    quorum: str = Quorum.HALF,
    is_secret: bool = False,
    by_states: bool = False,
    is_weighted: bool = False,
    on_paper: bool = False,
    request_key: str = "",
) -> Ballot:
    """Puts an amendment to the vote, or gives the vote that is open. One at a time: each is marked on the text as it reads then.

    Raises AmendmentSettled, AmendmentCarried, ProposalSettled, MeetingNotOpen, BallotsOpen, TextVoted, NoQuorum, SecretByStates,
    SecretByWeights, DecidedInWriting.
    """
    check_kind(is_secret=is_secret, on_paper=on_paper, by_states=by_states, is_weighted=is_weighted)
    with transaction.atomic():
        now, proposal = held(amendment)
        meeting = proposal.item.meeting
        check_open(meeting)
        repeated = Ballot.objects.filter(request_key=request_key).first() if request_key else None
        running = repeated or now.ballots.filter(closed_at__isnull=True).first()
        if running is not None:
            return running
        check_not_in_writing(meeting.pk)
        check_text_open(proposal)
        if carried(now) is not None:
            raise AmendmentCarried
        check_quorum(meeting)
        ballot = Ballot(
            meeting=meeting,
            amendment=now,
            rule=counting.Rule(rule).value,
            quorum=Quorum(quorum).value,
            by_states=by_states,
            is_weighted=is_weighted,
            on_paper=on_paper,
            request_key=request_key or new_request_key(),
        )
        save_open(ballot, is_secret=is_secret)
        trail.record(verb="open_ballot", target=f"proposal:{proposal.code} amendment:{now.code}", by=by)
    return ballot


def check_kind(*, is_secret: bool, on_paper: bool, by_states: bool, is_weighted: bool) -> None:
    """Raises SecretByStates, SecretByWeights."""
    if is_secret and by_states and not on_paper:  # of an urn of States nobody learns what the members of one chose
        raise SecretByStates
    if (is_secret or on_paper) and is_weighted:
        raise SecretByWeights


def save_open(ballot: Ballot, *, is_secret: bool) -> None:
    """Stores a new ballot, with a key when it is secret and not on paper, and tells the screens, on which a pause ends with it.
    Within the caller's transaction."""
    if is_secret and not ballot.on_paper:
        ballot.key_uid = uuid.uuid4()
        box.make(ballot.key_uid)  # before the row: a ballot without a key takes no votes; a key without a ballot is swept
    ballot.save()
    LiveState.objects.filter(meeting=ballot.meeting_id).update(pause="")  # a vote shows that the meeting goes on
    touch(ballot.meeting_id)
