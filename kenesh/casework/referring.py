"""Opening a referral: with the keys of a session of either office, or with the person's receipt. And what a consent signs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from kenesh.appeals.models import Receipt
from kenesh.casework.models import Referral, ReferralEpoch, ReferralGrant, ReferralLine, ReferralReceiptKey
from kenesh.casework.opening import Body
from kenesh.kernel import vault
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationEpoch, Role, User
from kenesh.people.queries import current_epoch

Holders = Iterable[OrganisationEpoch | User]


@dataclass(frozen=True)
class OpenLine:
    """A line of the history: `by` is person, sender or receiver."""

    code: str
    by: str
    at: datetime
    text: str
    body: Body


@dataclass
class OpenReferral:
    """A referral with its content keys, for one request. Nothing of it may be stored or logged."""

    referral: Referral
    epoch: ReferralEpoch
    keys: dict[int, bytes] = field(repr=False)

    @property
    def key(self) -> bytes:
        return self.keys[self.epoch.number]

    def plain(self) -> bytes:
        """The very bytes that a consent is given to."""
        return vault.open_sealed(self.keys[1], bytes(self.referral.sealed_subset), _place(self.referral, "sealed_subset"))

    def subset(self) -> Body:
        subset: Body = json.loads(self.plain())
        return subset

    def lines(self) -> list[OpenLine]:
        return [self._line(row) for row in self.referral.lines.order_by("id")]

    def _line(self, row: ReferralLine) -> OpenLine:
        if row.epoch not in self.keys:
            raise KeyMissing
        body = json.loads(vault.open_sealed(self.keys[row.epoch], bytes(row.sealed), _place_of_line(row)))
        return OpenLine(body["code"], body["by"], datetime.fromisoformat(body["at"]), body.get("text", ""), body)

    def write(self, *, by: str, code: str, text: str = "", **more: Any) -> None:
        """Adds a line; inside the caller's transaction."""
        row = ReferralLine(referral=self.referral, epoch=self.epoch.number)
        body = {"code": code, "by": by, "at": timezone.now().isoformat(timespec="seconds"), "text": text, **more}
        row.sealed = vault.seal(self.key, json.dumps(body, ensure_ascii=False).encode(), _place_of_line(row))
        row.save()

    def consent(self) -> Body | None:
        if self.referral.sealed_consent is None:
            return None
        kept: Body = json.loads(
            vault.open_sealed(self.keys[1], bytes(self.referral.sealed_consent), _place(self.referral, "sealed_consent"))
        )
        return kept

    def seal_subset(self, subset: Body) -> None:
        plain = json.dumps(subset, sort_keys=True, ensure_ascii=False).encode()
        self.referral.sealed_subset = vault.seal(self.keys[1], plain, _place(self.referral, "sealed_subset"))

    def seal_consent(self, consent: Body) -> None:
        plain = json.dumps(consent, ensure_ascii=False).encode()
        self.referral.sealed_consent = vault.seal(self.keys[1], plain, _place(self.referral, "sealed_consent"))

    def seal_undo(self, keys: Body) -> None:
        plain = json.dumps(keys).encode()
        self.referral.sealed_undo = vault.seal(self.key, plain, _place(self.referral, "sealed_undo"))

    def undo(self) -> Body | None:
        if self.referral.sealed_undo is None:
            return None
        kept: Body = json.loads(
            vault.open_sealed(self.key, bytes(self.referral.sealed_undo), _place(self.referral, "sealed_undo"))
        )
        return kept


def _place(referral: Referral, column: str) -> vault.Place:
    return vault.Place("casework_referral", column, referral.uid.hex)


def _place_of_line(row: ReferralLine) -> vault.Place:
    return vault.Place("casework_referralline", "sealed", row.uid.hex, row.epoch)


def _place_of_receipt_key(row: ReferralReceiptKey, epoch: ReferralEpoch) -> vault.Place:
    return vault.Place("casework_referralreceiptkey", f"sealed_key:{epoch.uid.hex}", row.uid.hex, epoch.number)


# --- epochs -----------------------------------------------------------------------------------------------------------


def begin(referral: Referral) -> OpenReferral:
    """The first key of an unsaved referral, in memory alone; `keep` saves it."""
    epoch = ReferralEpoch(referral=referral, number=1)
    return OpenReferral(referral, epoch, {1: content.new_content_key(epoch)})


def keep(opened: OpenReferral, *, to: Holders, receipts: Iterable[Receipt]) -> None:
    """Saves the newest epoch and gives its key to offices or named people, and to the receipts."""
    opened.epoch.referral = opened.referral
    opened.epoch.save()
    for holder in to:
        grant_to(opened, holder)
    for receipt in receipts:
        row = ReferralReceiptKey(epoch=opened.epoch, receipt=receipt)
        row.sealed_key = vault.seal_to(bytes(receipt.public_key), opened.key, _place_of_receipt_key(row, opened.epoch))
        row.save()


def grant_to(opened: OpenReferral, holder: OrganisationEpoch | User) -> None:
    grant = ReferralGrant(epoch=opened.epoch)
    content.fill_grant(grant, opened.epoch, opened.key, holder)
    grant.save()


def renew(opened: OpenReferral, *, to: Holders) -> OpenReferral:
    """Takes all grants away and begins a new epoch for those who stay; the receipts keep theirs."""
    ReferralGrant.objects.filter(epoch__referral=opened.referral).delete()
    epoch = ReferralEpoch(referral=opened.referral, number=opened.epoch.number + 1)
    key = content.new_content_key(epoch, previous=opened.key)
    renewed = OpenReferral(opened.referral, epoch, {**opened.keys, epoch.number: key})
    receipts = Receipt.objects.filter(appeal_id=opened.referral.appeal_id) if opened.referral.appeal_id else []
    keep(renewed, to=to, receipts=receipts)
    return renewed


