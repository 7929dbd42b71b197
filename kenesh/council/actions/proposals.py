"""Proposals and what members say to them; adoption by consensus or by vote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from kenesh.council import counting
from kenesh.council.actions.refusals import (
    BallotNotAdopted,
    BallotsOpen,
    Blocked,
    MeetingNotOpen,
    MeetingOver,
    NotASeat,
    NotYourSeat,
    ProposalMissingText,
    ProposalSettled,
)
from kenesh.council.actions.writing import check_deadline_passed
from kenesh.council.models import AgendaItem, Ballot, Decision, Meeting, Position, Proposal
from kenesh.council.queries import seats
from kenesh.council.rules import keeps, own_memberships
from kenesh.council.signals import decision_adopted, decision_published
from kenesh.kernel import trail
from kenesh.people.models import Membership, Organisation, User
from kenesh.problems.models import Problem, new_request_key
from kenesh.search.actions import keep


def check_may_speak_for(membership: Membership, meeting: Meeting, by: User) -> None:
    """Raises NotASeat or NotYourSeat: the secretary enters for everybody, a member for herself."""
    if membership.body_id != meeting.body_id or not membership.sits_on(meeting.day):
        raise NotASeat
    if not keeps(by, meeting.body) and membership not in own_memberships(by, meeting):
        raise NotYourSeat


def check_open(meeting: Meeting) -> None:
    """Holds the meeting open until the transaction ends. Raises MeetingNotOpen."""
    if Meeting.objects.select_for_update().get(pk=meeting.pk).status != Meeting.Status.OPEN:
        raise MeetingNotOpen


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held until the transaction ends. Raises ProposalSettled."""
    now = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if now.status != Proposal.Status.OPEN:
        raise ProposalSettled
    return now


def propose(
    *,
    item: AgendaItem,
    text: dict[str, str],
    by: User,
    membership: Membership | None = None,
    addressees: Iterable[Organisation] = (),
    due_on: date | None = None,
    problem: Problem | None = None,
    request_key: str = "",
) -> Proposal:
    """Lays a proposal before the meeting, also before it begins; the same request key gives the same one.

    Raises NotASeat, NotYourSeat, ProposalMissingText, MeetingOver. Without a membership it is the secretary's.
    """
    if membership is None and not keeps(by, item.meeting.body):
        raise NotYourSeat
    if not any(text.values()):
        raise ProposalMissingText
    with transaction.atomic():
        if Meeting.objects.select_for_update().get(pk=item.meeting_id).status == Meeting.Status.CLOSED:
            raise MeetingOver
        if membership is not None:
            check_may_speak_for(membership, item.meeting, by)
        proposal, is_new = Proposal.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={
                "item": item,
                "text": text,
                "due_on": due_on,
                "problem": problem,
                "by_organisation": membership.organisation if membership else None,
                "by_person": membership.person if membership else None,
            },
        )
        if is_new:
            proposal.refresh_from_db(fields=["text"])  # as it is stored
            proposal.addressees.set(addressees)
            trail.record(verb="propose", target=f"proposal:{proposal.code}", by=by)
    return proposal


def withdraw_proposal(*, proposal: Proposal, by: User) -> None:
    """Takes a proposal back. Raises ProposalSettled, BallotsOpen, NotYourSeat."""
    with transaction.atomic():
        now = locked(proposal)
        meeting = now.item.meeting
        if not keeps(by, meeting.body) and not is_proposer(by, now, meeting):
            raise NotYourSeat
        if now.ballots.filter(closed_at__isnull=True).exists():
            raise BallotsOpen
        _settle(now, Proposal.Status.WITHDRAWN)
        trail.record(verb="withdraw_proposal", target=f"proposal:{now.code}", by=by)


def is_proposer(user: User, proposal: Proposal, meeting: Meeting) -> bool:
    """Whether one of the account's own seats made the proposal."""
    return any(
        (seat.person_id, seat.organisation_id) == (proposal.by_person_id, proposal.by_organisation_id)
        for seat in own_memberships(user, meeting)
    )


