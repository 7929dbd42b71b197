"""Reads about projects."""

from __future__ import annotations

from django.db.models import QuerySet

from kenesh.people.models import Body, Project, Role, User
from kenesh.people.queries.slicing import Slice, found, sliced
from kenesh.people.rules import bodies_as, plays


def _kept(user: User) -> QuerySet[Project]:
    """The node's administrator keeps all, a secretary those of her bodies."""
    rows = Project.objects.select_related("donor")
    if plays(user, Role.NODE_ADMIN):
        return rows
    mine = Project.objects.filter(bodies__in=bodies_as(user, Role.COUNCIL_SECRETARY))
    return rows.filter(pk__in=mine.values("pk"))


def projects_kept_by(user: User, *, after: str = "") -> Slice[Project]:
    """Projects that this account keeps, newest first."""
    return sliced(_kept(user), after)


def project_to_keep(user: User, code: str) -> Project:
    """Raises Http404, also for a project of other bodies."""
    return found(_kept(user).filter(code=code))


def bodies_for_projects(user: User) -> QuerySet[Body]:
    """Bodies that this account may put into a project."""
    return (
        Body.objects.all()
        if plays(user, Role.NODE_ADMIN)
        else Body.objects.filter(pk__in=bodies_as(user, Role.COUNCIL_SECRETARY))
    )
