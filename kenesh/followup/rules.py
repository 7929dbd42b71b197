"""Who may do what with recommendations: the secretary of the body keeps them, its members read them."""

from __future__ import annotations

from kenesh.kernel import access
from kenesh.people.models import Body, Role, User
from kenesh.people.rules import bodies_as, plays


class Permission(access.Permission):
    SEE_RECOMMENDATIONS = "read the recommendations of one's bodies, internal ones too"
    KEEP_RECOMMENDATIONS = "add recommendations, send links, enter answers, judge, publish"


TABLE = access.rule_table(
    {
        Permission.SEE_RECOMMENDATIONS: lambda user: plays(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER),
        Permission.KEEP_RECOMMENDATIONS: lambda user: plays(user, Role.COUNCIL_SECRETARY),
    }
)


def bodies_read_by(user: User) -> set[int]:
    """Ids of the bodies whose recommendations this account may read."""
    return bodies_as(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)


def bodies_kept_by(user: User) -> set[int]:
    """Ids of the bodies whose recommendations this account keeps."""
    return bodies_as(user, Role.COUNCIL_SECRETARY)


def bodies_to_enter_for(user: User) -> list[Body]:
    """Bodies to which this account may hand recommendations that it read in documents: an editor of the library to any, a
    secretary to her own. They are internal until the secretary of the body publishes them."""
    rows = Body.objects.order_by("id")
    return list(rows if plays(user, Role.EDITOR) else rows.filter(pk__in=bodies_kept_by(user)))
