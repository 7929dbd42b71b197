"""Named votes: opening a ballot, voting, closing it with a result that stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from kenesh.council import counting
from kenesh.council.actions.proposals import check_may_speak_for, check_open, locked
from kenesh.council.actions.refusals import BallotClosed, NotYourSeat
from kenesh.council.models import Ballot, BallotRule, Proposal, Quorum, Vote
from kenesh.council.queries import seats
from kenesh.council.rules import keeps
from kenesh.kernel import trail
from kenesh.people.models import Membership, Publication, User
from kenesh.problems.models import new_request_key

# What settles a proposal. After a tie, without a quorum or without votes the meeting may vote again.
_FINAL = {counting.Why.TOO_FEW, counting.Why.OBJECTION}


def open_ballot(
    *,
    proposal: Proposal,
    by: User,
    rule: str = BallotRule.SIMPLE_MAJORITY,
    quorum: str = Quorum.HALF,
    request_key: str = "",
) -> Ballot:
    """Opens a vote, or gives the one that is open. Raises ProposalSettled, MeetingNotOpen."""
    with transaction.atomic():
        now = locked(proposal)
        check_open(now.item.meeting)
        repeated = Ballot.objects.filter(request_key=request_key).first() if request_key else None
        running = repeated or now.ballots.filter(closed_at__isnull=True).first()
        if running is not None:
            return running
        ballot = Ballot.objects.create(
            proposal=now,
            rule=counting.Rule(rule).value,
            quorum=Quorum(quorum).value,
            request_key=request_key or new_request_key(),
        )
        trail.record(verb="open_ballot", target=f"proposal:{now.code}", by=by)
    return ballot


def cast_vote(*, ballot: Ballot, membership: Membership, choice: str, by: User, publication: str = Publication.HIDDEN) -> Vote:
    """Writes the vote of a membership; voting again replaces it until the ballot closes.

    Raises BallotClosed, NotASeat, NotYourSeat. Safe when the same seat votes twice at once: the row is UNIQUE, and the
    ballot is held, so that none slips in while it is being closed.
    """
    with transaction.atomic():
        now = _locked_open(ballot)
        meeting = now.proposal.item.meeting
        check_may_speak_for(membership, meeting, by)
        vote = _write(now, membership, choice, by, membership.pk in seats.member_ids(meeting), publication=publication)
        trail.record(verb="cast_vote", target=f"ballot:{now.proposal.code}/{now.pk}", by=by)
    return vote


def enter_votes(*, ballot: Ballot, choices: Iterable[tuple[Membership, str]], by: User) -> None:
    """The secretary writes several votes at once; an empty choice takes a vote away. What of a vote is public stays.

    Raises BallotClosed, NotASeat, NotYourSeat (for anybody but the secretary).
    """
    with transaction.atomic():
        now = _locked_open(ballot)
        meeting = now.proposal.item.meeting
        if not keeps(by, meeting.body):
            raise NotYourSeat
        members = seats.member_ids(meeting)
        for membership, choice in choices:
            check_may_speak_for(membership, meeting, by)
            if choice:
                _write(now, membership, choice, by, membership.pk in members)
            else:
                now.votes.filter(membership=membership).delete()
        trail.record(verb="enter_votes", target=f"ballot:{now.proposal.code}/{now.pk}", by=by)


def _locked_open(ballot: Ballot) -> Ballot:
    now = Ballot.objects.select_for_update(of=("self",)).select_related("proposal__item__meeting__body").get(pk=ballot.pk)
    if not now.is_open:
        raise BallotClosed
    return now


def _write(ballot: Ballot, membership: Membership, choice: str, by: User, is_member: bool, **also: str) -> Vote:
    values = {"choice": counting.Choice(choice).value, "is_member": is_member, "entered_by": by, **also}
    vote, _ = Vote.objects.update_or_create(ballot=ballot, membership=membership, defaults=values)
    return vote


def close_ballot(*, ballot: Ballot, by: User) -> counting.Result:
    """Ends the vote and freezes its result; closing twice gives the same. A clear defeat settles the proposal."""
    with transaction.atomic():
        now = Ballot.objects.select_for_update(of=("self",)).select_related("proposal__item__meeting__body").get(pk=ballot.pk)
        if not now.is_open:
            return seats.result_of(now)
        result = seats.result_of(now)
        now.closed_at, now.outcome = timezone.now(), result.why.value
        now.entitled, now.present = result.entitled, result.present
        now.save(update_fields=["closed_at", "outcome", "entitled", "present"])
        if result.why in _FINAL:
            Proposal.objects.filter(pk=now.proposal_id).update(status=Proposal.Status.REJECTED)
        trail.record(verb="close_ballot", target=f"ballot:{now.proposal.code}/{now.pk}", by=by)
    return result
