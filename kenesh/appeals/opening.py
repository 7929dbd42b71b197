"""Opening an appeal: with the keys of an office's session, or with the person's own receipt."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kenesh.appeals.models import Appeal, Entry, Epoch, Receipt, ReceiptKey
from kenesh.kernel import vault
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring

Answers = dict[str, Any]


@dataclass(frozen=True)
class OpenEntry:
    """A line of the appeal's history. `kind`: message, step, consent, problem."""

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

    def answers(self) -> Answers:
        plain = vault.open_sealed(self.keys[1], bytes(self.appeal.sealed_answers), place_of_answers(self.appeal))
        answers: Answers = json.loads(plain)
        return answers

    def entries(self) -> list[OpenEntry]:
        return [self._open(row) for row in Entry.objects.filter(appeal=self.appeal).order_by("id")]

    def _open(self, row: Entry) -> OpenEntry:
        if row.epoch not in self.keys:
            raise KeyMissing
        body = json.loads(vault.open_sealed(self.keys[row.epoch], bytes(row.sealed), place_of_entry(row)))
        return OpenEntry(row.pk, body["kind"], body["by"], datetime.fromisoformat(body["at"]), body, row.uid.hex)

    def sealed_entry(self, *, kind: str, by: str, at: datetime, request_key: uuid.UUID | None = None, **body: Any) -> Entry:
        """An unsaved line, sealed under the newest key."""
        row = Entry(appeal=self.appeal, epoch=self.epoch.number, request_key=request_key)
        if "uid" in body:  # chosen by whoever signed the body
            row.uid = uuid.UUID(body.pop("uid"))
        plain = {"kind": kind, "by": by, "at": at.isoformat(timespec="seconds"), **body}
        row.sealed = vault.seal(self.key, json.dumps(plain, ensure_ascii=False).encode(), place_of_entry(row))
        return row


def place_of_answers(appeal: Appeal) -> vault.Place:
    return vault.Place("appeals_appeal", "sealed_answers", appeal.uid.hex)


def place_of_entry(row: Entry) -> vault.Place:
    return vault.Place("appeals_entry", "sealed", row.uid.hex, row.epoch)


def place_of_receipt_key(row: ReceiptKey, epoch: Epoch) -> vault.Place:
    return vault.Place("appeals_receiptkey", f"sealed_key:{epoch.uid.hex}", row.uid.hex, epoch.number)


def place_of_seen(receipt: Receipt) -> vault.Place:
    return vault.Place("appeals_receipt", "sealed_seen", receipt.uid.hex)


def open_for_office(appeal: Appeal, keyring: Keyring) -> OpenAppeal:
    """With the grants of this session. Raises KeyMissing, also after the person withdrew or is erasing."""

    def with_grants(epoch: Epoch) -> bytes:
        return content.open_grants(epoch, epoch.grants.select_related("organisation_epoch"), keyring)

    epoch, keys = content.open_chain(list(appeal.epochs.order_by("-number")), with_grants)
    return OpenAppeal(appeal, epoch, keys)


def open_for_receipt(receipt: Receipt, secret: bytes) -> OpenAppeal:
    """With the person's own key. Raises KeyMissing for a receipt that was given no key, vault.Tampered for another's."""

    def with_receipt(epoch: Epoch) -> bytes:
        row = epoch.receipt_keys.filter(receipt=receipt).first()
        if row is None:
            raise KeyMissing
        return vault.open_from(secret, bytes(row.sealed_key), place_of_receipt_key(row, epoch))

    epoch, keys = content.open_chain(list(receipt.appeal.epochs.order_by("-number")), with_receipt)
    return OpenAppeal(receipt.appeal, epoch, keys)
