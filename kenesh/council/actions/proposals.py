"""Proposals and what members say to them; adoption by consensus or by vote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council import counting
from kenesh.council.actions.meetings import check_changeable, check_here, check_quorum, close_meeting
from kenesh.council.actions.refusals import (
    BallotNotAdopted,
    BallotsOpen,
    Blocked,
    DeadlinePassed,
    MeetingNotOpen,
    MeetingOver,
    NotASeat,
    NotYourSeat,
    ProposalMissingText,
    ProposalSettled,
    Refused,
)
from kenesh.council.actions.screens import touch
from kenesh.council.actions.writing import (
    check_deadline_passed,
    check_not_in_writing,
    check_silence_runs,
    check_text_reached,
    silence_of,
)
from kenesh.council.models import (
    AgendaItem,
    Amendment,
    Ballot,
    CoSigner,
    Decision,
    DecisionKind,
    Meeting,
    Position,
    Proposal,
    ProposalVersion,
    WrittenProcedure,
)
from kenesh.council.queries import days, seats
from kenesh.council.rules import keeps, own_memberships
from kenesh.council.signals import decision_adopted, decision_published
from kenesh.kernel import trail
from kenesh.people.models import Membership, Organisation, User
from kenesh.problems.models import Problem, new_request_key
from kenesh.search.actions import keep


class NobodyPromises(Refused):
    message = _("A commitment needs a member who promises, and a day by which it is done. Write both into the proposal first.")


class NobodyCoSigns(Refused):
    message = _("A joint decision is signed together with State bodies. Name at least one in the proposal first.")


class NoLawRows(Refused):
    message = _(
        "A proposal to change a law needs its table: the text in force, the new text, and why. Add at least one line first."
    )


class DueBeforeMeeting(Refused):
    message = _("The day until which this asks lies before the meeting. Choose a later one first.")


class NotASponsor(Refused):
    message = _("Only memberships of this body stand behind a proposal or promise something.")


class AmendmentWaits(Refused):
    message = _("A vote was for an amendment to this proposal. Take it into the text first, where needed with other words.")


class Details(TypedDict, total=False):
    """What a proposal says beside its text; what is left out keeps its value."""

    kind: str
    authentic: str
    due_on: date | None
    problem: Problem | None
    promised_by: Membership | None
    addressees: Iterable[Organisation]
    co_signers: Iterable[Organisation]
    sponsors: Iterable[Membership]


def check_may_speak_for(membership: Membership, meeting: Meeting, by: User) -> None:
    """Raises NotASeat or NotYourSeat: the secretary enters for everybody, a member for herself."""
    if not _sits(membership, meeting):
        raise NotASeat
    if not keeps(by, meeting.body) and membership not in own_memberships(by, meeting):
        raise NotYourSeat


def _sits(membership: Membership, meeting: Meeting) -> bool:
    return membership.body_id == meeting.body_id and membership.sits_on(meeting.day)


def check_open(meeting: Meeting) -> None:
    """Holds the meeting open until the transaction ends. Raises MeetingNotOpen, AtVenue."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_here(now)
    if now.status != Meeting.Status.OPEN:
        raise MeetingNotOpen


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held until the transaction ends. Raises ProposalSettled."""
    now = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if now.status != Proposal.Status.OPEN:
        raise ProposalSettled
    return now


def check_nothing_voted(proposal: Proposal) -> None:
    """Raises BallotsOpen while a proposal that is held, or an amendment to it, is voted on."""
    about = Q(proposal=proposal) | Q(amendment__proposal=proposal)
    if Ballot.objects.filter(about, closed_at__isnull=True).exists():
        raise BallotsOpen


def check_no_amendment_waits(proposal: Proposal) -> None:
    """Raises AmendmentWaits while a vote has carried an amendment to a proposal that is held, and the text does not have it yet."""
    waiting = Ballot.objects.filter(seats.CARRIED, amendment__proposal=proposal, amendment__status=Amendment.Status.OPEN)
    if waiting.exists():
        raise AmendmentWaits


def propose(
    *,
    item: AgendaItem,
    text: dict[str, str],
    by: User,
    membership: Membership | None = None,
    request_key: str = "",
    **details: Unpack[Details],
) -> Proposal:
    """Lays a proposal before the meeting, also before it begins; the same request key gives the same one.

    Raises NotASeat, NotYourSeat, NotASponsor, ProposalMissingText, MeetingOver. Without a membership it is the secretary's.
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
                "by_organisation": membership.organisation if membership else None,
                "by_person": membership.person if membership else None,
            },
        )
        if is_new:
            proposal.refresh_from_db(fields=["text"])  # as it is stored
            ProposalVersion.objects.create(proposal=proposal, number=1, text=proposal.text, by=by)
            _detail(proposal, details)
            touch(item.meeting_id)
            trail.record(verb="propose", target=f"proposal:{proposal.code}", by=by)
    return proposal


