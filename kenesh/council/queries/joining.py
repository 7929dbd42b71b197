"""What this room tells when two records of the same organisation or person are to become one."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.council.models import (
    AgendaItem,
    Attendance,
    AttendanceDay,
    CoSigner,
    Invitation,
    Meeting,
    Proposal,
    SessionPerson,
    Vote,
)
from kenesh.people.joining import Record, Told
from kenesh.people.models import Membership, Organisation, Person


def told_of_join(stays: Record, goes: Record) -> Told:
    """Meetings, their lists and programmes, proposals and signatures."""
    if isinstance(stays, Organisation) and isinstance(goes, Organisation):
        told = _told_of_organisations(stays, goes)
    else:
        assert isinstance(goes, Person)  # noqa: S101  # two of a kind are joined
        told = _told_of_persons(goes)
    return Told(told.moves, [*_away(), *_in_one_ballot(stays, goes), *told.refusals], told.bodies)


def _told_of_organisations(stays: Organisation, goes: Organisation) -> Told:
    reports = AgendaItem.objects.filter(reporting=goes)
    lines = Attendance.objects.filter(organisation=goes)
    invitations = Invitation.objects.filter(organisation=goes)
    proposals = Proposal.objects.filter(Q(by_organisation=goes) | Q(addressees=goes)).distinct()
    signed = CoSigner.objects.filter(organisation=goes)
    both = signed.filter(proposal__co_signers__organisation=stays).order_by("pk")
    said = _("Both sign the joint decision “%(text)s”. Take one of the two signatures away first.")
    return Told(
        [
            (gettext_lazy("Points of the agenda"), reports.count()),
            (gettext_lazy("Attendance"), lines.count()),
            (gettext_lazy("Invitations"), invitations.count()),
            (gettext_lazy("Proposals, its own and those to it"), proposals.count()),
            (gettext_lazy("Signatures of joint decisions"), signed.count()),
        ],
        [said % {"text": str(one.proposal.text)[:80]} for one in both.select_related("proposal")],
        frozenset(
            {
                *(pk for rows in (lines, invitations, reports) for pk in rows.values_list("meeting__body", flat=True)),
                *proposals.values_list("item__meeting__body", flat=True),
                *signed.values_list("proposal__item__meeting__body", flat=True),
            }
        ),
    )


def _told_of_persons(goes: Person) -> Told:
    meetings = Meeting.objects.filter(Q(chair=goes) | Q(secretary=goes))
    reports, lines = AgendaItem.objects.filter(reporter=goes), Attendance.objects.filter(person=goes)
    days, votes = AttendanceDay.objects.filter(alternate=goes), Vote.objects.filter(alternate=goes)
    proposals, parts = Proposal.objects.filter(by_person=goes), SessionPerson.objects.filter(person=goes)
    return Told(
        [
            (gettext_lazy("Meetings that the person chairs or writes down"), meetings.count()),
            (gettext_lazy("Points of the agenda"), reports.count()),
            (gettext_lazy("Attendance"), lines.count() + days.count()),
            (gettext_lazy("Programme"), parts.count()),
            (gettext_lazy("Proposals"), proposals.count()),
            (gettext_lazy("Votes as alternate"), votes.count()),
        ],
        [],
        frozenset(
            {
                *meetings.values_list("body", flat=True),
                *(pk for rows in (lines, reports) for pk in rows.values_list("meeting__body", flat=True)),
                *days.values_list("line__meeting__body", flat=True),
                *votes.values_list("ballot__meeting__body", flat=True),
                *proposals.values_list("item__meeting__body", flat=True),
                *parts.values_list("session__meeting__body", flat=True),
            }
        ),
    )


def _away() -> list[str]:
    """A laptop at a venue knows all records by their codes, and what it brings back may speak of any."""
    away = Meeting.objects.filter(away_since__isnull=False).order_by("pk")
    said = _("The meeting “%(meeting)s” is at its venue and may name both. Bring it back first.")
    return [said % {"meeting": meeting} for meeting in away]


def _in_one_ballot(stays: Record, goes: Record) -> list[str]:
    """Sentences on ballots that are open and in which both hold a vote."""
    running = Meeting.objects.filter(ballots__closed_at__isnull=True, ballots__isnull=False).distinct().order_by("pk")
    said = _("A vote is open in “%(meeting)s”, and both hold a vote in it. Wait until it is closed.")
    return [said % {"meeting": meeting} for meeting in running if _seats(meeting, stays) and _seats(meeting, goes)]


def _seats(meeting: Meeting, record: Record) -> bool:
    """Whether it has a seat of the body that meets, or sits there for one."""
    still = Q(until__isnull=True) | Q(until__gte=meeting.day)
    seats: QuerySet[Membership] = Membership.objects.filter(still, body=meeting.body_id)
    if isinstance(record, Organisation):
        return seats.filter(organisation=record).exists()
    here = Attendance.objects.filter(meeting=meeting, person=record, membership__isnull=False)
    return seats.filter(Q(person=record) | Q(alternate=record)).exists() or here.exists()
