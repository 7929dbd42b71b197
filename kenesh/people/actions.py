"""What can be done to accounts, organisations' keys and sent forms. Each act leaves its entry in the trail."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from kenesh.kernel import stretching, trail, vault
from kenesh.people import sign_in
from kenesh.people.keyring import (
    Keyring,
    place_of_index_key,
    place_of_organisation_secret,
    place_of_previous_secret,
    place_of_user_secret,
)
from kenesh.people.models import (
    Body,
    LockedPost,
    Organisation,
    OrganisationEpoch,
    OrganisationKey,
    OrganisationRecovery,
    Role,
    RoleHeld,
    Unlock,
    User,
)
from kenesh.people.queries import current_epoch


class AlreadyThere(Exception):
    """An account with this address exists."""


class WrongFingerprint(Exception):
    """The numbers that the colleague read out are not those of her account's key: somebody may have swapped it."""


@dataclass(frozen=True)
class NewAccount:
    """An account just made, with its opened secret (for giving it keys at once)."""

    user: User
    secret: bytes


# --- accounts ---------------------------------------------------------------------------------------------------------


def add_user(*, email: str, name: str, password: str, language: str = "ru", by: trail.Actor | str) -> NewAccount:
    """Makes an account with a key pair of its own. Raises AlreadyThere."""
    user = User(email=email.strip().lower(), name=name.strip(), language=language)
    pair = vault.new_pair()
    user.public_key = pair.public
    _wrap(user, pair.secret, password)
    with transaction.atomic():
        if User.objects.filter(email=user.email).exists():
            raise AlreadyThere
        user.save()
        trail.record(verb="add_user", target=user.trail_name, by=by)
    return NewAccount(user, pair.secret)


def _wrap(user: User, secret: bytes, password: str) -> None:
    """Sets verifier and wrapped secret on the unsaved row, both out of one derivation."""
    salt, cost = vault.new_salt(), vault.PASSWORD_COST
    keys = stretching.staff.run(lambda: vault.from_password(password, salt, cost))
    user.password = sign_in.encode(keys, salt.hex(), cost)
    user.sealed_secret = vault.seal(keys.wrap, secret, place_of_user_secret(user))


def change_password(*, keyring: Keyring, old: str, new: str, device: str = "") -> None:
    """Wraps the account's secret with the new password and ends all of its other sessions. Raises WrongPassword."""
    user = keyring.user
    checked = sign_in.check(user.email, old, device=device)
    _wrap(user, checked.secret, new)
    with transaction.atomic():
        user.save(update_fields=["password", "sealed_secret"])
        Unlock.objects.filter(user=user).delete()
        trail.record(verb="change_password", target=user.trail_name, by=user)


def give_role(
    *, user: User, role: Role, by: trail.Actor | str, organisation: Organisation | None = None, body: Body | None = None
) -> None:
    """Gives a role in an organisation, in a body or on the node (the database refuses other combinations)."""
    with transaction.atomic():
        RoleHeld.objects.get_or_create(user=user, role=role, organisation=organisation, body=body)
        where = organisation.code if organisation else body.code if body else "node"
        trail.record(verb=f"give_role:{role}", target=f"{user.trail_name}@{where}", by=by)


def close_account(*, user: User, by: User) -> None:
    """Ends an account: it signs in no more, its open sessions and its copies of keys are gone.

    What it could read before, it may have kept: the organisation begins a new epoch (begin_epoch) after this.
    """
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        Unlock.objects.filter(user=user).delete()
        OrganisationKey.objects.filter(user=user).delete()
        trail.record(verb="close_account", target=user.trail_name, by=by)


# --- keys of organisations --------------------------------------------------------------------------------------------


