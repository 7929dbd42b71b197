"""A draft: what somebody has filled in so far, sealed under a secret that only her browser's cookie holds.

The receipt's digits are made out of the same secret: sending the same draft again shows the same receipt and files once.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from kenesh.appeals import attachments
from kenesh.appeals.models import Draft
from kenesh.kernel import inserting, reading, stretching, vault

LIFE = timedelta(hours=2)
LIFE_OF_FIRST_PAGE = timedelta(minutes=20)
LEFT_LYING = timedelta(minutes=3)
MOST_OPEN = 40_000  # rows of some kilobytes: a flood of half-filled forms fills no disk


@dataclass
class OpenDraft:
    """A draft in memory. `filed`: the answers that were sent with it, once they were."""

    secret: bytes = field(repr=False)
    answers: dict[str, Any] = field(default_factory=dict, repr=False)
    filed: dict[str, Any] | None = field(default=None, repr=False)
    whole: bool = False  # she has seen all questions on one page
    before: bytes = b""  # which row holds the answers up to the page before, for a page that is sent again
    outdated: bytes = b""  # which row goes when this draft is stored
    row: Draft | None = field(default=None, repr=False)

    def request_key(self, text: str) -> uuid.UUID:
        """The same for the same text: what is stored in the clear comes out of the secret, never of the guessable digits."""
        return uuid.UUID(bytes=vault.link_hash(self.secret, text)[:16])

    @property
    def receipt(self) -> str:
        """The 20 digits that belong to this draft."""
        return vault.receipt_digits(self.secret)


def new() -> OpenDraft:
    """Raises stretching.Busy when more forms are open than a node of this size can hold.

    When it is full, the drafts that nobody has touched for longest make room: first pages before whole forms, and only such
    as were left lying for some minutes.
    """
    now = timezone.now()
    if _open_at(now) >= MOST_OPEN:
        first_pages = Q(begun=False, expires_at__lt=now + LIFE_OF_FIRST_PAGE - LEFT_LYING)
        whole_forms = Q(begun=True, expires_at__lt=now + LIFE - LEFT_LYING)
        for lying in (first_pages, whole_forms):
            oldest = Draft.objects.filter(lying).order_by("expires_at").values_list("pk", flat=True)[:1000]
            gone, _ = Draft.objects.filter(pk__in=list(oldest)).delete()
            if gone:
                break
        else:
            raise stretching.Busy
    return OpenDraft(vault.new_key())


def _open_at(now: datetime) -> int:
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute("SELECT count(*) FROM appeals_draft WHERE expires_at > %s", [moment])
        return int(cursor.fetchone()[0])


def renewed(draft: OpenDraft) -> OpenDraft:
    """The same answers under a new secret; one that was sent as it is.

    The old row stays for a page that is sent again, the one before that goes.
    """
    if draft.filed is not None:
        return draft
    return OpenDraft(
        vault.new_key(),
        dict(draft.answers),
        whole=draft.whole,
        before=vault.cookie_id(draft.secret),
        outdated=draft.before,
    )


def load(cookie: str) -> OpenDraft | None:
    """The draft that a cookie opens; None when it has none, or its two hours are over."""
    secret = secret_of(cookie)
    if secret is None:
        return None
    row = next(iter(reading.rows_where(Draft, "cookie_id = %s", [vault.cookie_id(secret)])), None)
    if row is None or row.expires_at <= timezone.now():
        return None
    plain = json.loads(vault.open_sealed(vault.cookie_key(secret), bytes(row.sealed), _place(row)))
    before = bytes.fromhex(plain["before"])
    return OpenDraft(secret, plain["answers"], plain["filed"], plain.get("whole", False), before, row=row)


def secret_of(cookie: str) -> bytes | None:
    """32 bytes of a cookie's 64 hexadecimal digits, or None for anything else."""
    if len(cookie) != 64 or not all(c in "0123456789abcdef" for c in cookie):
        return None
    return bytes.fromhex(cookie)


def save(draft: OpenDraft) -> None:
    """Stores the draft for two more hours; one that has its first page alone for twenty minutes."""
    row = draft.row = draft.row or Draft(cookie_id=vault.cookie_id(draft.secret))
    said = {"answers": draft.answers, "filed": draft.filed, "whole": draft.whole, "before": draft.before.hex()}
    plain = json.dumps(said, ensure_ascii=False).encode()
    row.sealed = vault.seal(vault.cookie_key(draft.secret), plain, _place(row))
    row.begun = draft.whole or bool(draft.before) or draft.filed is not None
    row.expires_at = timezone.now() + (LIFE if row.begun else LIFE_OF_FIRST_PAGE)
    with transaction.atomic(savepoint=False):  # one commit, since each waits for the disk
        if draft.outdated:
            Draft.objects.filter(cookie_id=draft.outdated).delete()
        if row._state.adding or not inserting.change(row, "sealed", "begun", "expires_at"):
            inserting.insert(row)
        attachments.live_on(draft.answers, row.expires_at)


def forget(draft: OpenDraft) -> None:
    """Deletes the rows: with them goes all that the cookie could open."""
    attachments.forget_draft(draft.answers)
    Draft.objects.filter(cookie_id__in=[vault.cookie_id(draft.secret), draft.before]).delete()


def _place(row: Draft) -> vault.Place:
    return vault.Place("appeals_draft", "sealed", row.uid.hex)
