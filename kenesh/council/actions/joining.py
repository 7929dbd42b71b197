"""Two records of the same organisation, or of the same person, become one."""

from __future__ import annotations

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
from kenesh.people.models import Organisation, Person


def move_organisation(*, stays: Organisation, goes: Organisation) -> None:
    """The room of people writes the trail. Minutes that a body has approved stay as they were approved."""
    AgendaItem.objects.filter(reporting=goes).update(reporting=stays)
    Attendance.objects.filter(organisation=goes).update(organisation=stays)
    Invitation.objects.filter(organisation=goes).update(organisation=stays)
    Proposal.objects.filter(by_organisation=goes).update(by_organisation=stays)
    CoSigner.objects.filter(organisation=goes).update(organisation=stays)
    for proposal in Proposal.objects.filter(addressees=goes):
        proposal.addressees.add(stays)
        proposal.addressees.remove(goes)


def move_person(*, stays: Person, goes: Person) -> None:
    """The room of people writes the trail."""
    Meeting.objects.filter(chair=goes).update(chair=stays)
    Meeting.objects.filter(secretary=goes).update(secretary=stays)
    AgendaItem.objects.filter(reporter=goes).update(reporter=stays)
    Attendance.objects.filter(person=goes).update(person=stays)
    AttendanceDay.objects.filter(alternate=goes).update(alternate=stays)
    Proposal.objects.filter(by_person=goes).update(by_person=stays)
    SessionPerson.objects.filter(person=goes).update(person=stays)
    Vote.objects.filter(alternate=goes).update(alternate=stays)
