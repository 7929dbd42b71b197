"""Who may do what with problems: organisations of a body put them forward, its secretary decides."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kenesh.kernel import access
from kenesh.people.models import Membership, Role, User
from kenesh.people.rules import bodies_as, organisations_as, plays
from kenesh.problems.models import Problem

OFFICE = (Role.ORGANISATION_ADMIN, Role.CASEWORKER)


class Permission(access.Permission):
    SEE_PROBLEMS = "read the problems put to one's bodies, also those not taken up"
    PROPOSE_PROBLEM = "put a problem to a body of which one's organisation is a member"
    SUPPORT_PROBLEM = "say for one's organisation that it sees the problem too"
    DECIDE_PROBLEM = "take up, put off, close and join problems of one's body"


def organisations_of(user: User) -> set[int]:
    """Ids of the organisations for which the account speaks: where it works, and its person's own in a council."""
    own = organisations_as(user, *OFFICE)
    if user.person is not None and user.person.organisation_id and plays(user, Role.COUNCIL_MEMBER):
        own.add(user.person.organisation_id)
    return own


def seats(user: User, today: date) -> list[Membership]:
    """Memberships, sitting today, of the organisations for which the account speaks; of its colleagues' seats too."""
    own = organisations_of(user)
    return list(
        Membership.objects.filter(Q(organisation__in=own) | Q(person__organisation__in=own))
        .filter(Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today))
        .select_related("person")
        .order_by("id")
    )


def keeps(user: User, body_id: int) -> bool:
    """Whether the account is secretary of this very body."""
    return body_id in bodies_as(user, Role.COUNCIL_SECRETARY)


def bodies_seen(user: User, today: date) -> set[int]:
    """Ids of the bodies whose problems the account may read."""
    return bodies_as(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER) | {seat.body_id for seat in seats(user, today)}


def seat_organisation(seat: Membership) -> int | None:
    """The organisation that sits there, itself or through a person."""
    return seat.organisation_id or (seat.person.organisation_id if seat.person else None)


def may_edit(user: User, problem: Problem) -> bool:
    """The secretary until it is closed or joined; who put it forward, until it is taken up."""
    if problem.status in {Problem.Status.CLOSED, Problem.Status.MERGED}:
        return False
    if keeps(user, problem.body_id):
        return True
    undecided = problem.status in {Problem.Status.PROPOSED, Problem.Status.DEFERRED}
    return undecided and problem.proposed_by_id in organisations_of(user)


def may_escalate(user: User, problem: Problem) -> bool:
    """The secretary of the body that took it up asks another body."""
    return problem.status == Problem.Status.ACCEPTED and keeps(user, problem.body_id)


TABLE = access.rule_table(
    {
        Permission.SEE_PROBLEMS: lambda user: plays(user, *OFFICE, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER),
        Permission.PROPOSE_PROBLEM: lambda user: plays(user, *OFFICE, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER),
        Permission.SUPPORT_PROBLEM: lambda user: plays(user, *OFFICE, Role.COUNCIL_MEMBER),
        Permission.DECIDE_PROBLEM: lambda user: plays(user, Role.COUNCIL_SECRETARY),
    }
)
