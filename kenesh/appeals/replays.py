"""What the ledger of destroyed keys does again on a restored backup: erased and withdrawn appeals stay so."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from kenesh.appeals import signals
from kenesh.appeals.actions import ERASED_AFTER_DAYS
from kenesh.appeals.models import Appeal, Grant, ReceiptKey, Status
from kenesh.kernel import ledger
from kenesh.people import content


def _appeal(target: str) -> Appeal | None:
    """None for one that the backup does not hold."""
    return Appeal.objects.filter(uid=UUID(target.partition(":")[2])).first()


@ledger.replays("destroy_appeal")
def destroy(target: str) -> None:
    appeal = _appeal(target)
    if appeal is not None:
        signals.appeal_destroyed.send(sender=Appeal, appeal=appeal)
        Grant.objects.filter(epoch__appeal=appeal).delete()
        ReceiptKey.objects.filter(epoch__appeal=appeal).delete()
        appeal.delete()


@ledger.replays("withdraw")
def withdraw(target: str) -> None:
    """The office's grants go; whoever holds the receipt can give her consent anew."""
    appeal = _appeal(target)
    if appeal is not None:
        Grant.objects.filter(epoch__appeal=appeal).delete()
        Appeal.objects.filter(pk=appeal.pk).update(status=Status.WITHDRAWN, due_on=None, erase_on=None)


@ledger.replays("request_erasure", undone_by="cancel_erasure")
def request_erasure(target: str) -> None:
    """Closed to everybody but the receipt; her days to think again begin anew."""
    appeal = _appeal(target)
    if appeal is None or appeal.status == Status.ERASING:
        return
    owner = appeal.receipts.order_by("id").first()  # also a co-holder owns his part
    if owner is None:
        destroy(target)  # nobody could stop it
        return
    for grant in Grant.objects.filter(epoch__appeal=appeal):
        content.latch(grant, bytes(owner.public_key))
        grant.save(update_fields=["sealed_key", "latched"])
    erase_on = timezone.localdate() + timedelta(days=ERASED_AFTER_DAYS)
    Appeal.objects.filter(pk=appeal.pk).update(status=Status.ERASING, erase_on=erase_on)
    signals.erasure_requested.send(sender=Appeal, appeal=appeal, receipt_public_key=bytes(owner.public_key))


@ledger.replays("replace_receipt", "replace_lost_receipt")
def forget_replaced_receipt(target: str) -> None:
    """Digits that somebody else had seen, or that were lost, open nothing again; an office can make digits where there are none."""
    appeal = _appeal(target)
    if appeal is not None:
        appeal.receipts.all().delete()
