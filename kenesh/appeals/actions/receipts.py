"""Digits of her own: a receipt that a helper or staff saw is replaced when the person first uses it, or whenever she wishes.

The new digits are shown while the old ones still open; only when she says that she has written them down does the new
receipt stand in the place of the old one. An answer that is lost on the way loses nothing.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kenesh.appeals import drafts, opening, signals
from kenesh.appeals.actions.consents import sign_again
from kenesh.appeals.actions.holding import Holder, read_again, remember
from kenesh.appeals.actions.sealing import Erasing, locked, new_receipt, target
from kenesh.appeals.models import Appeal, Entry, OpenReceipt, Receipt, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import stretching, trail, vault
from kenesh.people.keyring import Keyring


class NotAPart(Exception):
    """Only somebody's part of a group's case gets new digits from the office; everybody else makes them alone."""


def own_digits(*, cookie: str) -> str | None:
    """The 20 new digits that are offered to whoever holds this cookie: the same until they are taken. None when it opens nothing."""
    secret = drafts.secret_of(cookie)
    row = OpenReceipt.objects.filter(cookie_id=vault.cookie_id(secret)).first() if secret else None
    if secret is None or row is None:
        return None
    if row.sealed_digits is None:
        row.sealed_digits = vault.seal(vault.cookie_key(secret), vault.new_key(), _place_of_digits(row))
        row.save(update_fields=["sealed_digits"])
    return vault.receipt_digits(vault.open_sealed(vault.cookie_key(secret), bytes(row.sealed_digits), _place_of_digits(row)))


def _place_of_digits(row: OpenReceipt) -> vault.Place:
    return vault.Place("appeals_openreceipt", "sealed_digits", row.uid.hex)


def take_own_digits(*, holder: Holder, digits: str) -> bytes:
    """Puts a receipt with these digits in the place of the holder's; gives the cookie under which it is open now.

    Consents that her old receipt had proved are signed again with the new one; those that somebody else's had not, she is
    asked anew. Raises Erasing, Busy.
    """
    keys = stretching.public.run(lambda: vault.from_receipt(digits, settings.SECRETS.pepper))
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing  # what is latched opens with the old receipt alone
        taken = Receipt.objects.filter(lookup=keys.lookup).first()
        if taken is not None:
            return remember(taken, keys)  # by another tab a moment ago: the same digits, shown once
        read_again(holder)
        old, now = holder.receipt, timezone.now()
        new = new_receipt(holder.opened, keys, seen_by_other=False, right=old.right)
        if old.sealed_seen is not None:
            seen = vault.open_sealed(holder.opened.first_key, bytes(old.sealed_seen), opening.place_of_seen(old))
            new.sealed_seen = vault.seal(holder.opened.first_key, seen, opening.place_of_seen(new))
            new.save(update_fields=["sealed_seen"])
        if not old.seen_by_other:
            sign_again(holder.opened, signing_seed=keys.signing_seed, at=now)
        holder.opened.sealed_entry(kind="step", by="person", at=now, code="own_digits").save()
        signals.receipt_replaced.send(
            sender=Appeal,
            appeal=appeal,
            opened=holder.opened,
            old=old,
            new=new,
            old_secret=holder.secret,
            signing_seed=keys.signing_seed,
        )
        old.delete()
        cookie = remember(new, keys)
        trail.record(verb="replace_receipt", target=target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)
    return cookie


def give_receipt(*, keyring: Keyring, appeal: Appeal, keys: vault.ReceiptKeys, reason: str, request_key: uuid.UUID) -> bool:
    """New digits for somebody who has lost those of his part of a group's case; he sees that it was done, and why.

    Also first digits for an appeal to which nobody holds any: the person wanted none when it was written down.

    False when this form was sent before. Raises NotAPart, KeyMissing (he has withdrawn or erases).
    """
    with transaction.atomic():
        row = locked(appeal)
        if Entry.objects.filter(request_key=request_key).exists():
            return False
        opened: OpenAppeal = opening.open_for_office(row, keyring)
        before = list(row.receipts.all())
        if any(receipt.right != Receipt.Right.CO_HOLDER for receipt in before):
            raise NotAPart
        right = Receipt.Right.CO_HOLDER if before else Receipt.Right.OWNER
        new = new_receipt(opened, keys, seen_by_other=True, right=right)
        opened.sealed_entry(
            kind="step", by="office", at=timezone.now(), code="new_receipt" if before else "first_receipt", reason=reason, name=keyring.user.name,
            request_key=request_key,
        ).save()  # fmt: skip
        for old in before:
            signals.receipt_replaced.send(
                sender=Appeal, appeal=row, opened=opened, old=old, new=new, old_secret=None, signing_seed=None
            )
            old.delete()
        trail.record(
            verb="replace_lost_receipt" if before else "issue_receipt",
            target=target(row),
            by=keyring.user,
            chain=row.office.chain,
        )
    return True
