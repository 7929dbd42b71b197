"""Erasing, which the person alone asks for and can stop for 72 hours."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import signals
from kenesh.appeals.actions.holding import Holder
from kenesh.appeals.actions.sealing import locked, target
from kenesh.appeals.destroying import destroy
from kenesh.appeals.models import Appeal, Grant, Notice, Status
from kenesh.kernel import trail
from kenesh.people import content

ERASED_AFTER_DAYS = 4  # counted in whole days, so never less than the 72 hours that are promised


def request_erasure(*, holder: Holder) -> None:
    """Closes everything at once for everybody but the holder of the receipt, and destroys it after 72 hours."""
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            return
        holder.opened.sealed_entry(
            kind="step", by="person", at=timezone.now(), code="erasure", status_before=appeal.status
        ).save()
        for grant in Grant.objects.filter(epoch__appeal=appeal).select_for_update():
            content.latch(grant, bytes(holder.receipt.public_key))
            grant.save(update_fields=["sealed_key", "latched"])
        Notice.objects.filter(appeal=appeal).delete()
        appeal.status = Status.ERASING
        appeal.erase_on = timezone.localdate() + timedelta(days=ERASED_AFTER_DAYS)
        appeal.save(update_fields=["status", "erase_on"])
        signals.erasure_requested.send(sender=Appeal, appeal=appeal, receipt_public_key=bytes(holder.receipt.public_key))
        trail.record(verb="request_erasure", target=target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def cancel_erasure(*, holder: Holder) -> None:
    """Gives everything back as it was before the erasure was asked for. Raises vault.Tampered for another's receipt."""
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status != Status.ERASING:
            return
        for grant in Grant.objects.filter(epoch__appeal=appeal, latched=True).select_for_update():
            content.unlatch(grant, holder.secret)
            grant.save(update_fields=["sealed_key", "latched"])
        asked = [entry for entry in holder.opened.entries() if entry.body.get("code") == "erasure"]
        # No line of the asking when the node was restored from an older backup and the ledger asked again.
        appeal.status, appeal.erase_on = Status(asked[-1].body["status_before"] if asked else Status.OFFICE), None
        appeal.save(update_fields=["status", "erase_on"])
        if appeal.restricted and appeal.status != Status.WITHDRAWN and not Grant.objects.filter(epoch__appeal=appeal).exists():
            signals.restricted_given_back.send(sender=Appeal, appeal=appeal, opened=holder.opened)
        holder.opened.sealed_entry(kind="step", by="person", at=timezone.now(), code="erasure_cancelled").save()
        signals.erasure_cancelled.send(sender=Appeal, appeal=appeal, opened=holder.opened, receipt_secret=holder.secret)
        trail.record(verb="cancel_erasure", target=target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def destroy_erased(*, today: date) -> int:
    """Destroys the appeals whose time has come, keys first; gives how many. Needs no key itself."""
    count = 0
    for appeal in Appeal.objects.filter(status=Status.ERASING, erase_on__lte=today).select_related("office"):
        with transaction.atomic():
            row = locked(appeal)
            if row.status != Status.ERASING:
                continue  # she has stopped it a moment ago
            destroy(row, by="worker")
            count += 1
    return count
