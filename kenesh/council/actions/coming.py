"""What waits is put on an agenda: something from a room above, a problem that the body took up, a proposal left open before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions.agenda import add_item
from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.proposals import check_nothing_voted, locked, propose
from kenesh.council.actions.refusals import Refused
from kenesh.council.models import AgendaItem, ItemReference, LawRow, Meeting, Proposal
from kenesh.council.references import Candidate
from kenesh.kernel import trail
from kenesh.people.models import User
from kenesh.problems.models import Problem


class AgendaOver(Refused):
    message = _("The meeting is closed. Put this on the agenda of another one.")


class TakenOverAlready(Refused):
    message = _("Another meeting has taken this proposal over.")


def _check_takes_points(meeting: Meeting) -> None:
    """Raises AgendaOver, MinutesApproved, AtVenue."""
    check_changeable(meeting)
    if Meeting.objects.get(pk=meeting.pk).status == Meeting.Status.CLOSED:
        raise AgendaOver


def take_up(*, meeting: Meeting, kind: str, candidate: Candidate, by: User) -> AgendaItem:
    """Makes a point that refers to it; the point that is there, when there is one. Raises AgendaOver, MinutesApproved, AtVenue."""
    with transaction.atomic():
        _check_takes_points(meeting)
        there = AgendaItem.objects.filter(meeting=meeting, reference_rows__kind=kind, reference_rows__code=candidate.code).first()
        if there is not None:
            return there
        item = add_item(meeting=meeting, by=by, title=candidate.point)
        ItemReference.objects.create(item=item, kind=kind, code=candidate.code, title=candidate.title)
        trail.record(verb="take_up", target=f"{kind}:{candidate.code} at meeting:{meeting.code}", by=by)
    return item


def take_up_problem(*, meeting: Meeting, problem: Problem, by: User) -> AgendaItem:
    """Makes a point of the problem's name about it; the point that is there, when there is one. Raises AgendaOver,
    MinutesApproved, AtVenue."""
    with transaction.atomic():
        _check_takes_points(meeting)
        there = AgendaItem.objects.filter(meeting=meeting, problem_rows__problem=problem).order_by("position").first()
        if there is not None:
            return there
        item = add_item(meeting=meeting, by=by, title=dict(problem.title), problems=[problem])
        trail.record(verb="take_up", target=f"problem:{problem.code} at meeting:{meeting.code}", by=by)
    return item


def take_over(*, proposal: Proposal, meeting: Meeting, by: User) -> Proposal:
    """Lays a copy of a proposal of an earlier meeting before this one, under a point of its own with the same problems and papers.
    The old one is settled as taken over; taken over again by the same meeting, it is the same copy.

    Raises TakenOverAlready, ProposalSettled, BallotsOpen, AgendaOver, MinutesApproved, AtVenue, NotYourSeat.
    """
    with transaction.atomic():
        _check_takes_points(meeting)
        copy = Proposal.objects.filter(continues=proposal).select_related("item__meeting").first()
        if copy is not None:
            if copy.item.meeting_id != meeting.pk:
                raise TakenOverAlready
            return copy
        old = locked(proposal)
        check_nothing_voted(old)
        copy = propose(
            item=_same_point(old.item, meeting, by), text=dict(old.text), by=by, kind=old.kind, authentic=old.authentic,
            due_on=old.due_on, problem=old.problem, promised_by=old.promised_by, addressees=list(old.addressees.all()),
            sponsors=list(old.sponsors.all()), co_signers=[each.organisation for each in old.co_signers.order_by("id")],
        )  # fmt: skip
        copy.continues, copy.by_person, copy.by_organisation = old, old.by_person, old.by_organisation
        copy.save(update_fields=["continues", "by_person", "by_organisation"])
        _copy_law(old.law_rows.order_by("id"), copy)
        Proposal.objects.filter(pk=old.pk).update(status=Proposal.Status.TAKEN_OVER)
        trail.record(verb="take_over", target=f"proposal:{old.code} as {copy.code}", by=by)
    return copy


def _same_point(old: AgendaItem, meeting: Meeting, by: User) -> AgendaItem:
    item = add_item(
        meeting=meeting,
        by=by,
        title=dict(old.title),
        problems=list(old.problems.all()),
        papers=[paper.listed for paper in old.papers if paper.listed],
    )
    item.meeting = meeting
    ItemReference.objects.bulk_create(
        ItemReference(item=item, kind=row.kind, code=row.code, title=row.title) for row in old.reference_rows.order_by("id")
    )
    return item


def _copy_law(rows: Iterable[LawRow], copy: Proposal) -> None:
    LawRow.objects.bulk_create(
        LawRow(
            proposal=copy, law=row.law, in_force=row.in_force, proposed=row.proposed, justification=row.justification
        )
        for row in rows
    )  # fmt: skip
