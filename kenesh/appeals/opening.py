"""Opening an appeal: with the keys of an office's session, or with the person's own receipt."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from kenesh.appeals.models import Appeal, Callback, Entry, Epoch, Grant, Receipt, ReceiptKey
from kenesh.kernel import vault
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring

Answers = dict[str, Any]


@dataclass(frozen=True)
class OpenEntry:
    """A line of the appeal's history. `kind`: message, step, consent, contact, quotation."""

    number: int  # the row's id: order of writing
    kind: str
    by: str  # "person" or "office"
    at: datetime
    body: dict[str, Any]
    uid: str = ""

    @property
    def text(self) -> str:
        return str(self.body.get("text", ""))


@dataclass
class OpenAppeal:
    """An appeal with its content keys, for one request. Nothing of it may be stored or logged."""

    appeal: Appeal
    epoch: Epoch
    keys: dict[int, bytes] = field(repr=False)

    @property
    def key(self) -> bytes:
        return self.keys[self.epoch.number]

    @property
    def first_key(self) -> bytes:
        """The key of the oldest epoch that there is: answers lie under it."""
        return self.keys[min(self.keys)]

    def answers(self) -> Answers:
        plain = vault.open_sealed(self.first_key, bytes(self.appeal.sealed_answers), place_of_answers(self.appeal))
        answers: Answers = json.loads(plain)
        return answers

    def entries(self) -> list[OpenEntry]:
        return [self.open_entry(row) for row in Entry.objects.filter(appeal=self.appeal).order_by("id")]

    def open_entry(self, row: Entry) -> OpenEntry:
        if row.epoch not in self.keys:
            raise KeyMissing
        body = json.loads(vault.open_sealed(self.keys[row.epoch], bytes(row.sealed), place_of_entry(row)))
        return OpenEntry(row.pk, body["kind"], body["by"], datetime.fromisoformat(body["at"]), body, row.uid.hex)

    def callback(self, row: Callback) -> dict[str, Any]:
        """What a call-back holds. Raises KeyMissing."""
        if row.epoch not in self.keys:
            raise KeyMissing
        body: dict[str, Any] = json.loads(vault.open_sealed(self.keys[row.epoch], bytes(row.sealed), place_of_callback(row)))
        return body

    def sealed_bytes(self, plain: bytes, place: vault.Place) -> bytes:
        """Sealed under the newest key."""
        return vault.seal(self.key, plain, place)

    def sealed_entry(self, *, kind: str, by: str, at: datetime, request_key: uuid.UUID | None = None, **body: Any) -> Entry:
        """An unsaved line, sealed under the newest key."""
        row = Entry(appeal=self.appeal, epoch=self.epoch.number, request_key=request_key)
        if "uid" in body:  # chosen by whoever signed the body
            row.uid = uuid.UUID(body.pop("uid"))
        self.seal_entry(row, kind=kind, by=by, at=at, body=body)
        return row

    def seal_entry(self, row: Entry, *, kind: str, by: str, at: datetime, body: dict[str, Any]) -> None:
        """Puts the content into an unsaved line."""
        row.is_news = by == "office" and kind in ("message", "step")
        plain = {"kind": kind, "by": by, "at": at.isoformat(timespec="seconds"), **body}
        row.sealed = vault.seal(self.key, json.dumps(plain, ensure_ascii=False).encode(), place_of_entry(row))


def place_of_answers(appeal: Appeal) -> vault.Place:
    return vault.Place("appeals_appeal", "sealed_answers", appeal.uid.hex)


def place_of_entry(row: Entry) -> vault.Place:
    return vault.Place("appeals_entry", "sealed", row.uid.hex, row.epoch)


def place_of_callback(row: Callback) -> vault.Place:
    return vault.Place("appeals_callback", "sealed", row.uid.hex, row.epoch, row.version)


def place_of_receipt_key(row: ReceiptKey, epoch: Epoch) -> vault.Place:
    return vault.Place("appeals_receiptkey", f"sealed_key:{epoch.uid.hex}", row.uid.hex, epoch.number)


def place_of_seen(receipt: Receipt) -> vault.Place:
    return vault.Place("appeals_receipt", "sealed_seen", receipt.uid.hex)


def open_for_office(appeal: Appeal, keyring: Keyring) -> OpenAppeal:
    """With the grants of this session. Raises KeyMissing, also after the person withdrew or is erasing."""

    def with_grants(epoch: Epoch) -> bytes:
        return content.open_grants(epoch, epoch.grants.select_related("organisation_epoch"), keyring)

    epochs = list(appeal.epochs.order_by("-number"))
    epoch, keys = content.open_chain(epochs, with_grants)
    opened = OpenAppeal(appeal, epoch, keys)
    if epoch == epochs[0] and content.outdated(epoch.grants.all()):
        return begin_epoch(opened) or open_for_office(appeal, keyring)
    return opened


def begin_epoch(opened: OpenAppeal) -> OpenAppeal | None:
    """A new content key after somebody left who could open this one: she reads nothing that is written from now on.

    None when another request has begun it, or the person has closed it, a moment ago. Needs no key of an office: it seals to public keys.
    """
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=opened.appeal.pk)
        if Epoch.objects.filter(appeal=appeal, number__gt=opened.epoch.number).exists():
            return None
        if opened.epoch.grants.filter(latched=True).exists():
            return None  # she has closed it for erasure a moment ago: a new grant would open it again
        epoch = Epoch(appeal=appeal, number=opened.epoch.number + 1)
        key = content.new_content_key(epoch, previous=opened.key)
        epoch.save()
        for holder in content.holders_who_stay(opened.epoch.grants.all()):
            grant = Grant(epoch=epoch)
            content.fill_grant(grant, epoch, key, holder)
            grant.save()
        for receipt in appeal.receipts.all():
            row = ReceiptKey(epoch=epoch, receipt=receipt)
            row.sealed_key = vault.seal_to(bytes(receipt.public_key), key, place_of_receipt_key(row, epoch))
            row.save()
    return OpenAppeal(opened.appeal, epoch, {**opened.keys, epoch.number: key})


def open_several(appeals: Iterable[Appeal], keyring: Keyring) -> dict[int, OpenAppeal]:
    """By the appeals' ids, those that this session opens: three queries, whatever their number."""
    several = {appeal.pk: appeal for appeal in appeals}
    opened = content.open_many(Epoch, Grant, "appeal_id", several, keyring)
    return {pk: OpenAppeal(several[pk], epoch, keys) for pk, (epoch, keys) in opened.items()}


def open_for_receipt(receipt: Receipt, secret: bytes) -> OpenAppeal:
    """With the person's own key. Raises KeyMissing for a receipt that was given no key, vault.Tampered for another's."""

    def with_receipt(epoch: Epoch) -> bytes:
        row = epoch.receipt_keys.filter(receipt=receipt).first()
        if row is None:
            raise KeyMissing
        return vault.open_from(secret, bytes(row.sealed_key), place_of_receipt_key(row, epoch))

    epochs = list(receipt.appeal.epochs.order_by("-number"))
    epoch, keys = content.open_chain(epochs, with_receipt)
    opened = OpenAppeal(receipt.appeal, epoch, keys)
    if epoch == epochs[0] and content.outdated(epoch.grants.all()):
        return begin_epoch(opened) or open_for_receipt(receipt, secret)
    return opened
