"""Motions of procedure: put by a seat or the chair, supported by others, decided by the chair or by a show of hands."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kenesh.council.actions import live as room
from kenesh.council.actions.proposals import check_open
from kenesh.council.actions.refusals import MotionDecided, NotYourSeat
from kenesh.council.actions.screens import touch
from kenesh.council.models import LiveState, Meeting, ProcedureMotion
from kenesh.council.queries import live
from kenesh.kernel import trail
from kenesh.people.models import Membership, User
from kenesh.problems.models import new_request_key

Kind, Outcome, How = ProcedureMotion.Kind, ProcedureMotion.Outcome, ProcedureMotion.How


def put_motion(
    *,
    meeting: Meeting,
    kind: str,
    membership: Membership | None = None,
    by: User | None = None,
    words: str = "",
    request_key: str = "",
) -> ProcedureMotion:
    """A seat puts it by its phone, or the chair enters what somebody moved. One of the same kind that waits is given instead.

    Raises MeetingNotOpen, NotASeat, NotYourSeat.
    """
    with transaction.atomic():
        check_open(meeting)
        if by is not None:
            room.check_leads(by, meeting)
        elif membership is None:
            raise NotYourSeat
        if membership is not None:
            room.check_sits(meeting, membership)
        item = Meeting.objects.values_list("current_item", flat=True).get(pk=meeting.pk)
        waiting = live.motions_waiting(meeting.pk)
        there = waiting.filter(kind=Kind(kind).value, words=words).first()
        if there is not None:
            return there
        motion = ProcedureMotion.objects.create(
            meeting=meeting,
            item_id=item,
            kind=Kind(kind).value,
            words=words,
            by_membership=membership,
            request_key=request_key or new_request_key(),
        )
        touch(meeting.pk)
        trail.record(verb="put_procedure_motion", target=_target(motion), by=by or f"seat:{membership.pk if membership else ''}")
    return motion


def _target(motion: ProcedureMotion) -> str:
    return f"meeting:{motion.meeting.code}/procedure:{motion.pk}"


def support_motion(*, motion: ProcedureMotion, membership: Membership) -> None:
    """Another seat supports it; once. Raises MeetingNotOpen, NotASeat, MotionDecided, NotYourSeat for who put it."""
    with transaction.atomic():
        check_open(motion.meeting)
        room.check_sits(motion.meeting, membership)
        now = _locked(motion)
        if now.by_membership_id == membership.pk:
            raise NotYourSeat
        if not now.supporters.filter(pk=membership.pk).exists():
            now.supporters.add(membership)
            touch(now.meeting_id)
            trail.record(verb="support_procedure_motion", target=_target(now), by=f"seat:{membership.pk}")


def _locked(motion: ProcedureMotion) -> ProcedureMotion:
    now = ProcedureMotion.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=motion.pk)
    if now.decided_at is not None:
        raise MotionDecided
    return now


def decide_motion(
    *, motion: ProcedureMotion, by: User, outcome: str = "", hands: tuple[int, int, int] | None = None
) -> ProcedureMotion:
    """The chair rules (`outcome`), or hands are counted: for, against, abstaining; more for than against accepts.

    An accepted one is carried out at once where the software can: the list closes, the debate ends, the point is left, the meeting
    pauses.
    Raises MeetingNotOpen, MotionDecided, NotYourSeat.
    """
    with transaction.atomic():
        check_open(motion.meeting)
        room.check_leads(by, motion.meeting)
        now = _locked(motion)
        now.decided_at = timezone.now()
        if hands is None:
            now.outcome, now.how = Outcome(outcome).value, How.CHAIR
        else:
            now.hands_for, now.hands_against, now.hands_abstained = hands
            now.outcome = (Outcome.ACCEPTED if hands[0] > hands[1] else Outcome.REFUSED).value
            now.how = How.HANDS
        now.save()
        if now.outcome == Outcome.ACCEPTED:
            _carry_out(now)
        touch(now.meeting_id)
        trail.record(verb="decide_procedure_motion", target=_target(now), by=by)
    return now


def _carry_out(motion: ProcedureMotion) -> None:
    if motion.kind in (Kind.CLOSE_LIST, Kind.CLOSE_DEBATE):
        LiveState.objects.update_or_create(meeting=motion.meeting, defaults={"speakers_open": False})
    if motion.kind == Kind.CLOSE_DEBATE:
        item = Meeting.objects.values_list("current_item", flat=True).get(pk=motion.meeting_id)
        live.waiting(motion.meeting_id, item).update(removed_at=timezone.now())
    if motion.kind == Kind.POSTPONE:
        room.leave_item(motion.meeting)
    if motion.kind in (Kind.SUSPEND, Kind.ADJOURN):
        room.pause(motion.meeting, LiveState.Pause(motion.kind))
