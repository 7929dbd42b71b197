"""Deadlines of a case: set free or from a legal time limit, done, undone, why one was missed; and whom a passed day is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kenesh.casework import kept
from kenesh.casework.actions.writing import add_row, change_row, keep_earliest_deadline, target
from kenesh.casework.limits import clocks
from kenesh.casework.models import NO_DEADLINE, OPEN, Case, Deadline, Escalation, LeadNote, LegalLimit, OfficeRule
from kenesh.casework.opening import Body
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, User
from kenesh.people.queries import current_epoch

SLICE = 500


def set_deadline(*, keyring: Keyring, case: Case, due_on: date, what: str, key: uuid.UUID, more: Body | None = None) -> None:
    """A day by which something must be done. `more`: how it came about, sealed beside the words."""
    body = {**(more or {}), "what": what}
    add_row(keyring=keyring, case=case, row=Deadline(case=case, due_on=due_on), body=body, key=key, verb="set_deadline")


def set_from_limit(
    *,
    keyring: Keyring,
    case: Case,
    limit: LegalLimit,
    country: str,
    start: date | datetime,
    what: str,
    key: uuid.UUID,
    spent: int = 0,
    proof: str = "",
    file: str = "",
) -> date | None:
    """Sets the earliest defensible day, today where none may be shown; gives it. None for a claim that does not run out.

    Raises OverflowError for a day beyond the calendar.
    """
    computed = clocks.compute(limit.as_clock, start, country, spent=spent)
    due_on = timezone.localdate() if computed.treat_as_today else computed.earliest
    if due_on is None:
        return None
    more: Body = {
        "limit": limit.code,
        "limit_version": limit.version,
        "country": country,
        "start": start.isoformat(),
        "spent": spent,
        "proof": proof,
        "file": file,
    }
    moment = computed.readings[0].moment if computed.readings else None
    with transaction.atomic():
        if moment is not None:
            more["hour"] = moment.isoformat()
            Case.objects.filter(pk=case.pk).update(urgent=True)  # what runs in hours stands on the board
        set_deadline(keyring=keyring, case=case, due_on=due_on, what=what, key=key, more=more)
    return due_on


def set_for_wages(
    *,
    keyring: Keyring,
    case: Case,
    limit: LegalLimit,
    country: str,
    pay_days: dict[date, Decimal | None],
    what: str,
    key: uuid.UUID,
    proof: str = "",
) -> date | None:
    """One clock for each pay day, and a deadline for each last day that has not passed, so that list, calendar and alarms go on to the
    next one when one passes. Gives the earliest; None when all have passed."""
    sums = {day: owed for day, owed in pay_days.items() if owed is not None}
    wages = clocks.wage_clocks(limit.as_clock, pay_days, country, timezone.localdate(), sums)
    today = timezone.localdate() if limit.as_clock.is_today else None
    due_on = today or wages.next_last_day
    if due_on is None:
        return None
    more = {
        "limit": limit.code,
        "limit_version": limit.version,
        "country": country,
        "pay_days": [[day.isoformat(), str(owed) if owed is not None else ""] for day, owed in sorted(pay_days.items())],
        "proof": proof,
        "series": key.hex,
    }
    later = {clock.computed.earliest for clock in wages.clocks if not clock.late} if today is None else set()
    with transaction.atomic():
        set_deadline(keyring=keyring, case=case, due_on=due_on, what=what, key=key, more=more)
        for day in sorted(day for day in later if day is not None and day > due_on):
            set_deadline(keyring=keyring, case=case, due_on=day, what=what, key=uuid.uuid5(key, day.isoformat()), more=more)
    return due_on


@transaction.atomic
def with_all(act: Callable[..., None], *, keyring: Keyring, deadlines: Iterable[Deadline]) -> None:
    """Does the same to all of a series, or to none."""
    for deadline in deadlines:
        act(keyring=keyring, deadline=deadline)


def finish_deadline(*, keyring: Keyring, deadline: Deadline) -> None:
    """What had to be done is done."""
    _set_done(keyring, deadline, True, "finish_deadline")


def undo_deadline(*, keyring: Keyring, deadline: Deadline) -> None:
    """It was not done after all: the day counts again."""
    _set_done(keyring, deadline, False, "undo_deadline")


def _set_done(keyring: Keyring, deadline: Deadline, done: bool, verb: str) -> None:
    with transaction.atomic():
        if not Deadline.objects.filter(pk=deadline.pk, done=not done).update(done=done):
            return
        keep_earliest_deadline(deadline.case)
        trail.record(verb=verb, target=target(deadline.case), by=keyring.user, chain=deadline.case.office.chain)


def change_deadline(*, keyring: Keyring, deadline: Deadline, due_on: date, what: str, version: int) -> None:
    """Another day or other words of a deadline that somebody set freely. Raises ChangedMeanwhile."""
    with transaction.atomic():
        change_row(keyring=keyring, row=deadline, changes={"what": what}, version=version)
        Deadline.objects.filter(pk=deadline.pk).update(due_on=due_on)
        keep_earliest_deadline(deadline.case)


def strike_deadline(*, keyring: Keyring, deadline: Deadline) -> None:
    """It was set by mistake: it goes, with its words."""
    with transaction.atomic():
        if Deadline.objects.filter(pk=deadline.pk).delete()[0]:
            keep_earliest_deadline(deadline.case)
            trail.record(verb="strike_deadline", target=target(deadline.case), by=keyring.user, chain=deadline.case.office.chain)


def follow_answer(
    *, keyring: Keyring, case: Case, before: uuid.UUID | None, now: uuid.UUID | None, due_on: date | None, what: str
) -> None:
    """The deadline of an awaited answer follows the letter or the referral that asked for it.

    `before` and `now`: keys of the deadline, None while no answer is awaited. Another day takes the place of the one before; what
    was answered is done; what somebody marked as done by hand stays so.
    """
    former = Deadline.objects.filter(case=case, request_key=before).select_related("case__office").first() if before else None
    if former is not None and now is None:
        finish_deadline(keyring=keyring, deadline=former)
    elif former is not None and now != before:
        strike_deadline(keyring=keyring, deadline=former)
    if now is None or due_on is None or now == before:
        return
    known = Deadline.objects.filter(case=case, request_key=now).select_related("case__office").first()
    if known is not None:
        undo_deadline(keyring=keyring, deadline=known)
    else:
        set_deadline(keyring=keyring, case=case, due_on=due_on, what=what, key=now)


def say_why_missed(*, keyring: Keyring, deadline: Deadline, words: str, version: int) -> None:
    """Why the day was missed: a court asks it before it restores a limit. Raises ChangedMeanwhile."""
    change_row(keyring=keyring, row=deadline, changes={"missed_why": words}, version=version)


# --- the office's rule, and the lead ------------------------------------------------------------------------------------


def set_office_rule(*, office: Organisation, lead: User | None, days: dict[str, int], by: User) -> None:
    """`days`: warn_days, escalate_days, first_answer_days, urgent_hours."""
    with transaction.atomic():
        OfficeRule.objects.update_or_create(office=office, defaults={"lead": lead, **days})
        trail.record(verb="set_office_rule", target=f"organisation:{office.uid.hex}", by=by, chain=office.chain)


def tell_lead_of_missed(*, case: Case) -> None:
    """A legal time limit passed while with us: the lead learns of it; inside the caller's transaction."""
    note = LeadNote(office=case.office)
    about = {"case": case.uid.hex, "on": timezone.localdate().isoformat()}
    kept.seal_to_office(note, about, current_epoch(case.office))
    note.save()