def begin_epoch(
    *, organisation: Organisation, holders: Iterable[User], by: trail.Actor | str, keyring: Keyring | None = None
) -> vault.RecoveryKey:
    """A new key pair for the organisation, sealed to each holder; gives the new recovery key, to be printed once.

    From the second epoch on `keyring` must open the epoch before, whose secret the new one seals.
    """
    pair, recovery = vault.new_pair(), vault.new_recovery_key()
    with transaction.atomic():
        last = organisation.epochs.select_for_update().aggregate(last=Max("number"))["last"] or 0
        epoch = OrganisationEpoch(organisation=organisation, number=last + 1, public_key=pair.public)
        epoch.sealed_index_key = vault.seal(vault.B(pair.secret, "index"), vault.new_key(), place_of_index_key(epoch))
        if last:
            if keyring is None:
                raise ValueError("a later epoch is begun in the open session of a holder of the one before")
            before = keyring.organisation_secret(organisation.epochs.get(number=last))
            epoch.sealed_previous = vault.seal(vault.B(pair.secret, "epoch"), before, place_of_previous_secret(epoch))
        epoch.save()
        for holder in holders:
            _seal_secret(epoch, pair.secret, holder)
        OrganisationRecovery.objects.create(
            epoch=epoch,
            public_key=recovery.pair.public,
            sealed_secret=vault.seal_to(recovery.pair.public, pair.secret, place_of_organisation_secret(epoch, "recovery")),
        )
        trail.record(verb="begin_epoch", target=f"{organisation.code}:{epoch.number}", by=by, chain=organisation.chain)
    return recovery


def _seal_secret(epoch: OrganisationEpoch, secret: bytes, holder: User) -> None:
    place = place_of_organisation_secret(epoch, holder.uid.hex)
    OrganisationKey.objects.update_or_create(
        epoch=epoch, user=holder, defaults={"sealed_secret": vault.seal_to(bytes(holder.public_key), secret, place)}
    )


def admit(*, keyring: Keyring, organisation: Organisation, colleague: User, fingerprint: str) -> None:
    """Gives a caseworker the organisation's key, after the numbers of her key were compared by voice.

    Raises WrongFingerprint, KeyMissing.
    """
    if not vault.same(fingerprint_of(colleague).encode(), "".join(fingerprint.split()).encode()):
        raise WrongFingerprint
    epoch = current_epoch(organisation)
    secret = keyring.organisation_secret(epoch)
    with transaction.atomic():
        _seal_secret(epoch, secret, colleague)
        trail.record(verb="admit", target=colleague.trail_name, by=keyring.user, chain=organisation.chain)


def fingerprint_of(user: User) -> str:
    """Twelve digits of the account's public key, to be compared by voice."""
    return f"{int.from_bytes(vault.B(bytes(user.public_key), 'fingerprint', 16), 'big') % 10**12:012d}"


def recover(*, organisation: Organisation, recovery: vault.RecoveryKey, user: User, by: trail.Actor | str) -> None:
    """Opens the newest epoch with the printed recovery key and gives it to this account. Raises vault.Tampered for a wrong key."""
    epoch = current_epoch(organisation)
    row = OrganisationRecovery.objects.get(epoch=epoch)
    secret = vault.open_from(recovery.pair.secret, bytes(row.sealed_secret), place_of_organisation_secret(epoch, "recovery"))
    with transaction.atomic():
        _seal_secret(epoch, secret, user)
        trail.record(verb="recover", target=user.trail_name, by=by, chain=organisation.chain)


# --- forms sent to a locked session -----------------------------------------------------------------------------------


def keep_locked_post(*, user: User, path: str, fields: dict[str, list[str]]) -> uuid.UUID:
    """Seals what was sent to the account's own public key, so that only she can have it back."""
    row = LockedPost(user=user)
    plain = json.dumps({"path": path, "fields": fields}, ensure_ascii=False).encode()
    key = vault.new_key()
    sealed_key = vault.seal_to(bytes(user.public_key), key, _place_of_post(row, "key"))
    row.sealed = len(sealed_key).to_bytes(2, "big") + sealed_key + vault.seal(key, plain, _place_of_post(row, "post"))
    row.save()
    return row.uid


def take_locked_post(*, keyring: Keyring, uid: uuid.UUID) -> tuple[str, dict[str, list[str]]] | None:
    """Path and fields of what was sent, and deletes the row; None when there is none (any more)."""
    row = LockedPost.objects.filter(uid=uid, user=keyring.user).first()
    if row is None:
        return None
    sealed = bytes(row.sealed)
    length = int.from_bytes(sealed[:2], "big")
    key = vault.open_from(keyring.secret, sealed[2 : 2 + length], _place_of_post(row, "key"))
    plain = json.loads(vault.open_sealed(key, sealed[2 + length :], _place_of_post(row, "post")))
    row.delete()
    return plain["path"], plain["fields"]


def _place_of_post(row: LockedPost, part: str) -> vault.Place:
    return vault.Place("people_lockedpost", part, row.uid.hex)
