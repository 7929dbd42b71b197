"""How long a case is kept: planned when it is closed, held with a reason, destroyed by destroying its keys."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import destroying
from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.actions.writing import add_row, locked_appeals, target
from kenesh.casework.models import Case, Grant, Hold, KeptAppeal, RetentionOfType, RetentionRule, Status
from kenesh.casework.opening import Body, open_case
from kenesh.casework.retention import MONEY, months_by_money, months_later, months_of
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, User


class NotDue(Exception):
    """The case is open, held, or its time has not come."""


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


def plan_keeping(*, keyring: Keyring, case: Case) -> None:
    """The day until which a case that is being closed is kept; inside the caller's transaction. A held one has none."""
    opened = open_case(case, keyring)
    held = Hold.objects.filter(case=case).exists()
    until = None if held else months_later(timezone.localdate(), months_of(opened))
    Case.objects.filter(pk=case.pk).update(keep_until=until)


def plan_keeping_of_appeal(*, appeal: Appeal) -> None:
    """The day until which an appeal is kept that is closed although no case was opened from it; inside the caller's transaction."""
    until = months_later(timezone.localdate(), months_by_money(appeal.office, appeal.theme == MONEY))
    KeptAppeal.objects.get_or_create(appeal=appeal, defaults={"office": appeal.office, "keep_until": until})


def forget_day_of_appeal(*, appeal: Appeal) -> None:
    """She wrote again, or gave it back: it is no longer closed."""
    KeptAppeal.objects.filter(appeal=appeal).delete()


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


def destroy_appeal(*, appeal: Appeal, today: date, by: User | str) -> None:
    """Destroys a closed appeal without a case whose time has come, keys first. Needs no key itself. Raises NotDue."""
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).select_related("office").filter(pk=appeal.pk).first()
        due = KeptAppeal.objects.filter(appeal=appeal, keep_until__lte=today).exists()
        if locked is None or not due or locked.status != AppealStatus.CLOSED or Case.objects.filter(appeals=locked).exists():
            raise NotDue
        destroying.destroy(locked, by=by)


def destroy_due(*, today: date, limit: int = 500) -> int:
    """What the worker does: destroys what is due of the offices whose rule says that it goes by itself; gives how many."""
    offices = list(RetentionRule.objects.filter(by_itself=True).values_list("office_id", flat=True))
    cases = Case.objects.filter(office_id__in=offices, keep_until__lte=today, status=Status.CLOSED)
    appeals = KeptAppeal.objects.filter(office_id__in=offices, keep_until__lte=today, appeal__status=AppealStatus.CLOSED)
    count = 0
    for case in cases.order_by("keep_until", "id")[:limit]:
        with suppress(NotDue):  # opened again or held a moment ago
            destroy_case(case=case, today=today, by="worker")
            count += 1
    for row in appeals.select_related("appeal").order_by("keep_until", "id")[:limit]:
        with suppress(NotDue):  # she wrote again a moment ago
            destroy_appeal(appeal=row.appeal, today=today, by="worker")
            count += 1
    return count
