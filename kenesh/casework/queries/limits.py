"""Reads about legal time limits, an office's rules and what was told the lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kenesh.appeals import first_answer
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import kept
from kenesh.casework.models import (
    OPEN,
    CalendarLink,
    Case,
    Deadline,
    Escalation,
    ForWhom,
    LeadNote,
    LegalLimit,
    OfficeRule,
    Status,
)
from kenesh.kernel import vault
from kenesh.kernel.codes import is_code
from kenesh.kernel.workdays import calendar_of
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as

EAEU = frozenset({"AM", "BY", "KG", "KZ", "RU"})
LATE_SHOWN = 20
COUNTED = 1000


def limits_in_use(country: str = "") -> list[LegalLimit]:
    """The limits in use, those of one country when it is given; the list is short, a screen or two."""
    rows = LegalLimit.objects.filter(current=True).order_by("code")
    return [row for row in rows if not country or country in row.countries]


def limit_in_use(code: str) -> LegalLimit:
    """Raises Http404."""
    row = LegalLimit.objects.filter(code=code, current=True).first() if code.isprintable() else None
    if row is None:
        raise Http404
    return row


def limit_version(code: str, version: int) -> LegalLimit | None:
    return LegalLimit.objects.filter(code=code, version=version).first()


def versions_of(code: str) -> list[LegalLimit]:
    """Newest first."""
    return list(LegalLimit.objects.filter(code=code).select_related("changed_by").order_by("-version"))


def limits_that_fit(
    limits: Iterable[LegalLimit], *, country: str, theme: str, citizenships: set[str], today: date
) -> list[LegalLimit]:
    """Which of them are of the country, in force, for this theme and these people. An unknown citizenship rules nothing out."""
    in_force = [row for limit in limits if (row := version_in_force(limit, today)) is not None]
    return [row for row in in_force if country in row.countries and theme in row.themes and _concerns(row, citizenships)]


def version_in_force(limit: LegalLimit, day: date) -> LegalLimit | None:
    """The version in use when it is law on this day, else the newest before it that is; None when none of them is."""
    if _in_force(limit, day):
        return limit
    earlier = LegalLimit.objects.filter(code=limit.code, version__lt=limit.version).order_by("-version")
    return next((row for row in earlier if _in_force(row, day)), None)


def _in_force(row: LegalLimit, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_until is None or row.valid_until >= day)


def _concerns(row: LegalLimit, citizenships: set[str]) -> bool:
    known = {code for code in citizenships if code}
    if row.for_whom == ForWhom.ALL or not known:
        return True
    inside = bool(known & EAEU)
    return inside if row.for_whom == ForWhom.EAEU else bool(known - EAEU)


# --- the office's rule ------------------------------------------------------------------------------------------------


def rule_of(office: Organisation) -> OfficeRule:
    """The office's rule; the usual one, unsaved, when it has made none."""
    return OfficeRule.objects.filter(office=office).select_related("lead").first() or OfficeRule(office=office)


def rules_with_a_lead() -> QuerySet[OfficeRule]:
    """Rules of offices whose lead is there to be told: an active account that does casework in it."""
    return OfficeRule.objects.filter(
        lead__is_active=True, lead__roles__organisation=F("office"), lead__roles__role=Role.CASEWORKER
    ).distinct()


def offices_without_lead(offices: Iterable[int] | None = None) -> QuerySet[Organisation]:
    """Offices with a key in which nobody is told of a day that has passed; of these alone when some are given."""
    rows = Organisation.objects.filter(epochs__isnull=False, ended_on__isnull=True)
    rows = rows.exclude(pk__in=rules_with_a_lead().values("office"))
    return (rows if offices is None else rows.filter(pk__in=offices)).distinct().order_by("pk")


def offices_of(user: User) -> list[Organisation]:
    """The offices in which this account does casework."""
    return list(Organisation.objects.filter(pk__in=organisations_as(user, Role.CASEWORKER)).order_by("id"))


def office_of_caseworker(user: User, code: str) -> Organisation:
    """Raises Http404."""
    if not is_code(code):
        raise Http404
    found = Organisation.objects.filter(pk__in=organisations_as(user, Role.CASEWORKER), code=code).first()
    if found is None:
        raise Http404
    return found


def first_answer_days(office_id: int) -> int:
    """Within how many working days the office answers first."""
    found = OfficeRule.objects.filter(office_id=office_id).values_list("first_answer_days", flat=True).first()
    return first_answer.USUAL if found is None else found


def told_the_lead(cases: Iterable[Case]) -> dict[int, Escalation]:
    """Case id → what its lead was told and has not been ended; one query for a whole page of the queue."""
    rows = Escalation.objects.filter(case__in=[case.pk for case in cases], ended_on__isnull=True).order_by("due_on", "id")
    return {row.case_id: row for row in rows}


def stand_by_their_answer(cases: Iterable[Case]) -> set[int]:
    """Ids of those that stand in the queue by the day of our answer to the person; one query for a whole page."""
    listed = [case.pk for case in cases if case.status == Status.OFFICE and not case.urgent]
    waiting = Q(appeals__status__in=(*UNOPENED, AppealStatus.OFFICE), appeals__due_on=F("due_on"))
    return set(Case.objects.filter(waiting, pk__in=listed).values_list("pk", flat=True))


def escalations_for(lead: User) -> list[Escalation]:
    """What a lead has been told, the oldest day first; only of offices in which she still does casework."""
    offices = OfficeRule.objects.filter(lead=lead, office__in=organisations_as(lead, Role.CASEWORKER)).values("office")
    rows = Escalation.objects.filter(ended_on__isnull=True, case__office__in=offices)
    return list(rows.select_related("case", "case__assignee").order_by("due_on", "id")[:LATE_SHOWN])


