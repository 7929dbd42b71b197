"""Notices by e-mail that there is news: one address, for one notice, sealed to the key of the node's mailer.

The office never sees the address, only that a notice will go. The worker opens it with the mailer's key, which lies outside
of the database, sends a message that says nothing of anybody, and deletes the row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from kenesh.appeals.actions.sealing import target
from kenesh.appeals.models import Appeal, Notice, Status
from kenesh.kernel import trail, vault

MOST_TRIES = 6
TRY_AGAIN_AFTER = timedelta(minutes=50)


@dataclass(frozen=True)
class Letter:
    """To whom a notice goes, in which language."""

    address: str
    language: str


def keep_address(*, appeal: Appeal, address: str, language: str) -> None:
    """In the place of an earlier one; inside the caller's transaction."""
    Notice.objects.filter(appeal=appeal).delete()
    row = Notice(appeal=appeal)
    key = vault.new_key()
    sealed_key = vault.seal_to(_mailer().public, key, _place(row, "key"))
    plain = json.dumps({"address": address, "language": language}).encode()
    row.sealed = len(sealed_key).to_bytes(2, "big") + sealed_key + vault.seal(key, plain, _place(row, "sealed"))
    row.save()


def ask_for_notice(*, appeal: Appeal, address: str, language: str) -> None:
    """The person leaves an address with her receipt, or takes it back (an empty one)."""
    with transaction.atomic():
        row = Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)
        if address and row.status not in (Status.ERASING, Status.WITHDRAWN):
            keep_address(appeal=row, address=address, language=language)
            verb = "ask_for_notice"
        else:
            Notice.objects.filter(appeal=row).delete()
            verb = "forget_notice"
        trail.record(verb=verb, target=target(row), by=trail.PUBLIC, chain=row.office.chain)


def note_news(*, appeal: Appeal) -> UUID | None:
    """The office has written: gives which notice is to be sent now, if any. Inside the transaction of the act."""
    row = Notice.objects.filter(appeal=appeal, due=False).first()
    if row is None or not Notice.objects.filter(pk=row.pk, due=False).update(due=True):
        return None
    return row.uid


def waiting_notices(*, now: datetime) -> QuerySet[Notice]:
    """What was to be sent and was not, or broke off."""
    return Notice.objects.filter(_untried(now), due=True)


def _untried(now: datetime) -> Q:
    return Q(tried_at__isnull=True) | Q(tried_at__lt=now - TRY_AGAIN_AFTER) | Q(tried_at__gt=now)


def begin_sending(*, uid: UUID, now: datetime) -> Letter | None:
    """Takes a notice in hand for this worker alone; None when it is sent, or another one has it."""
    taken = Notice.objects.filter(_untried(now), uid=uid, due=True).update(tried_at=now, tries=F("tries") + 1)
    row = Notice.objects.filter(uid=uid).first() if taken else None
    if row is None:
        return None
    sealed = bytes(row.sealed)
    length = 2 + int.from_bytes(sealed[:2], "big")
    key = vault.open_from(_mailer().secret, sealed[2:length], _place(row, "key"))
    said = json.loads(vault.open_sealed(key, sealed[length:], _place(row, "sealed")))
    return Letter(said["address"], said["language"])


def end_sending(*, uid: UUID) -> None:
    """It is sent, or never can be: the address goes."""
    Notice.objects.filter(uid=uid).delete()


def give_up_notices() -> int:
    """Deletes addresses to which nothing could be sent, again and again."""
    deleted, _ = Notice.objects.filter(due=True, tries__gte=MOST_TRIES).delete()
    return deleted


def _mailer() -> vault.Pair:
    return vault.pair_from_seed(settings.SECRETS.mailer)


def _place(row: Notice, part: str) -> vault.Place:
    return vault.Place("appeals_notice", part, row.uid.hex)
