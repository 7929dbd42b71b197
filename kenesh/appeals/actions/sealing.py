"""What every action on an appeal shares: its lock, its name in the trail, and to whom its keys are sealed."""

from __future__ import annotations

from kenesh.appeals import opening
from kenesh.appeals.models import Appeal, Epoch, Grant, Receipt, ReceiptKey
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import inserting, vault
from kenesh.people import content
from kenesh.people.models import Organisation
from kenesh.people.queries import current_epoch


class Erasing(Exception):
    """The appeal is being erased; this can be done again when the person stops that."""


class OfficeEnded(Exception):
    """The office has ended and its keys are destroyed: what is sent to it now, nobody would ever read."""


def locked(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)


def target(appeal: Appeal) -> str:
    """How the trail names an appeal."""
    return f"appeal:{appeal.uid.hex}"


def grant_to(office: Organisation, epoch: Epoch, key: bytes) -> None:
    grant = Grant(epoch=epoch)
    content.fill_grant(grant, epoch, key, current_epoch(office))
    inserting.insert(grant)


def give_key(receipt: Receipt, epoch: Epoch, key: bytes) -> None:
    row = ReceiptKey(epoch=epoch, receipt=receipt)
    row.sealed_key = vault.seal_to(bytes(receipt.public_key), key, opening.place_of_receipt_key(row, epoch))
    inserting.insert(row)


def new_receipt(opened: OpenAppeal, keys: vault.ReceiptKeys, *, seen_by_other: bool, right: str = Receipt.Right.OWNER) -> Receipt:
    """A receipt that opens every epoch which `opened` opens."""
    receipt = Receipt(
        appeal=opened.appeal,
        right=right,
        lookup=keys.lookup,
        public_key=keys.pair.public,
        verify_key=keys.verify_key,
        seen_by_other=seen_by_other,
    )
    inserting.insert(receipt)
    only = opened.keys.keys() == {opened.epoch.number}  # so it is with a new appeal
    for epoch in [opened.epoch] if only else opened.appeal.epochs.all():
        if epoch.number in opened.keys:
            give_key(receipt, epoch, opened.keys[epoch.number])
    return receipt
