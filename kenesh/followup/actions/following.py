"""Following by e-mail: asked for, confirmed by the letter's link, stopped with one press.

The address lies sealed under a key that is made of the node's secret for letters, and is found by a hash that is keyed too: a stolen
database names nobody. The links in letters are made anew each time, so that nothing of them is stored.
"""

from __future__ import annotations

import base64
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kenesh.followup.actions.refusals import TooManyLetters
from kenesh.followup.models import Follower, Following, Recommendation, RecordVersion
from kenesh.kernel import vault

LETTERS_AN_HOUR = 120  # that ask for a confirmation, from the whole node: nobody fills others' mailboxes through us
UNANSWERED = 5  # letters an hour to one address that nobody there has confirmed
AGAIN_AFTER = timedelta(minutes=15)  # the same address for the same wish
CONFIRM_WITHIN = timedelta(days=3)
CONFIRM, STOP = "follow-yes", "follow-stop"
_MAC = 16


def _key() -> bytes:
    return vault.B(settings.SECRETS.mailer, "followers")


def _hash(address: str) -> bytes:
    return vault.link_hash(_key(), address.strip().lower())


def _place(uid: uuid.UUID) -> vault.Place:
    return vault.Place("followup_follower", "sealed_address", uid.hex)


def address_of(follower: Follower) -> str:
    """Where its letters go. Raises vault.Tampered when the node's secret is not the one of that time."""
    return vault.open_sealed(_key(), bytes(follower.sealed_address), _place(follower.uid)).decode()


def token_of(following: Following, purpose: str) -> str:
    """What a link in a letter carries: which wish, and that we made it for this purpose."""
    raw = following.uid.bytes
    return base64.urlsafe_b64encode(raw + vault.prf(_key(), purpose, raw, _MAC)).decode().rstrip("=")


def following_of(token: str, purpose: str) -> Following | None:
    """The wish of a link; None alike for a forged one and for one that was stopped."""
    if len(token) != 43 or not token.isascii():
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=")
    except ValueError:
        return None
    uid, mac = raw[:16], raw[16:]
    if not vault.same(vault.prf(_key(), purpose, uid, _MAC), mac):
        return None
    return Following.objects.select_related("follower", "recommendation").filter(uid=uuid.UUID(bytes=uid)).first()


@transaction.atomic
def follow(*, address: str, language: str, recommendation: Recommendation | None, keys: str) -> Following | None:
    """Keeps the wish, which a letter must ask to confirm; None when no letter need go. Raises TooManyLetters.

    `keys`: "" with a recommendation, else what is followed ("all", "in:KG theme:pay"). Whether an address was known, nothing tells.
    """
    now = timezone.now()
    if Following.objects.filter(asked_at__gt=now - timedelta(hours=1)).count() >= LETTERS_AN_HOUR:
        raise TooManyLetters
    uid = uuid.uuid4()
    follower, _ = Follower.objects.get_or_create(
        address_hash=_hash(address),
        defaults={
            "uid": uid,
            "sealed_address": vault.seal(_key(), address.strip().encode(), _place(uid)),
            "language": language,
        },
    )
    if follower.followings.filter(confirmed_at=None, asked_at__gt=now - timedelta(hours=1)).count() >= UNANSWERED:
        return None  # nobody fills one mailbox by asking for ever other recommendations
    following, made = Following.objects.get_or_create(
        follower=follower, recommendation=recommendation, keys=keys, defaults={"asked_at": now}
    )
    if not made and (following.confirmed_at or following.asked_at > now - AGAIN_AFTER):
        return None
    following.asked_at = now
    following.save(update_fields=["asked_at"])
    return following


@transaction.atomic
def confirm(*, following: Following) -> None:
    """From now on: what changed before is not told."""
    if following.confirmed_at is None:
        following.confirmed_at = timezone.now()
        following.seen = RecordVersion.objects.aggregate(last=Max("pk"))["last"] or 0
        following.save(update_fields=["confirmed_at", "seen"])


@transaction.atomic
def stop(*, following: Following) -> None:
    """Nothing more is told of it; who follows nothing else is forgotten."""
    follower = following.follower
    following.delete()
    if not follower.followings.exists():
        follower.delete()


@transaction.atomic
def forget_unconfirmed() -> None:
    """Wishes that nobody confirmed in three days, and addresses that follow nothing."""
    Following.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - CONFIRM_WITHIN).delete()
    Follower.objects.filter(followings=None).delete()


@transaction.atomic
def begin_telling(*, follower_id: int, newest: int) -> dict[int, int] | None:
    """Marks a follower as told today of all up to the newest version; gives what each of its wishes had seen before.

    None when it was told today already, or is gone: it gets at most one letter a day.
    """
    today = timezone.localdate()
    if not Follower.objects.filter(pk=follower_id).exclude(told_on=today).update(told_on=today):
        return None
    rows = Following.objects.filter(follower=follower_id, confirmed_at__isnull=False, seen__lt=newest)
    before = dict(rows.values_list("pk", "seen"))
    rows.update(seen=newest)
    return before


@transaction.atomic
def take_telling_back(*, follower_id: int, before: dict[int, int]) -> None:
    """The letter did not go, or there was nothing to tell: tomorrow is another day."""
    Follower.objects.filter(pk=follower_id).update(told_on=None)
    for pk, seen in before.items():
        Following.objects.filter(pk=pk).update(seen=seen)
