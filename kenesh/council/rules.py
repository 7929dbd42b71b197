"""Who may do what in a council: its secretary everything, its members take part for their own membership."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from kenesh.council.models import Meeting
from kenesh.kernel import access
from kenesh.kernel.access import holds
from kenesh.people.models import Body, Membership, MembershipRole, Person, Role, User
from kenesh.people.rules import Permission as PeoplePermission
from kenesh.people.rules import bodies_as, plays


class Permission(access.Permission):
    SEE_MEETINGS = "read the papers and the course of a body's meetings"
    KEEP_MEETINGS = "plan meetings, keep attendance, ballots and minutes of a body"
    TAKE_PART = "propose, say one's position and vote for one's own membership"
    KEEP_PROJECT_DOCUMENTS = "say which documents and meetings belong to a project of one's bodies"


def keeps(user: User, body: Body) -> bool:
    """Whether the account is secretary of this very body."""
    return body.pk in bodies_as(user, Role.COUNCIL_SECRETARY)


def sees(user: User, body: Body) -> bool:
    return body.pk in bodies_as(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)


def leads(user: User, meeting: Meeting) -> bool:
    """Whether the account gives the word and opens votes in this meeting: as secretary of its body, or as its chair. Where the
    meeting names none, that is who has the chair's seat in the body, such as somebody who was elected a minute ago."""
    if keeps(user, meeting.body):
        return True
    if user.person_id is None or not sees(user, meeting.body):
        return False
    if meeting.chair_id is not None:
        return user.person_id == meeting.chair_id
    return any(seat.role == MembershipRole.CHAIR for seat in own_memberships(user, meeting) if seat.person_id == user.person_id)


def bodies_seen(user: User) -> set[int]:
    """Ids of the bodies whose internal meetings this account may read: its own, and all for an editor of the library, who enters
    meetings that documents tell of."""
    if plays(user, Role.EDITOR):
        return set(Body.objects.values_list("pk", flat=True))
    return bodies_as(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)


def bodies_to_enter_for(user: User) -> list[Body]:
    """Bodies for which this account may enter a meeting that a document tells of: an editor of the library for any, a secretary
    for her own. It is internal until the secretary publishes it."""
    rows = Body.objects.order_by("id")
    return list(rows if plays(user, Role.EDITOR) else rows.filter(pk__in=bodies_as(user, Role.COUNCIL_SECRETARY)))


def own_memberships(user: User, meeting: Meeting) -> list[Membership]:
    """Seats that the account may speak for at this meeting: its person's own, and those of that person's organisation. Where the
    attendance says that the alternate is there, she alone speaks for the seat."""
    if user.person is None or not sees(user, meeting.body):
        return []
    theirs = Q(person=user.person) | Q(alternate=user.person)
    if user.person.organisation_id:
        theirs |= Q(organisation=user.person.organisation_id, person__isnull=True)
    rows = meeting.body.memberships.filter(theirs).select_related("person", "organisation").order_by("id")
    seats = [seat for seat in rows if seat.sits_on(meeting.day)]
    if not seats:
        return []
    alternates = dict(meeting.attendances.filter(by_alternate=True).values_list("membership_id", "person_id"))
    return [seat for seat in seats if _speaks_for(user.person, seat, alternates)]


def _speaks_for(person: Person, seat: Membership, alternates: Mapping[int, int]) -> bool:
    if seat.pk in alternates:
        return alternates[seat.pk] == person.pk
    of_house = person.organisation_id is not None and seat.organisation_id == person.organisation_id
    return seat.person_id == person.pk or (seat.person_id is None and of_house)


TABLE = access.rule_table(
    {
        Permission.SEE_MEETINGS: lambda user: plays(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER),
        Permission.KEEP_MEETINGS: lambda user: plays(user, Role.COUNCIL_SECRETARY),
        Permission.KEEP_PROJECT_DOCUMENTS: lambda user: holds(user, PeoplePermission.KEEP_PROJECTS),
        Permission.TAKE_PART: lambda user: plays(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER),
    }
)
