"""How every change of a case is written: sealed, once for each form, with its entry in the trail."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.models import (
    NO_DEADLINE,
    OPEN,
    Case,
    Deadline,
    Epoch,
    FollowUp,
    Grant,
    Letter,
    Matter,
    Party,
    Person,
    SealedRow,
    Sheet,
    Status,
    Step,
    Sum,
)
from kenesh.casework.opening import Body, ChangedMeanwhile, OpenCase, open_case
from kenesh.casework.retention import kept_longer
from kenesh.kernel import trail
from kenesh.people import content
from kenesh.people.keyring import Keyring
from kenesh.people.queries import current_epoch


def target(case: Case) -> str:
    """How the trail names a case."""
    return f"case:{case.uid.hex}"


def first_epoch(case: Case) -> OpenCase:
    """The first content key of a new case, granted to its office."""
    epoch = Epoch(case=case, number=1)
    key = content.new_content_key(epoch)
    epoch.save()
    grant = Grant(epoch=epoch)
    content.fill_grant(grant, epoch, key, current_epoch(case.office))
    grant.save()
    return OpenCase(case, epoch, {1: key})


def store(opened: OpenCase, row: SealedRow, body: Body) -> None:
    """Seals the content into the row and saves it; inside the caller's transaction."""
    opened.seal(row, body)
    row.save()


def add_row(*, keyring: Keyring, case: Case, row: SealedRow, body: Body, key: uuid.UUID, verb: str) -> None:
    """A new sealed row; the same form sent twice makes one."""
    opened = open_case(case, keyring)
    with transaction.atomic():
        if type(row)._default_manager.filter(request_key=key).exists():
            return
        row.request_key = key
        with kept_longer(opened, row):
            store(opened, row, body)
        if isinstance(row, Deadline):
            keep_earliest_deadline(case)
        trail.record(verb=verb, target=target(case), by=keyring.user, chain=case.office.chain)


def change_row(
    *,
    keyring: Keyring,
    row: Person | Matter | Deadline | Sum | FollowUp | Party | Sheet | Step | Letter,
    changes: Body,
    version: int,
) -> None:
    """Saves changes of a row of a case. Raises ChangedMeanwhile when somebody saved since `version` was read."""
    case = row.case
    opened = open_case(case, keyring)
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        body = opened.open(locked).body
        if locked.version != version:
            raise ChangedMeanwhile(body)
        locked.version += 1
        with kept_longer(opened, locked):
            store(opened, locked, {**body, **changes})
        verb = f"change_{locked._meta.model_name}"
        trail.record(verb=verb, target=target(case), by=keyring.user, chain=case.office.chain)


def keep_earliest_deadline(case: Case) -> None:
    """The case stands in the queue by its earliest open deadline; while the person waits for us, by the day of our answer too."""
    earliest = case.deadlines.filter(done=False).aggregate(day=Min("due_on"))["day"]
    waits = Q(appeals__status__in=(*UNOPENED, AppealStatus.OFFICE))
    of_us = Case.objects.filter(pk=case.pk, status=Status.OFFICE)
    answer = of_us.aggregate(day=Min("appeals__due_on", filter=waits))["day"]
    due_on = min((day for day in (earliest, answer) if day is not None), default=NO_DEADLINE)
    Case.objects.filter(pk=case.pk).update(due_on=due_on)


def answered(appeal: Appeal, cases: Iterable[Case]) -> None:
    """Somebody has talked with her: she waits no more for our answer, though the case may be with us. In the caller's transaction."""
    appeal.refresh_from_db(fields=["status", "due_on"])
    if appeal.status == AppealStatus.OFFICE and appeal.due_on is not None:
        appeals.set_status(appeal=appeal, status=AppealStatus.OFFICE)
        for case in cases:
            keep_earliest_deadline(case)


def locked_appeals(case: Case) -> list[Appeal]:
    """The case's appeals, locked: appeals first, then the case, then the head of the trail; in one order nothing deadlocks."""
    return list(case.appeals.select_related("office").select_for_update(of=("self",)).order_by("id"))


def move(case: Case, status: Status, waits_for: str = "") -> bool:
    """Whether this changed anything; a case that is being erased stays so. `waits_for`: whom, where a case waits for others."""
    rows = Case.objects.filter(pk=case.pk).exclude(status=Status.ERASING).exclude(status=status, waits_for=waits_for)
    # Only a closed case has a day on which it is destroyed; closing sets it.
    day = {} if status == Status.CLOSED else {"keep_until": None}
    changed = rows.update(status=status, waits_for=waits_for, **day)
    if changed and status != Status.CLOSED:  # checks are made of a closed case alone
        case.followups.filter(done=False).update(cancelled=True)
    case.refresh_from_db(fields=["status", "waits_for"])
    return bool(changed)


def wait_for_us(cases: QuerySet[Case]) -> None:
    """Those of these open cases that waited for somebody else wait for the office now, each by its own day."""
    for case in cases.filter(status__in=OPEN).order_by("id"):
        move(case, Status.OFFICE)
        keep_earliest_deadline(case)
