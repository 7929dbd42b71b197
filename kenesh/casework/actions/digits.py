"""Digits that an office makes for somebody: derived outside of any transaction, shown to the account that made them, then gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework.models import ShownReceipt
from kenesh.kernel import stretching, vault
from kenesh.people.keyring import Keyring

SHOWN_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class NewDigits:
    """What new digits are made of, and the keys that they open."""

    secret: bytes = field(repr=False)
    keys: vault.ReceiptKeys = field(repr=False)


def new_digits() -> NewDigits:
    """Slow on purpose. Raises stretching.Busy, and RuntimeError inside a transaction."""
    secret = vault.new_key()
    digits = vault.receipt_digits(secret)
    return NewDigits(secret, stretching.public.run(lambda: vault.from_receipt(digits, settings.SECRETS.pepper)))


def keep_shown(*, keyring: Keyring, appeal: Appeal, digits: NewDigits) -> ShownReceipt:
    """Keeps the digits for the page that shows them, sealed to this account alone; inside the caller's transaction."""
    row = ShownReceipt(user=keyring.user, appeal=appeal, expires_at=timezone.now() + SHOWN_FOR)
    row.sealed_secret = vault.seal_to(bytes(keyring.user.public_key or b""), digits.secret, _place(row))
    row.save()
    return row


def digits_shown(*, keyring: Keyring, shown: ShownReceipt) -> str:
    """The 20 digits. Raises vault.Tampered for a row that was made for somebody else."""
    return vault.receipt_digits(vault.open_from(keyring.secret, bytes(shown.sealed_secret), _place(shown)))


def forget_shown(*, keyring: Keyring, shown: ShownReceipt) -> None:
    """The person has her digits: the office keeps none."""
    ShownReceipt.objects.filter(pk=shown.pk, user=keyring.user).delete()


def _place(row: ShownReceipt) -> vault.Place:
    return vault.Place("casework_shownreceipt", "sealed_secret", row.uid.hex)