@dataclass(frozen=True)
class Missed:
    """A limit that ran out while with us. `case`: None when its file is destroyed, or with another office."""

    note: LeadNote
    on: date
    case: Case | None


def missed_for(keyring: Keyring) -> list[Missed]:
    """What the lead has been told of her offices and has not seen to, the oldest first, as far as her keys open it."""
    notes = list(_notes_for(keyring.user).order_by("uid")[:LATE_SHOWN])
    opened = []
    for note in notes:
        try:
            opened.append((note, kept.read(note, keyring)))
        except KeyMissing:
            continue
    uids = [UUID(body["case"]) for _note, body in opened]
    cases = {case.uid.hex: case for case in Case.objects.filter(uid__in=uids).select_related("assignee")}
    found = []
    for note, body in opened:
        case = cases.get(body["case"])
        here = case is not None and case.office_id == note.office_id
        found.append(Missed(note, date.fromisoformat(body["on"]), case if here else None))
    return sorted(found, key=lambda one: one.on)


def note_for(lead: User, uid: UUID) -> LeadNote:
    """Raises Http404."""
    row = _notes_for(lead).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _notes_for(lead: User) -> QuerySet[LeadNote]:
    offices = OfficeRule.objects.filter(lead=lead, office__in=organisations_as(lead, Role.CASEWORKER)).values("office")
    return LeadNote.objects.filter(office__in=offices).select_related("office", "office_epoch")


def escalation_for(lead: User, pk: int) -> Escalation:
    """Raises Http404."""
    offices = OfficeRule.objects.filter(lead=lead, office__in=organisations_as(lead, Role.CASEWORKER)).values("office")
    row = Escalation.objects.filter(pk=pk, case__office__in=offices).select_related("case__office").first()
    if row is None:
        raise Http404
    return row


def counts_for_lead(rule: OfficeRule, today: date) -> dict[str, int]:
    """late: open cases past their day; soon: within the days of warning; unanswered: appeals past the first answer.

    Each is counted up to COUNTED and no further, so that a flood does not make the page slow.
    """
    # Naming both values of `urgent` lets the queue's index find the days.
    cases = Case.objects.filter(office_id=rule.office_id, status__in=OPEN, urgent__in=(True, False))
    late = cases.filter(due_on__lt=today)
    soon = cases.filter(due_on__range=(today, today + timedelta(days=rule.warn_days)))
    return {"late": _counted(late), "soon": _counted(soon), "unanswered": _counted(unanswered(rule, today))}


def _counted(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:COUNTED].count()


def unanswered(rule: OfficeRule, today: date) -> QuerySet[Appeal]:
    """Appeals whose first answer is late by the office's rule. Only the day of arrival is known: an urgent one that arrived
    before today is late whatever its hour."""
    latest = arrival_that_is_late(rule, today)
    late = Q(status=AppealStatus.URGENT, arrived_on__lt=today) | Q(arrived_on__lt=latest)
    return Appeal.objects.filter(late, office_id=rule.office_id, status__in=UNOPENED)


def arrival_that_is_late(rule: OfficeRule, today: date) -> date:
    """An appeal that arrived before this day should have been answered by now: the working days of the rule have passed."""
    calendar, day, left = calendar_of(rule.office.country), today, rule.first_answer_days
    while left:
        day -= timedelta(days=1)
        left -= not calendar.is_off(day)
    return day


# --- the calendar of deadlines ------------------------------------------------------------------------------------------


def calendar_links_of(user: User) -> list[CalendarLink]:
    return list(CalendarLink.objects.filter(user=user, revoked_on__isnull=True).order_by("-id"))


def calendar_link_of(user: User, uid: UUID) -> CalendarLink:
    """Raises Http404."""
    link = CalendarLink.objects.filter(user=user, uid=uid).first()
    if link is None:
        raise Http404
    return link


def calendar_link(token: str) -> CalendarLink:
    """The link behind a secret address: one keyed hash and one look-up, right or wrong. Raises Http404."""
    found = vault.link_hash(settings.SECRETS.pepper, token)
    link = (
        CalendarLink.objects.filter(token_hash=found, revoked_on__isnull=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if link is None:
        raise Http404
    return link


def days_about_now(cases: Iterable[int], today: date) -> list[Deadline]:
    """What these cases must do from yesterday to a week from now: limits that are counted in hours lie there."""
    near = (today - timedelta(days=1), today + timedelta(days=7))
    return list(Deadline.objects.filter(case__in=list(cases), done=False, due_on__range=near).order_by("id"))


def cases_with_deadlines(cases: Iterable[Case]) -> list[Case]:
    """Those of these open cases in which something must still be done by a day."""
    listed = list(cases)
    running = Deadline.objects.filter(case__in=[case.pk for case in listed], case__status__in=OPEN, done=False)
    found = set(running.values_list("case_id", flat=True))
    return [case for case in listed if case.pk in found]


def deadlines_by_day(link: CalendarLink) -> list[tuple[date, int]]:
    """Days with the number of open deadlines on each, from a month ago to two years ahead."""
    today = timezone.localdate()
    rows = Deadline.objects.filter(
        done=False,
        due_on__range=(today - timedelta(days=31), today + timedelta(days=731)),
        case__office_id__in=organisations_as(link.user, Role.CASEWORKER),
        case__status__in=OPEN,
    )
    if link.whose == CalendarLink.Whose.MINE:
        rows = rows.filter(case__assignee=link.user)
    return list(rows.values_list("due_on").annotate(number=Count("id")).order_by("due_on"))
