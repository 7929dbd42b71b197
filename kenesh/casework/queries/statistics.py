"""For which offices somebody counts, and what she counted before."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from kenesh.casework.models import Job
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as

KIND = "statistics"
MOST_SHOWN = 20


def offices_to_count(user: User) -> QuerySet[Organisation]:
    """Offices in which this account does casework and whose key it holds; of ended ones too, as long as there is a key."""
    mine = organisations_as(user, Role.CASEWORKER)
    return Organisation.objects.filter(pk__in=mine, epochs__keys__user=user).distinct().order_by("id")


def my_counts(user: User) -> list[Job]:
    """The newest first."""
    return list(_mine(user).order_by("-id")[:MOST_SHOWN])


def my_count(user: User, code: str) -> Job:
    """Raises Http404 for another's, and for an office where this account does no casework any more."""
    found = _mine(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _mine(user: User) -> QuerySet[Job]:
    jobs = Job.objects.filter(kind=KIND, owner=user, office__in=organisations_as(user, Role.CASEWORKER))
    return jobs.select_related("office", "owner")
