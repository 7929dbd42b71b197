"""The person with her receipt: opening, reading, writing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kenesh.appeals import drafts, first_answer, opening, queries, signals
from kenesh.appeals.actions.sealing import Erasing, OfficeEnded, locked, target
from kenesh.appeals.models import Appeal, Entry, OpenReceipt, Receipt, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import stretching, trail, vault

OPEN_FOR = timedelta(minutes=30)


class NotOpen(Exception):
    """No appeal opens with these digits: never made, erased, expired or mistyped. Which, nobody is told."""


@dataclass
class Holder:
    """Somebody who has typed in a receipt: its row, its keys, and the appeal that it opens."""

    receipt: Receipt
    secret: bytes
    signing_seed: bytes
    opened: OpenAppeal
    row: OpenReceipt | None = None


def open_with_receipt(*, digits: str) -> tuple[bytes, Receipt]:
    """Opens a receipt for half an hour; gives the value of its cookie. Raises NotOpen at the same cost, and Busy."""
    keys = stretching.public.run(lambda: vault.from_receipt(digits, settings.SECRETS.pepper))
    receipt = Receipt.objects.filter(lookup=keys.lookup).first()
    if receipt is None:
        raise NotOpen
    return remember(receipt, keys), receipt


def remember(receipt: Receipt, keys: vault.ReceiptKeys) -> bytes:
    """Keeps an opened receipt's keys, sealed under a new cookie; gives the cookie."""
    cookie = vault.new_key()
    row = OpenReceipt(cookie_id=vault.cookie_id(cookie), receipt=receipt, expires_at=timezone.now() + OPEN_FOR)
    row.sealed_keys = vault.seal(vault.cookie_key(cookie), keys.pair.secret + keys.signing_seed, _place_of_open(row))
    row.save()
    return cookie


def holder_of(cookie: str) -> Holder | None:
    """Whoever holds this cookie, with the appeal opened; None when the half hour is over."""
    secret = drafts.secret_of(cookie)
    if secret is None:
        return None
    row = (
        OpenReceipt.objects.filter(cookie_id=vault.cookie_id(secret), expires_at__gt=timezone.now())
        .select_related("receipt", "receipt__appeal", "receipt__appeal__office")
        .first()
    )
    if row is None:
        return None
    keys = vault.open_sealed(vault.cookie_key(secret), bytes(row.sealed_keys), _place_of_open(row))
    return Holder(row.receipt, keys[:32], keys[32:], opening.open_for_receipt(row.receipt, keys[:32]), row)


def close_receipt(*, cookie: str) -> None:
    """Forgets an opened receipt before its time."""
    secret = drafts.secret_of(cookie)
    if secret is not None:
        OpenReceipt.objects.filter(cookie_id=vault.cookie_id(secret)).delete()


def _place_of_open(row: OpenReceipt) -> vault.Place:
    return vault.Place("appeals_openreceipt", "sealed_keys", row.uid.hex)


def read_again(holder: Holder) -> None:
    """Under the lock: another tab may have begun a new epoch since the appeal was opened."""
    holder.opened = opening.open_for_receipt(holder.receipt, holder.secret)


def write_message(*, holder: Holder, text: str, request_key: uuid.UUID) -> None:
    """A message of the person to the office. The same form sent twice writes once. Raises Erasing, OfficeEnded."""
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing
        if queries.nobody_reads(appeal.office):
            raise OfficeEnded
        if Entry.objects.filter(request_key=request_key).exists():
            return
        read_again(holder)
        holder.opened.sealed_entry(kind="message", by="person", at=timezone.now(), text=text, request_key=request_key).save()
        if appeal.status in (Status.PERSON, Status.CLOSED):
            appeal.status = Status.OFFICE
            appeal.due_on = first_answer.due(appeal.office, timezone.localdate())
            appeal.save(update_fields=["status", "due_on"])
        signals.message_received.send(sender=Appeal, appeal=appeal, opened=holder.opened)
        trail.record(verb="write_message", target=target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


@dataclass(frozen=True)
class Mark:
    """What a receipt remembers: the number of the last line that was read, and of which recommendations it was said whether
    anything has changed."""

    seen: int = 0
    answered: tuple[str, ...] = ()


def read_mark(holder: Holder, receipt: Receipt) -> Mark:
    """Of a receipt of the holder's appeal."""
    if receipt.sealed_seen is None:
        return Mark()
    try:
        plain = vault.open_sealed(holder.opened.first_key, bytes(receipt.sealed_seen), opening.place_of_seen(receipt))
    except vault.Tampered:
        return Mark()  # written under a key that was destroyed in the same moment: everything counts as new
    seen, *answered = plain.decode().split()
    return Mark(int(seen), tuple(answered))


def write_mark(holder: Holder, receipt: Receipt, *, seen: int | None = None, answered: Sequence[str] | None = None) -> None:
    """Writes over one part of it, or both, sealed. Digits of her own may have taken this receipt's place in another tab a
    moment ago: then there is nothing to remember."""
    before = read_mark(holder, receipt)
    parts = [str(before.seen if seen is None else seen), *(before.answered if answered is None else answered)]
    place = opening.place_of_seen(receipt)
    receipt.sealed_seen = vault.seal(holder.opened.first_key, " ".join(parts).encode(), place)
    Receipt.objects.filter(pk=receipt.pk).update(sealed_seen=receipt.sealed_seen)


def mark_seen(*, holder: Holder, number: int) -> None:
    """Remembers, sealed, how far the person has read."""
    with transaction.atomic():
        receipt = Receipt.objects.select_for_update().filter(pk=holder.receipt.pk).first()
        if receipt is not None:
            write_mark(holder, receipt, seen=number)
            holder.receipt.sealed_seen = receipt.sealed_seen


def seen_until(holder: Holder) -> int:
    """The number of the last line that the person has read; 0 before the first time."""
    return read_mark(holder, holder.receipt).seen
