"""Which cases are to be destroyed, and when: by their day alone, nothing is opened for it."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from kenesh.casework.models import Case, Status
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as


def offices_of(user: User) -> list[Organisation]:
    """Offices in which this account does casework."""
    return list(Organisation.objects.filter(pk__in=organisations_as(user, Role.CASEWORKER)).order_by("id"))


def cases_to_destroy(office: Organisation, *, until: date, after: tuple[date, int] | None = None, limit: int = 50) -> list[Case]:
    """Closed cases whose day is at most `until`, the earliest first; one more than `limit` when there are more."""
    rows: QuerySet[Case] = Case.objects.filter(office=office, keep_until__lte=until, status=Status.CLOSED)
    if after is not None:
        rows = rows.filter(Q(keep_until__gt=after[0]) | Q(keep_until=after[0], id__gt=after[1]))
    return list(rows.order_by("keep_until", "id")[: limit + 1])


def destruction_counts(office: Organisation, *, today: date, soon: date) -> dict[str, int]:
    """`due` today, `soon` by that day, `later` after it."""
    counts: dict[str, int] = Case.objects.filter(office=office, keep_until__isnull=False).aggregate(
        due=Count("id", filter=Q(keep_until__lte=today)),
        soon=Count("id", filter=Q(keep_until__gt=today, keep_until__lte=soon)),
        later=Count("id", filter=Q(keep_until__gt=soon)),
    )
    return counts
