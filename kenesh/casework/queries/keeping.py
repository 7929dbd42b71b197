"""Which cases are to be destroyed, and when: by their day alone, nothing is opened for it. And which are held, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.models import Case, Hold, KeptAppeal, Status
from kenesh.casework.opening_many import bodies, open_cases
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as


def offices_of(user: User) -> list[Organisation]:
    """Offices in which this account does casework."""
    return list(Organisation.objects.filter(pk__in=organisations_as(user, Role.CASEWORKER)).order_by("id"))


@dataclass(frozen=True)
class ToDestroy:
    """A closed case, or a closed appeal from which no case was opened; of both what stands in the clear."""

    kind: str  # case or appeal
    code: str
    theme: str
    keep_until: date


def to_destroy(office: Organisation, *, until: date, limit: int = 50) -> list[ToDestroy]:
    """Whose day is at most `until`, the earliest first; one more than `limit` when there are more."""
    cases = Case.objects.filter(office=office, keep_until__lte=until, status=Status.CLOSED).order_by("keep_until", "id")
    appeals = closed_appeals(office).filter(keep_until__lte=until).order_by("keep_until", "id")
    found = [("case", *row) for row in cases.values_list("code", "theme", "keep_until")[: limit + 1]]
    found += [("appeal", *row) for row in appeals.values_list("appeal__code", "appeal__theme", "keep_until")[: limit + 1]]
    rows = [ToDestroy(kind, code, theme, day) for kind, code, theme, day in found if day is not None]
    return sorted(rows, key=lambda row: row.keep_until)[: limit + 1]


def closed_appeals(office: Organisation) -> QuerySet[KeptAppeal]:
    """Closed appeals without a case; one that its person has taken back, or is having erased, goes its own way."""
    return KeptAppeal.objects.filter(office=office, appeal__status=AppealStatus.CLOSED)


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
    wanted = {
        "due": Count("id", filter=Q(keep_until__lte=today)),
        "soon": Count("id", filter=Q(keep_until__gt=today, keep_until__lte=soon)),
        "later": Count("id", filter=Q(keep_until__gt=soon)),
    }
    cases: dict[str, int] = Case.objects.filter(office=office, keep_until__isnull=False).aggregate(**wanted)
    appeals: dict[str, int] = closed_appeals(office).aggregate(**wanted)
    return {name: cases[name] + appeals[name] for name in wanted}


def kept_until(appeal: Appeal) -> date | None:
    """The day until which a closed appeal without a case is kept."""
    return KeptAppeal.objects.filter(appeal=appeal).values_list("keep_until", flat=True).first()