def take_position(*, proposal: Proposal, membership: Membership, stance: str, words: str = "", by: User) -> Position:
    """Says what a membership thinks; a later position takes the place of an earlier one.

    Raises ProposalSettled, MeetingNotOpen, NotASeat, NotYourSeat.
    """
    with transaction.atomic():
        meeting = locked(proposal).item.meeting
        check_open(meeting)
        check_may_speak_for(membership, meeting, by)
        position, _ = Position.objects.update_or_create(
            proposal=proposal,
            membership=membership,
            defaults={
                "stance": counting.Stance(stance).value,
                "words": words,
                "entered_by": by,
                "is_member": membership.pk in seats.member_ids(meeting),
            },
        )
        trail.record(verb="take_position", target=f"proposal:{proposal.code}", by=by)
    return position


def adopt_by_consensus(*, proposal: Proposal, kind: str = Decision.Kind.RECOMMENDATION, by: User) -> Decision:
    """Adopts what no member blocks; silence agrees. Raises Blocked (with names), ProposalSettled, MeetingNotOpen, BallotsOpen."""
    with transaction.atomic():
        now = locked(proposal)
        check_open(now.item.meeting)
        check_deadline_passed(now.item.meeting_id)
        if now.ballots.filter(closed_at__isnull=True).exists():
            raise BallotsOpen
        positions = list(now.positions.select_related("membership__person", "membership__organisation").order_by("id"))
        agreement = counting.consensus((counting.Stance(position.stance), position.is_member) for position in positions)
        if not agreement.reached:
            raise Blocked([str(p.membership) for p in positions if p.is_member and p.stance == counting.Stance.BLOCK])
        decision = _decide(now, kind, by, how=Decision.How.CONSENSUS)
        trail.record(verb="adopt_by_consensus", target=f"decision:{decision.code}", by=by)
    return decision


def adopt_by_vote(*, ballot: Ballot, kind: str = Decision.Kind.RECOMMENDATION, by: User) -> Decision:
    """Adopts what a closed ballot carried. Raises BallotNotAdopted, ProposalSettled, MeetingNotOpen."""
    with transaction.atomic():
        now = locked(ballot.motion)
        check_open(now.item.meeting)
        closed = now.ballots.get(pk=ballot.pk)
        if closed.outcome != counting.Why.ADOPTED or closed.standing == Ballot.Standing.ANNULLED:
            raise BallotNotAdopted
        counts = seats.result_of(closed).members
        decision = _decide(
            now,
            kind,
            by,
            how=Decision.How.VOTE,
            votes_for=counts.for_,
            votes_against=counts.against,
            votes_abstained=counts.abstained,
        )
        trail.record(verb="adopt_by_vote", target=f"decision:{decision.code}", by=by)
    return decision


def _decide(proposal: Proposal, kind: str, by: User, *, how: str, **counts: int) -> Decision:
    meeting = Meeting.objects.select_for_update().select_related("body").get(pk=proposal.item.meeting_id)
    last: int = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    _settle(proposal, Proposal.Status.ADOPTED)
    decision = Decision.objects.create(
        proposal=proposal,
        meeting=meeting,
        kind=Decision.Kind(kind).value,
        text=proposal.text,
        adopted_on=meeting.day,
        how=how,
        number=last + 1,
        is_public=meeting.body.publishes_decisions,
        **counts,
    )
    decision_adopted.send(sender=Decision, decision=decision, by=by)
    return decision


def _settle(proposal: Proposal, status: Proposal.Status) -> None:
    proposal.status = status
    proposal.save(update_fields=["status"])


def publish_decision(*, decision: Decision, public: bool, by: User) -> None:
    """Shows a decision to everybody, or hides it again."""
    with transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(is_public=public)
        decision.is_public = public
        keep("decision", [decision.code])
        decision_published.send(sender=Decision, decision=decision, by=by)
        verb = "publish_decision" if public else "hide_decision"
        trail.record(verb=verb, target=f"decision:{decision.code}", by=by)
