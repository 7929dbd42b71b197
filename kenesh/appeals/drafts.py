"""A draft: what somebody has filled in so far, sealed under a secret that only her browser's cookie holds.

The receipt's digits are made out of the same secret: sending the same draft again shows the same receipt and files once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kenesh.appeals.models import Draft
from kenesh.kernel import vault

LIFE = timedelta(hours=2)


@dataclass
class OpenDraft:
    """A draft in memory. `filed`: the answers that were sent with it, once they were."""

    secret: bytes = field(repr=False)
    answers: dict[str, Any] = field(default_factory=dict, repr=False)
    filed: dict[str, Any] | None = field(default=None, repr=False)

    @property
    def receipt(self) -> str:
        """The 20 digits that belong to this draft."""
        return vault.receipt_digits(self.secret)


def new() -> OpenDraft:
    return OpenDraft(vault.new_key())


def load(cookie: str) -> OpenDraft | None:
    """The draft that a cookie opens; None when it has none, or its two hours are over."""
    secret = secret_of(cookie)
    if secret is None:
        return None
    row = Draft.objects.filter(cookie_id=vault.cookie_id(secret), expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    plain = json.loads(vault.open_sealed(vault.cookie_key(secret), bytes(row.sealed), _place(row)))
    return OpenDraft(secret, plain["answers"], plain["filed"])


def secret_of(cookie: str) -> bytes | None:
    """32 bytes of a cookie's 64 hexadecimal digits, or None for anything else."""
    if len(cookie) != 64 or not all(c in "0123456789abcdef" for c in cookie):
        return None
    return bytes.fromhex(cookie)


def save(draft: OpenDraft) -> None:
    """Stores the draft for two more hours."""
    cookie_id = vault.cookie_id(draft.secret)
    row = Draft.objects.filter(cookie_id=cookie_id).first() or Draft(cookie_id=cookie_id)
    plain = json.dumps({"answers": draft.answers, "filed": draft.filed}, ensure_ascii=False).encode()
    row.sealed = vault.seal(vault.cookie_key(draft.secret), plain, _place(row))
    row.expires_at = timezone.now() + LIFE
    row.save()


def forget(draft: OpenDraft) -> None:
    """Deletes the row: with it goes all that the cookie could open."""
    Draft.objects.filter(cookie_id=vault.cookie_id(draft.secret)).delete()


def _place(row: Draft) -> vault.Place:
    return vault.Place("appeals_draft", "sealed", row.uid.hex)