@dataclass(frozen=True)
class Sides:
    """Who opens a referral at the office that hands over, and at the one that receives: an office, or named people of it."""

    sender: list[OrganisationEpoch | User]
    receiver: list[OrganisationEpoch | User]


def sides_of(opened: OpenReferral) -> Sides:
    """By the grants of the newest epoch; an office that received has its newest key in it."""
    referral, sides = opened.referral, Sides([], [])
    grants = list(opened.epoch.grants.exclude(sealed_key=b"").select_related("organisation_epoch", "user"))  # empty: she has left
    users = [grant.user for grant in grants if grant.user is not None]
    at = {office: _working_at(office, users) for office in (referral.from_office_id, referral.to_office_id)}
    for grant in grants:
        if grant.user is not None:
            receives = grant.user.pk in at[referral.to_office_id] - at[referral.from_office_id]
            (sides.receiver if receives else sides.sender).append(grant.user)
        elif grant.organisation_epoch is not None:
            receives = grant.organisation_epoch.organisation_id == referral.to_office_id
            (sides.receiver if receives else sides.sender).append(
                current_epoch(referral.to_office) if receives else grant.organisation_epoch
            )
    return sides


def _working_at(office: int, users: list[User]) -> set[int]:
    """The numbers of those who do casework there."""
    wanted = [user.pk for user in users]
    rows = User.objects.filter(pk__in=wanted, roles__organisation=office, roles__role=Role.CASEWORKER)
    return set(rows.values_list("pk", flat=True))


def open_for_staff(referral: Referral, keyring: Keyring) -> OpenReferral:
    """With the grants of this session. Raises KeyMissing."""

    def with_grants(epoch: ReferralEpoch) -> bytes:
        return content.open_grants(epoch, epoch.grants.select_related("organisation_epoch"), keyring)

    epoch, keys = content.open_chain(list(referral.epochs.order_by("-number")), with_grants)
    return OpenReferral(referral, epoch, keys)


def open_for_receipt(referral: Referral, receipt: Receipt, secret: bytes) -> OpenReferral:
    """With the person's own key. Raises KeyMissing for a receipt that was given none."""

    def with_receipt(epoch: ReferralEpoch) -> bytes:
        row = epoch.receipt_keys.filter(receipt=receipt).first()
        if row is None:
            raise KeyMissing
        return vault.open_from(secret, bytes(row.sealed_key), _place_of_receipt_key(row, epoch))

    epoch, keys = content.open_chain(list(referral.epochs.order_by("-number")), with_receipt)
    return OpenReferral(referral, epoch, keys)


def give_again(*, old: Receipt, new: Receipt, old_secret: bytes) -> None:
    """Seals to a new receipt what the old one opens; inside the caller's transaction."""
    for row in ReferralReceiptKey.objects.filter(receipt=old).select_related("epoch"):
        key = vault.open_from(old_secret, bytes(row.sealed_key), _place_of_receipt_key(row, row.epoch))
        copy = ReferralReceiptKey(epoch=row.epoch, receipt=new)
        copy.sealed_key = vault.seal_to(bytes(new.public_key), key, _place_of_receipt_key(copy, row.epoch))
        copy.save()


# --- what a consent is given to -----------------------------------------------------------------------------------------


def hash_of(opened: OpenReferral) -> str:
    """Of everything that is handed over, to whom and what for; the receiver is the one of the row, not of the text."""
    referral = opened.referral
    parts = [opened.plain(), referral.to_office.uid.bytes, referral.kind.encode(), opened.subset()["purpose"].encode()]
    joined = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hashlib.blake2b(joined, digest_size=32).hexdigest()


def signed_consent(opened: OpenReferral, *, signing_seed: bytes, language: str) -> Body:
    """The person's consent to this very referral, signed with her receipt."""
    body = {"hash": hash_of(opened), "at": timezone.now().isoformat(timespec="seconds"), "language": language}
    signature = vault.sign(signing_seed, _message(body), _place(opened.referral, "consent"))
    return {**body, "basis": "receipt", "signature": signature.hex()}


def _message(body: Body) -> bytes:
    return json.dumps({name: body[name] for name in ("hash", "at", "language")}, sort_keys=True).encode()


def own_receipts(referral: Referral) -> list[Receipt]:
    """Receipts that nobody of an office has seen: these prove a consent."""
    return list(Receipt.objects.filter(appeal_id=referral.appeal_id, seen_by_other=False)) if referral.appeal_id else []


def consent_stands(opened: OpenReferral) -> bool:
    """Whether what is about to be sent is what was agreed to: bit by bit, to this receiver, for this purpose."""
    referral, consent = opened.referral, opened.consent()
    if consent is None or consent["hash"] != hash_of(opened):
        return False
    basis, own = consent["basis"], own_receipts(referral)
    if basis == "receipt":
        signature, place = bytes.fromhex(consent["signature"]), _place(referral, "consent")
        return any(vault.signed(bytes(receipt.verify_key), _message(consent), signature, place) for receipt in own)
    if basis == "paper":
        return not own and bool(consent["signed_on"] and consent["explained_by"])
    if basis == "emergency":
        return referral.kind == Referral.Kind.PART and bool(consent["reason"].strip())
    return basis == "closing" and referral.kind == Referral.Kind.WHOLE and not referral.from_office.takes_appeals
