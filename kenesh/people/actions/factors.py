"""Second factors: added, removed, and the codes on paper made anew."""

from __future__ import annotations

import uuid

from django.db import transaction

from kenesh.kernel import trail, vault
from kenesh.people import factors
from kenesh.people.actions.posts import keep_locked_post, read_locked_post
from kenesh.people.actions.refusals import LastFactor
from kenesh.people.keyring import Keyring
from kenesh.people.models import Factor, FactorKind, LockedPost, SpareCode, User


def add_totp(*, user: User, seed: bytes, step: int, name: str, by: trail.Actor | str, shown: bool = False) -> Factor:
    """Codes of an app, after one of them (that of `step`) was typed right. `shown`: for accounts of the demonstration."""
    factor = Factor(user=user, kind=FactorKind.TOTP, name=name, counter=step)
    factors.seal(factor, {"seed": seed.hex(), **({"shown": True} if shown else {})})
    _insert(factor, by)
    return factor


def add_passkey(*, user: User, credential: str, counter: int, name: str, by: User) -> Factor:
    """A passkey or security key, after it has answered."""
    factor = Factor(user=user, kind=FactorKind.PASSKEY, name=name, counter=counter)
    factors.seal(factor, {"credential": credential})
    _insert(factor, by)
    return factor


def _insert(factor: Factor, by: trail.Actor | str) -> None:
    with transaction.atomic():
        factor.save()
        trail.record(verb=f"add_factor:{factor.kind}", target=_target(factor), by=by)


def _target(factor: Factor) -> str:
    return f"{factor.user.trail_name}:{factor.uid.hex}"


def remove_factor(*, factor: Factor, by: User) -> None:
    """Raises LastFactor when a caseworker would be left without one: add another first."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=factor.user_id)
        last = not Factor.objects.filter(user=user).exclude(pk=factor.pk).exists()
        if last and factors.must_have_factor(user):
            raise LastFactor
        target = _target(factor)
        deleted, _ = Factor.objects.filter(pk=factor.pk).delete()
        if last:
            SpareCode.objects.filter(user=user).delete()
        if deleted:
            trail.record(verb="remove_factor", target=target, by=by)


def forget_factors(user: User) -> None:
    """Inside the caller's transaction, which records why: the account is closed, or gets a new start password."""
    Factor.objects.filter(user=user).delete()
    SpareCode.objects.filter(user=user).delete()


def make_spare_codes(*, user: User) -> None:
    """Ten new codes for paper; the old ones open nothing more.

    They wait, sealed for the account alone, until `put_spare_codes_away`: a lost answer loses none.
    """
    codes = [vault.new_spare_code() for _ in range(factors.SPARE_CODES)]
    with transaction.atomic():
        SpareCode.objects.filter(user=user).delete()
        SpareCode.objects.bulk_create(
            SpareCode(user=user, code_hash=factors.hash_of_spare_code(user, code.replace("-", ""))) for code in codes
        )
        LockedPost.objects.filter(uid=_uid_of_codes(user)).delete()
        keep_locked_post(user=user, path="spare-codes", fields={"codes": codes}, uid=_uid_of_codes(user))
        trail.record(verb="make_spare_codes", target=user.trail_name, by=user)


def kept_spare_codes(*, keyring: Keyring) -> list[str]:
    """The new codes, until they are on paper; [] afterwards."""
    kept = read_locked_post(keyring=keyring, uid=_uid_of_codes(keyring.user))
    return kept[1]["codes"] if kept else []


def put_spare_codes_away(*, user: User) -> None:
    """They are on paper now: the node shows them no more."""
    LockedPost.objects.filter(uid=_uid_of_codes(user), user=user).delete()


def _uid_of_codes(user: User) -> uuid.UUID:
    return uuid.uuid5(user.uid, "spare-codes")