def edit_proposal(*, proposal: Proposal, by: User, **details: Unpack[Details]) -> None:
    """Changes what a proposal says beside its text. Raises ProposalSettled, NotYourSeat, NotASponsor, MinutesApproved,
    DecidedInWriting."""
    with transaction.atomic():
        now = locked(proposal)
        check_may_change(now, by)
        check_not_in_writing(now.item.meeting_id)
        check_changeable(now.item.meeting)
        _detail(now, details)
        trail.record(verb="edit_proposal", target=f"proposal:{now.code}", by=by)


def check_may_change(proposal: Proposal, by: User) -> None:
    """The secretary changes a proposal until it is settled; who made it, until the meeting begins. Raises NotYourSeat."""
    meeting = proposal.item.meeting
    if keeps(by, meeting.body):
        return
    if meeting.status != Meeting.Status.PLANNED or not is_proposer(by, proposal, meeting):
        raise NotYourSeat


def _detail(proposal: Proposal, details: Details) -> None:
    body = proposal.item.meeting.body_id
    promised_by, sponsors = details.get("promised_by"), list(details.get("sponsors", ()))
    if any(seat.body_id != body for seat in [*sponsors, *([promised_by] if promised_by else [])]):
        raise NotASponsor
    for name in ("kind", "authentic", "due_on", "problem", "promised_by"):
        if name in details:
            setattr(proposal, name, details[name])
    proposal.save()
    if "addressees" in details:
        proposal.addressees.set(details["addressees"])
    if "sponsors" in details:
        proposal.sponsors.set(sponsors)
    if "co_signers" in details:
        wanted = {house.pk for house in details["co_signers"]}
        proposal.co_signers.exclude(organisation__in=wanted).delete()
        there = set(proposal.co_signers.values_list("organisation", flat=True))
        CoSigner.objects.bulk_create(CoSigner(proposal=proposal, organisation_id=pk) for pk in sorted(wanted - there))


def stand_behind(*, proposal: Proposal, membership: Membership, stands: bool, by: User) -> None:
    """A membership becomes a sponsor, or no longer is one. Raises ProposalSettled, NotASeat, NotYourSeat."""
    with transaction.atomic():
        now = locked(proposal)
        check_may_speak_for(membership, now.item.meeting, by)
        if stands:
            now.sponsors.add(membership)
        else:
            now.sponsors.remove(membership)
        trail.record(verb="sponsor" if stands else "leave_proposal", target=f"proposal:{now.code}", by=by)


def withdraw_proposal(*, proposal: Proposal, by: User) -> None:
    """Takes a proposal back; one that waits for silence is no longer asked about. Raises ProposalSettled, BallotsOpen, NotYourSeat,
    DeadlinePassed."""
    with transaction.atomic():
        asked = WrittenProcedure.objects.select_for_update().filter(proposal=proposal, closed_at=None).first()
        now = locked(proposal)
        meeting = now.item.meeting
        if not keeps(by, meeting.body) and not is_proposer(by, now, meeting):
            raise NotYourSeat
        check_nothing_voted(now)
        _settle(now, Proposal.Status.WITHDRAWN)
        if asked is not None:
            _stop_asking(asked, meeting, by)
        trail.record(verb="withdraw_proposal", target=f"proposal:{now.code}", by=by)


def _stop_asking(procedure: WrittenProcedure, meeting: Meeting, by: User) -> None:
    """Raises DeadlinePassed: what silence has adopted by then is not undone. One that is held has adopted nothing."""
    if procedure.closes_at <= timezone.now() and procedure.held_at is None:
        raise DeadlinePassed
    procedure.closed_at, procedure.outcome = timezone.now(), WrittenProcedure.Outcome.NOT_ADOPTED.value
    procedure.save(update_fields=["closed_at", "outcome"])
    close_meeting(meeting=meeting, by=by)


def is_proposer(user: User, proposal: Proposal, meeting: Meeting) -> bool:
    """Whether one of the account's own seats made the proposal."""
    return any(
        (seat.person_id, seat.organisation_id) == (proposal.by_person_id, proposal.by_organisation_id)
        for seat in own_memberships(user, meeting)
    )


def take_position(*, proposal: Proposal, membership: Membership, stance: str, words: str = "", by: User) -> Position:
    """Says what a membership thinks of the text as it reads now; a later position takes the place of an earlier one.

    Raises ProposalSettled, MeetingNotOpen, NotASeat, NotYourSeat, DeadlinePassed.
    """
    with transaction.atomic():
        now = locked(proposal)
        meeting = now.item.meeting
        check_open(meeting)
        check_may_speak_for(membership, meeting, by)
        return _say(now, membership, stance, words, by=by)


def take_position_by_phone(
    *, meeting: Meeting, membership: Membership, proposal: Proposal, stance: str, words: str = ""
) -> Position:
    """The same for the seat of a phone's link at this meeting. Raises ProposalSettled, MeetingNotOpen, NotASeat,
    DeadlinePassed."""
    with transaction.atomic():
        now = locked(proposal)
        if now.item.meeting_id != meeting.pk or not _sits(membership, now.item.meeting):
            raise NotASeat
        check_open(now.item.meeting)
        return _say(now, membership, stance, words, by=None)


