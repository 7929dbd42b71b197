"""Which cases are to be destroyed, and when: by their day alone, nothing is opened for it. And which are held, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from kenesh.casework.models import Case, Hold, Status
from kenesh.casework.opening_many import bodies, open_cases
from kenesh.people.keyring import Keyring
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


@dataclass(frozen=True)
class HeldCase:
    """A case that is held, and the day on which somebody said that he would look again."""

    case: Case
    look_again_on: date
    reason: str


def held_cases(office: Organisation, keyring: Keyring, *, limit: int = 200) -> list[HeldCase]:
    """Those that this session opens, whose day comes first at the top; the day is sealed, so that all are opened for it."""
    rows = list(Hold.objects.filter(case__office=office).select_related("case").order_by("id")[:limit])
    told = bodies(rows, open_cases([row.case for row in rows], keyring))
    found = [
        HeldCase(row.case, date.fromisoformat(told[row.case_id]["look_again_on"]), told[row.case_id]["reason"])
        for row in rows
        if row.case_id in told
    ]
    return sorted(found, key=lambda held: (held.look_again_on, held.case.pk))


def destruction_counts(office: Organisation, *, today: date, soon: date) -> dict[str, int]:
    """`due` today, `soon` by that day, `later` after it."""
    counts: dict[str, int] = Case.objects.filter(office=office, keep_until__isnull=False).aggregate(
        due=Count("id", filter=Q(keep_until__lte=today)),
        soon=Count("id", filter=Q(keep_until__gt=today, keep_until__lte=soon)),
        later=Count("id", filter=Q(keep_until__gt=soon)),
    )
    return counts