def end_lead_note(*, note: LeadNote, by: User) -> None:
    """The lead has seen to it: nothing of it stays."""
    with transaction.atomic():
        name, chain = f"note:{note.uid.hex}", note.office.chain
        if LeadNote.objects.filter(pk=note.pk).delete()[0]:
            trail.record(verb="end_lead_note", target=name, by=by, chain=chain)


def end_escalation(*, escalation: Escalation, by: User) -> None:
    """The lead has seen to it."""
    case = escalation.case
    with transaction.atomic():
        if Escalation.objects.filter(pk=escalation.pk, ended_on__isnull=True).update(ended_on=timezone.localdate()):
            trail.record(verb="end_escalation", target=target(case), by=by, chain=case.office.chain)


def escalate_late_cases(*, today: date) -> int:
    """Tells leads of open cases whose day passed as long ago as the office's rule says; gives how many new ones.

    Needs no key: it compares the days that stand in the clear. Run again on the same day, it does nothing.
    """
    _end_what_is_over()
    told = 0
    for rule in OfficeRule.objects.filter(lead__isnull=False).order_by("id"):
        told += sum(_tell_lead(rule, urgent, today) for urgent in (True, False))
    return told


def _tell_lead(rule: OfficeRule, urgent: bool, today: date) -> int:
    """What runs in hours cannot wait for the days of the rule: its lead is told on the next day."""
    days = 1 if urgent else max(1, rule.escalate_days)
    latest, after, told = today - timedelta(days=days), (date.min, 0), 0
    while late := _late_cases(rule, urgent, latest, after):
        rows = [Escalation(case_id=pk, due_on=due_on, raised_on=today) for due_on, pk in late]
        before = Escalation.objects.filter(case__in=[pk for _, pk in late]).count()
        Escalation.objects.bulk_create(rows, ignore_conflicts=True)
        told += Escalation.objects.filter(case__in=[pk for _, pk in late]).count() - before
        after = late[-1]
    seconds = Escalation.objects.filter(case__office_id=rule.office_id, case__urgent=urgent, ended_on__isnull=True, level=1)
    seconds.filter(due_on__lte=today - timedelta(days=2 * days)).update(level=2)
    return told


def _late_cases(rule: OfficeRule, urgent: bool, latest: date, after: tuple[date, int]) -> list[tuple[date, int]]:
    # One value in a list, not an equality: so the queue's index finds the days.
    rows = Case.objects.filter(office_id=rule.office_id, status__in=OPEN, urgent__in=(urgent,), due_on__lte=latest)
    rows = rows.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1])).order_by("due_on", "id")
    return list(rows.values_list("due_on", "id")[:SLICE])


def _end_what_is_over() -> None:
    """A day that was dealt with, or a case that was closed, is no longer told. Should it count again, its lead learns of it again; what
    a lead has seen to stays."""
    rows = Escalation.objects.filter(ended_on__isnull=True)
    over = rows.filter(~Q(case__due_on=F("due_on")) | ~Q(case__status__in=OPEN) | Q(case__due_on=NO_DEADLINE))
    Escalation.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()