def _say(proposal: Proposal, membership: Membership, stance: str, words: str, *, by: User | None) -> Position:
    """Whether the seat counts is said by its standing on that day, whichever way it speaks. Raises DeadlinePassed."""
    meeting = proposal.item.meeting
    check_silence_runs(meeting.pk)
    position, _is_new = Position.objects.update_or_create(
        proposal=proposal,
        membership=membership,
        defaults={
            "version": proposal.version,
            "stance": counting.Stance(stance).value,
            "words": words,
            "entered_by": by,
            "is_member": seats.is_member(meeting, membership.pk),
        },
    )
    touch(meeting.pk)
    trail.record(verb="take_position", target=f"proposal:{proposal.code}", by=by or f"seat:{membership.pk}")
    return position


def adopt_by_consensus(*, proposal: Proposal, by: User) -> Decision:
    """Adopts what no member blocks; silence agrees. What was said to an earlier version of the text does not count.

    Raises Blocked (with names), ProposalSettled, MeetingNotOpen, BallotsOpen, NoQuorum where the rules of the body ask for more than
    are there (a silence asks for nobody in a room), TextNotReached until a silence's text has reached all members, DecidedInWriting
    where members vote in writing; AmendmentWaits, NobodyPromises, NobodyCoSigns, NoLawRows, DueBeforeMeeting.
    """
    with transaction.atomic():
        now = locked(proposal)
        check_open(now.item.meeting)
        check_deadline_passed(now.item.meeting_id)
        check_nothing_voted(now)
        check_no_amendment_waits(now)
        silence = silence_of(now.item.meeting_id)
        if silence is None:
            check_quorum(now.item.meeting)
        said = now.positions.filter(version=now.version).order_by("id")
        positions = list(said.select_related("membership__person", "membership__organisation"))
        agreement = counting.consensus((counting.Stance(position.stance), position.is_member) for position in positions)
        if not agreement.reached:
            raise Blocked([str(p.membership) for p in positions if p.is_member and p.stance == counting.Stance.BLOCK])
        if silence is not None:
            check_text_reached(silence)
        decision = _decide(now, by, how=Decision.How.CONSENSUS)
        trail.record(verb="adopt_by_consensus", target=f"decision:{decision.code}", by=by)
    return decision


def adopt_by_vote(*, ballot: Ballot, by: User) -> Decision:
    """Adopts what a closed ballot carried. Raises BallotNotAdopted, ProposalSettled, MeetingNotOpen; AmendmentWaits, NobodyPromises,
    NobodyCoSigns, NoLawRows.
    """
    with transaction.atomic():
        now = locked(ballot.motion)
        check_open(now.item.meeting)
        closed = now.ballots.get(pk=ballot.pk)
        if closed.outcome != counting.Why.ADOPTED or closed.standing == Ballot.Standing.ANNULLED:
            raise BallotNotAdopted
        check_no_amendment_waits(now)
        counts = seats.result_of(closed).members
        decision = _decide(
            now,
            by,
            how=Decision.How.VOTE,
            votes_for=counts.for_,
            votes_against=counts.against,
            votes_abstained=counts.abstained,
        )
        trail.record(verb="adopt_by_vote", target=f"decision:{decision.code}", by=by)
    return decision


def check_complete(proposal: Proposal) -> None:
    """Raises NobodyPromises, NobodyCoSigns or NoLawRows when what its kind of decision needs is missing; DueBeforeMeeting, as of one
    that was taken over after its day."""
    kind = proposal.kind
    if proposal.due_on is not None and proposal.due_on < proposal.item.meeting.day:
        raise DueBeforeMeeting
    if kind == DecisionKind.COMMITMENT and (proposal.promised_by_id is None or proposal.due_on is None):
        raise NobodyPromises
    if kind == DecisionKind.JOINT and not proposal.co_signers.exists():
        raise NobodyCoSigns
    if kind == DecisionKind.LEGISLATIVE and not proposal.law_rows.exists():
        raise NoLawRows


def _decide(proposal: Proposal, by: User, *, how: str, **counts: int) -> Decision:
    check_complete(proposal)
    meeting = Meeting.objects.select_for_update().select_related("body").get(pk=proposal.item.meeting_id)
    last: int = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    _settle(proposal, Proposal.Status.ADOPTED)
    decision = Decision.objects.create(
        proposal=proposal,
        meeting=meeting,
        kind=proposal.kind,
        text=proposal.text,
        adopted_on=days.day_of_today(meeting),
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
    touch(proposal.item.meeting_id)


def publish_decision(*, decision: Decision, public: bool, by: User) -> None:
    """Shows a decision to everybody, or hides it again."""
    with transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(is_public=public)
        decision.is_public = public
        keep("decision", [decision.code])
        decision_published.send(sender=Decision, decision=decision, by=by)
        verb = "publish_decision" if public else "hide_decision"
        trail.record(verb=verb, target=f"decision:{decision.code}", by=by)
