"""Destroying an appeal: keys first, then everything that they opened. The ledger remembers it."""

from __future__ import annotations

from kenesh.appeals import signals
from kenesh.appeals.models import Appeal, Grant, ReceiptKey
from kenesh.kernel import trail


def destroy(appeal: Appeal, *, by: trail.Actor | str) -> None:
    """Destroys a locked appeal, inside the caller's transaction. Needs no key."""
    signals.appeal_destroyed.send(sender=Appeal, appeal=appeal)
    name, chain = f"appeal:{appeal.uid.hex}", appeal.office.chain
    Grant.objects.filter(epoch__appeal=appeal).delete()
    ReceiptKey.objects.filter(epoch__appeal=appeal).delete()
    appeal.delete()
    trail.record(verb="destroy_appeal", target=name, by=by, chain=chain)
