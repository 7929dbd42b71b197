"""Decisions between meetings: in writing until a deadline, by votes or by silence. The worker ends what is due."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kenesh.council import counting
from kenesh.council.actions.agenda import add_item
from kenesh.council.actions.asking import ask_anew, ask_members
from kenesh.council.actions.ballots import close_ballot
from kenesh.council.actions.live import check_sits
from kenesh.council.actions.meetings import close_meeting, open_meeting, plan_meeting
from kenesh.council.actions.opening import open_ballot
from kenesh.council.actions.phones import call_item
from kenesh.council.actions.proposals import (
    adopt_by_consensus,
    adopt_by_vote,
    check_complete,
    check_may_speak_for,
    propose,
)
from kenesh.council.actions.refusals import (
    DeadlineNotLater,
    DeadlinePassed,
    DeadlineTooSoon,
    NotAMember,
    NotYourSeat,
    ReachedOutOfTime,
    Refused,
    TextNotReached,
)
from kenesh.council.actions.screens import touch
from kenesh.council.models import BallotRule, DecisionKind, Meeting, Proposal, Quorum, WrittenLink, WrittenProcedure
from kenesh.council.queries import asking, seats
from kenesh.council.rules import keeps
from kenesh.council.signals import silence_held
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import Body, Membership, Organisation, User

Kind = WrittenProcedure.Kind
_log = logging.getLogger(__name__)


def start_written(
    *,
    body: Body,
    title: dict[str, str],
    text: dict[str, str],
    kind: str,
    closes_at: datetime,
    by: User,
    time_zone: str = "Asia/Bishkek",
    rule: str = BallotRule.SIMPLE_MAJORITY,
    quorum: str = Quorum.HALF,
    is_secret: bool = False,
    addressees: Iterable[Organisation] = (),
    decision: str = DecisionKind.RECOMMENDATION,
    due_on: date | None = None,
    promised_by: Membership | None = None,
    co_signers: Iterable[Organisation] = (),
    documents: Iterable[Document] = (),
    request_key: str = "",
) -> WrittenProcedure:
    """Lays one proposal before all members without a room, and has them written to. It has a meeting of its own, so that links, votes
    and minutes work as in a room; the same request key gives the same one. `kind`: by votes or by silence; `decision`: which of the kinds
    of decision, but none that changes a law: that needs its table first. Raises NotYourSeat, DeadlineTooSoon, ProposalMissingText,
    NotASponsor, NobodyPromises, NobodyCoSigns, NoLawRows."""
    if not keeps(by, body):
        raise NotYourSeat
    now = timezone.now()
    if closes_at < now + asking.SOONEST:
        raise DeadlineTooSoon
    with transaction.atomic():
        meeting = plan_meeting(
            body=body, by=by, request_key=request_key, title=title, starts_at=now, ends_at=closes_at, mode=Meeting.Mode.ONLINE,
            time_zone=time_zone,
        )  # fmt: skip
        there = WrittenProcedure.objects.filter(meeting=meeting).first()
        if there is not None:
            return there
        item = add_item(meeting=meeting, by=by, title=title, documents=documents)
        open_meeting(meeting=meeting, by=by)
        proposal = propose(
            item=item, text=text, by=by, kind=DecisionKind(decision).value, addressees=addressees, due_on=due_on,
            promised_by=promised_by, co_signers=co_signers,
        )  # fmt: skip
        check_complete(proposal)
        call_item(item=item, by=by)
        if Kind(kind) == Kind.VOTE:
            open_ballot(proposal=proposal, rule=rule, quorum=quorum, is_secret=is_secret, closes_at=closes_at, by=by)
        procedure = WrittenProcedure.objects.create(
            meeting=meeting, proposal=proposal, kind=Kind(kind).value, closes_at=closes_at, opened_by=by,
        )  # fmt: skip
        trail.record(verb="start_written", target=f"meeting:{meeting.code}", by=by)
        ask_members(procedure=procedure, by=by)
    return procedure


def object_to(*, procedure: WrittenProcedure, membership: Membership, words: str, by: User | None = None) -> None:
    """A member objects, in words, and so ends the silence: the proposal is not adopted and waits for a meeting.

    `by`: None from a phone that the seat's own link opened. Raises DeadlinePassed, NotAMember, NotASeat, NotYourSeat.
    """
    with transaction.atomic():
        now = _locked(procedure)
        if now.closed_at is not None or now.kind != Kind.SILENCE or timezone.now() >= now.closes_at:
            raise DeadlinePassed
        if by is None:
            check_sits(now.meeting, membership)
        else:
            check_may_speak_for(membership, now.meeting, by)
        if not seats.is_member(now.meeting, membership.pk):
            raise NotAMember
        now.objection, now.objected_by = words, membership
        _close(now, WrittenProcedure.Outcome.OBJECTED)
        trail.record(verb="object_to_silence", target=f"meeting:{now.meeting.code}", by=by or f"seat:{membership.pk}")


def note_reached(*, link: WrittenLink, way: str, on: date | None, by: User) -> None:
    """The secretary writes down how and when a member got the text, though no letter reached her; an empty way takes that back. A silence
    that waited for this member alone ends now. Raises ReachedOutOfTime, DeadlinePassed once it has ended."""
    with transaction.atomic():
        procedure = _locked(link.procedure)
        if procedure.closed_at is not None:
            raise DeadlinePassed
        last = min(procedure.local_deadline.date(), timezone.localdate(timezone=procedure.local_deadline.tzinfo))
        if way and (on is None or not procedure.meeting.day <= on <= last):
            raise ReachedOutOfTime
        WrittenLink.objects.filter(pk=link.pk).update(reached_by=way, reached_on=on if way else None)
        trail.record(verb="note_reached", target=asking.target_of(procedure, link), by=by)
    if procedure.held_at is not None:
        _end_if_possible(procedure)


def lengthen(*, procedure: WrittenProcedure, closes_at: datetime, by: User) -> None:
    """More time for a silence, also once it is held; all members are told the new deadline. Raises DeadlinePassed once it has ended,
    DeadlineTooSoon, DeadlineNotLater."""
    with transaction.atomic():
        now = _locked(procedure)
        if now.closed_at is not None or now.kind != Kind.SILENCE:
            raise DeadlinePassed
        if closes_at < timezone.now() + asking.SOONEST:
            raise DeadlineTooSoon
        if closes_at <= now.closes_at:
            raise DeadlineNotLater
        now.closes_at, now.held_at = closes_at, None
        now.save(update_fields=["closes_at", "held_at"])
        Meeting.objects.filter(pk=now.meeting_id).update(ends_at=closes_at)
        touch(now.meeting_id)
        trail.record(verb="lengthen_silence", target=f"meeting:{now.meeting.code}", by=by)
        ask_anew(procedure=now, by=by)


def _locked(procedure: WrittenProcedure) -> WrittenProcedure:
    rows = WrittenProcedure.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__body", "proposal__item__meeting__body", "opened_by").get(pk=procedure.pk)


def _close(procedure: WrittenProcedure, outcome: WrittenProcedure.Outcome) -> None:
    procedure.closed_at, procedure.outcome = timezone.now(), outcome.value
    procedure.save()
    close_meeting(meeting=procedure.meeting, by=procedure.opened_by)
    touch(procedure.meeting_id)


def close_due_written() -> int:
    """Ends what is past its deadline, in the name of who began it; one that cannot end stands in the way of no other. Gives how many."""
    due = WrittenProcedure.objects.filter(closed_at=None, closes_at__lte=timezone.now()).order_by("id")
    return sum(_end_if_possible(procedure) for procedure in due)


def _end_if_possible(procedure: WrittenProcedure) -> bool:
    try:
        _end(procedure)
    except TextNotReached:
        _hold(procedure)
    except Refused as why:
        # not its words: they name members
        _log.warning("written procedure %d cannot end yet: %s", procedure.pk, type(why).__name__)
    else:
        return True
    return False


def _end(procedure: WrittenProcedure) -> None:
    with transaction.atomic():
        now = _locked(procedure)
        if now.closed_at is not None:
            return
        adopted = _adopts(now)
        _close(now, WrittenProcedure.Outcome.ADOPTED if adopted else WrittenProcedure.Outcome.NOT_ADOPTED)
        trail.record(verb="close_written", target=f"meeting:{now.meeting.code}", by="worker")


def _hold(procedure: WrittenProcedure) -> None:
    """It neither adopts nor ends until the secretary has seen to it that all members have the text; she is told once. Who sits there and
    was not asked gets a line on her list."""
    with transaction.atomic():
        now = _locked(procedure)
        if now.held_at is not None or now.closed_at is not None:
            return
        now.held_at = timezone.now()
        now.save(update_fields=["held_at"])
        trail.record(verb="hold_silence", target=f"meeting:{now.meeting.code}", by="worker")
        ask_members(procedure=now, by=now.opened_by)
        touch(now.meeting_id)
        silence_held.send(sender=WrittenProcedure, procedure=now)


def _adopts(procedure: WrittenProcedure) -> bool:
    """Whatever refuses the decision at its deadline, such as a position that blocks, leaves it not adopted; one that the secretary
    has written since is adopted. Raises TextNotReached: then it is not decided at all."""
    if Proposal.objects.select_for_update().get(pk=procedure.proposal_id).status == Proposal.Status.ADOPTED:
        return True
    try:
        return _by_votes(procedure) if procedure.kind == Kind.VOTE else _by_silence(procedure)
    except TextNotReached:
        raise
    except Refused as why:
        _log.warning("written procedure %d adopts nothing: %s", procedure.pk, type(why).__name__)
        return False


def _by_votes(procedure: WrittenProcedure) -> bool:
    ballot = procedure.proposal.ballots.select_related("meeting__body").order_by("-id").first()
    if ballot is None:
        return False
    if ballot.is_open:
        close_ballot(ballot=ballot, by=procedure.opened_by)
        ballot.refresh_from_db()
    if ballot.outcome != counting.Why.ADOPTED:
        return False
    adopt_by_vote(ballot=ballot, by=procedure.opened_by)
    return True


def _by_silence(procedure: WrittenProcedure) -> bool:
    adopt_by_consensus(proposal=procedure.proposal, by=procedure.opened_by)
    return True
