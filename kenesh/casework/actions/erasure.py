"""Erasure, which the person began with her receipt; needs no key of ours. And her messages, which wake the case."""

from __future__ import annotations

from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import first_answer
from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.actions.writing import keep_earliest_deadline, move, target
from kenesh.casework.models import Case, Grant, Status
from kenesh.kernel import trail
from kenesh.people import content


def latch_cases(*, appeal: Appeal, receipt_public_key: bytes) -> None:
    """Closes the cases that were opened from this appeal alone, until she stops the erasure or it is carried out."""
    for case in _cases_of_only(appeal):
        for grant in Grant.objects.filter(epoch__case=case).select_for_update():
            content.latch(grant, receipt_public_key)
            grant.save(update_fields=["sealed_key", "latched"])
        Case.objects.filter(pk=case.pk).update(status=Status.ERASING, status_before=case.status)


def unlatch_cases(*, appeal: Appeal, receipt_secret: bytes) -> None:
    for case in Case.objects.filter(appeals=appeal, status=Status.ERASING):
        if case.appeals.exclude(pk=appeal.pk).filter(status=AppealStatus.ERASING).exists():
            continue  # it was closed by the last of several who erase, and only her receipt opens it
        for grant in Grant.objects.filter(epoch__case=case, latched=True).select_for_update():
            content.unlatch(grant, receipt_secret)
            grant.save(update_fields=["sealed_key", "latched"])
        Case.objects.filter(pk=case.pk).update(status=case.status_before or Status.OFFICE, status_before="")


def destroy_cases(*, appeal: Appeal) -> None:
    """Destroys what was opened from this appeal alone: keys first."""
    for case in Case.objects.filter(appeals=appeal, status=Status.ERASING).select_related("office"):
        if case.appeals.exclude(pk=appeal.pk).exists():
            continue  # the last of its appeals takes it along
        Grant.objects.filter(epoch__case=case).delete()
        name, chain = target(case), case.office.chain
        case.delete()
        trail.record(verb="destroy_case", target=name, by="worker", chain=chain)


def person_wrote(*, appeal: Appeal) -> None:
    """Cases of this appeal wait for the office now, closed ones too, and stand in the queue by the day of the answer.

    When we waited for others, the day of an answer that was given by telephone, say, is long past: a new one is set.
    """
    for case in Case.objects.filter(appeals=appeal).exclude(status=Status.ERASING).order_by("id"):
        if appeal.status == AppealStatus.OFFICE and (case.status != Status.OFFICE or appeal.due_on is None):
            due_on = first_answer.due(appeal.office, timezone.localdate())
            appeals.set_status(appeal=appeal, status=AppealStatus.OFFICE, due_on=due_on)
        move(case, Status.OFFICE)
        keep_earliest_deadline(case)


def forget_day_of_answer(*, appeal: Appeal) -> None:
    """She has taken her consent back: nobody is late with an answer to her."""
    for case in Case.objects.filter(appeals=appeal).order_by("id"):
        keep_earliest_deadline(case)


def _cases_of_only(appeal: Appeal) -> list[Case]:
    cases = Case.objects.filter(appeals=appeal).select_for_update()
    return [
        case
        for case in cases
        if case.status != Status.ERASING and not case.appeals.exclude(pk=appeal.pk).exclude(status=AppealStatus.ERASING).exists()
    ]
