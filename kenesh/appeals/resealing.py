"""A new content epoch of an appeal for other holders: named people of its office, or another office. Receipts keep theirs."""

from __future__ import annotations

from collections.abc import Iterable

from kenesh.appeals import opening
from kenesh.appeals.models import Appeal, Callback, Epoch, Grant, ReceiptKey
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import vault
from kenesh.people import content
from kenesh.people.models import Organisation, OrganisationEpoch, User

Holders = Iterable[OrganisationEpoch | User]


def reseal(opened: OpenAppeal, *, to: Holders) -> OpenAppeal:
    """Takes away every grant and begins an epoch that `to` and the receipts open; inside the caller's transaction, under
    the appeal's lock. What somebody has read before, she may have kept."""
    appeal = opened.appeal
    Grant.objects.filter(epoch__appeal=appeal).delete()
    epoch = Epoch(appeal=appeal, number=opened.epoch.number + 1)
    key = content.new_content_key(epoch, previous=opened.key)
    epoch.save()
    for receipt in appeal.receipts.all():
        row = ReceiptKey(epoch=epoch, receipt=receipt)
        row.sealed_key = vault.seal_to(bytes(receipt.public_key), key, opening.place_of_receipt_key(row, epoch))
        row.save()
    renewed = OpenAppeal(appeal, epoch, {**opened.keys, epoch.number: key})
    grant(renewed, to=to)
    return renewed


def grant(opened: OpenAppeal, *, to: Holders) -> None:
    """Gives the newest key, and with it all before it, to more holders; inside the caller's transaction."""
    for holder in to:
        row = Grant(epoch=opened.epoch)
        content.fill_grant(row, opened.epoch, opened.key, holder)
        row.save()


def readdress(appeal: Appeal, office: Organisation) -> None:
    """The office whose appeal it is from now on, with the calls that the person asked for; no key moves here."""
    Appeal.objects.filter(pk=appeal.pk).update(office=office)
    Callback.objects.filter(appeal=appeal).update(office=office)
