"""What the ledger of destroyed keys does again on a restored backup: erased and withdrawn appeals stay so, and who could open
one at the end can open it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kenesh.appeals import signals
from kenesh.appeals.actions import ERASED_AFTER_DAYS
from kenesh.appeals.models import Appeal, Epoch, Grant, Receipt, ReceiptKey, Status
from kenesh.kernel import carried, ledger, rows
from kenesh.people import content

WHOSE = ("id", "office_id", "restricted", "theme", "origin", "destination")


def _appeal(target: str) -> Appeal | None:
    """None for one that the backup does not hold."""
    return Appeal.objects.filter(uid=_uid_of(target)).first()


def _uid_of(target: str) -> UUID:
    return UUID(target.partition(":")[2])


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


# --- who can open an appeal, as it was right after an act -----------------------------------------------------------------------


def key_tables(appeals: QuerySet[Appeal]) -> Iterator[rows.Table]:
    """Everything that leads to the keys of these appeals, and whose they are; ciphertext and public halves alone."""
    yield rows.table(appeals, WHOSE)
    yield rows.table(Epoch.objects.filter(appeal__in=appeals))
    yield rows.table(Grant.objects.filter(epoch__appeal__in=appeals))
    yield rows.table(Receipt.objects.filter(appeal__in=appeals))
    yield rows.table(ReceiptKey.objects.filter(epoch__appeal__in=appeals))


def put_keys(tables: list[rows.Table]) -> None:
    """The same on restored rows; of appeals that the backup does not hold, nothing."""
    whose = rows.rows_of(tables, Appeal)
    here = Appeal.objects.filter(pk__in=[appeal.pk for appeal in whose])
    Grant.objects.filter(epoch__appeal__in=here).delete()
    Receipt.objects.filter(appeal__in=here).delete()
    rows.change(whose, WHOSE)
    for model in (Epoch, Grant, Receipt, ReceiptKey):
        rows.put(rows.rows_of(tables, model))


@carried.carries(
    "replace_receipt", "replace_lost_receipt", collect=lambda target: key_tables(Appeal.objects.filter(uid=_uid_of(target)))
)
def put_new_receipt(target: str, tables: list[rows.Table] | None) -> None:
    """Her own digits open her appeal also after a restore from before she had them."""
    if tables is not None:
        put_keys(tables)
