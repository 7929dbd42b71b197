"""How long a case is kept: planned when it is closed, held with a reason, destroyed by destroying its keys."""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import destroying
from kenesh.appeals.models import Appeal
from kenesh.casework.actions.writing import add_row, locked_appeals, target
from kenesh.casework.models import Case, Grant, Hold, RetentionOfType, RetentionRule, Sheet, Status
from kenesh.casework.opening import Body, OpenCase, open_case
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, User

MONEY = "pay"  # the top theme of wages


class NotDue(Exception):
    """The case is open, held, or its time has not come."""


def rule_of(office: Organisation) -> RetentionRule:
    """The office's rule; unsaved with the usual months when it has none of its own."""
    return RetentionRule.objects.filter(office=office).first() or RetentionRule(office=office)


def set_rule(
    *, office: Organisation, months: int, months_of_money: int, by_itself: bool, of_types: Mapping[str, int], by: User
) -> None:
    """For cases that are closed from now on; days that are set already stay. `of_types`: way of working → months."""
    with transaction.atomic():
        RetentionOfType.objects.filter(office=office).exclude(case_type__in=list(of_types)).delete()
        for case_type, number in of_types.items():
            RetentionOfType.objects.update_or_create(office=office, case_type=case_type, defaults={"months": number})
        RetentionRule.objects.update_or_create(
            office=office, defaults={"months": months, "months_of_money": months_of_money, "by_itself": by_itself}
        )
        numbers = [f"{months}/{months_of_money}/{by_itself:d}", *(f"{code}:{number}" for code, number in of_types.items())]
        trail.record(verb="set_retention", target=" ".join(numbers), by=by, chain=office.chain)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plan_keeping(*, keyring: Keyring, case: Case) -> None:
    """The day until which a case that is being closed is kept; inside the caller's transaction. A held one has none."""
    opened = open_case(case, keyring)
    held = Hold.objects.filter(case=case).exists()
    until = None if held else months_later(timezone.localdate(), months_of(opened))
    Case.objects.filter(pk=case.pk).update(keep_until=until)


def months_of(opened: OpenCase) -> int:
    """Those of the case's way of working where the office has set them; else those of money or the usual ones."""
    of_type = _months_of_type(opened)
    if of_type is not None:
        return of_type
    rule = rule_of(opened.case.office)
    return rule.months_of_money if about_money(opened) else rule.months


def _months_of_type(opened: OpenCase) -> int | None:
    of_types = months_of_types(opened.case.office)
    sheet = Sheet.objects.filter(case=opened.case).first() if of_types else None
    return None if sheet is None else of_types.get(str(opened.open(sheet).body.get("type") or ""))


def months_of_types(office: Organisation) -> dict[str, int]:
    """Way of working → months, of those that the office has set."""
    return dict(RetentionOfType.objects.filter(office=office).values_list("case_type", "months"))


def about_money(opened: OpenCase) -> bool:
    """Whether a sum or a theme of wages stands in the case."""
    return (
        opened.case.theme == MONEY
        or opened.case.sums.exists()
        or any(item.body.get("currency") or item.body.get("theme") == MONEY for item in opened.matters())
    )


def hold(*, keyring: Keyring, case: Case, reason: str, look_again_on: date, key: uuid.UUID) -> None:
    """Keeps the case whatever the rule says, with a reason. The same form sent twice holds once."""
    body: Body = {"reason": reason, "look_again_on": look_again_on.isoformat(), "by": keyring.user.name}
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if not Hold.objects.filter(case=locked).exists():
            add_row(keyring=keyring, case=case, row=Hold(case=case), body=body, key=key, verb="hold")
        Case.objects.filter(pk=case.pk).update(keep_until=None)


def lift_hold(*, keyring: Keyring, case: Case) -> None:
    """From now on the rule counts again, from today for a closed case. Raises KeyMissing: who cannot read a case does not move it."""
    open_case(case, keyring)
    with transaction.atomic():
        gone, _ = Hold.objects.filter(case=case).delete()
        if not gone:
            return
        if case.status == Status.CLOSED:
            plan_keeping(keyring=keyring, case=case)
        trail.record(verb="lift_hold", target=target(case), by=keyring.user, chain=case.office.chain)


def destroy_case(*, case: Case, today: date, by: User | str) -> None:
    """Destroys a closed case whose time has come: its keys first, then its rows and the appeals that stand in no other case.

    Needs no key itself. Raises NotDue.
    """
    with transaction.atomic():
        told = locked_appeals(case)
        locked = Case.objects.select_for_update().select_related("office").filter(pk=case.pk).first()
        if locked is None or locked.status != Status.CLOSED or locked.keep_until is None or locked.keep_until > today:
            raise NotDue
        only_here = [appeal for appeal in told if not _elsewhere(appeal, locked)]
        name, chain = target(locked), locked.office.chain
        Grant.objects.filter(epoch__case=locked).delete()
        locked.delete()
        for appeal in only_here:
            destroying.destroy(appeal, by=by)
        trail.record(verb="destroy_case", target=name, by=by, chain=chain)


def _elsewhere(appeal: Appeal, case: Case) -> bool:
    return Case.objects.filter(appeals=appeal).exclude(pk=case.pk).exists()


def destroy_due(*, today: date, limit: int = 500) -> int:
    """What the worker does: destroys due cases of the offices whose rule says that it goes by itself; gives how many."""
    offices = RetentionRule.objects.filter(by_itself=True).values_list("office_id", flat=True)
    due = Case.objects.filter(office_id__in=list(offices), keep_until__lte=today, status=Status.CLOSED).order_by(
        "keep_until", "id"
    )
    count = 0
    for case in due[:limit]:
        try:
            destroy_case(case=case, today=today, by="worker")
        except NotDue:
            continue  # opened again or held a moment ago
        count += 1
    return count
