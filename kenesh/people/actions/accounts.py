"""Accounts: made, given roles, given a new start password, closed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from kenesh.kernel import stretching, trail, vault
from kenesh.people import factors, keys_in_trail, sign_in, signals
from kenesh.people.actions.factors import forget_factors
from kenesh.people.actions.keys import forget_keys, renew_after_leaving
from kenesh.people.actions.refusals import (
    AlreadyThere,
    ChangedMeanwhile,
    LastAdministrator,
    NotYourself,
    PersonTaken,
    RolesApart,
    SamePassword,
)
from kenesh.people.keyring import Keyring, place_of_user_secret
from kenesh.people.models import Body, LockedPost, Organisation, Person, Role, RoleHeld, Unlock, User
from kenesh.people.queries import fingerprint_of

# Who makes others' accounts, or what everybody's browser shows, opens no case with the same session.
_APART = {
    Role.CASEWORKER: {Role.NODE_ADMIN, Role.EDITOR},
    Role.NODE_ADMIN: {Role.CASEWORKER},
    Role.EDITOR: {Role.CASEWORKER},
}


@dataclass(frozen=True)
class NewAccount:
    """An account just made, with its opened secret (for giving it keys at once)."""

    user: User
    secret: bytes


@dataclass(frozen=True)
class Place:
    """A role and where it is held."""

    role: Role
    organisation: Organisation | None = None
    body: Body | None = None


def add_user(*, email: str, name: str, password: str, language: str = "ru", by: trail.Actor | str) -> NewAccount:
    """Makes an account with a key pair of its own. Raises AlreadyThere."""
    made = _new(User(email=email.strip().lower(), name=name.strip(), language=language), password)
    with transaction.atomic():
        _insert(made.user, by)
    return made


def _new(user: User, password: str) -> NewAccount:
    """The unsaved account with a new pair. Slow: never inside a transaction."""
    pair = vault.new_pair()
    user.public_key = pair.public
    _wrap(user, pair.secret, password)
    return NewAccount(user, pair.secret)


def _insert(user: User, by: trail.Actor | str) -> None:
    if User.objects.filter(email=user.email).exists():
        raise AlreadyThere
    user.save()
    trail.record(verb="add_user", target=keys_in_trail.of_user(user), by=by)


def _wrap(user: User, secret: bytes, password: str) -> None:
    """Sets verifier and wrapped secret on the unsaved row, both out of one derivation."""
    salt, cost = vault.new_salt(), vault.PASSWORD_COST
    keys = stretching.staff.run(lambda: vault.from_password(password, salt, cost))
    user.password = sign_in.encode(keys, salt.hex(), cost)
    user.sealed_secret = vault.seal(keys.wrap, secret, place_of_user_secret(user))


def add_account(
    *, uid: uuid.UUID, email: str, name: str, password: str, language: str, place: Place, by: User, person: Person | None = None
) -> User:
    """Makes an account with its first role. `uid` is the form's own key: the same form sent twice makes one account.

    Raises AlreadyThere, PersonTaken, stretching.Busy.
    """
    email = email.strip().lower()
    if made := User.objects.filter(uid=uid, email=email).first():
        return made
    if User.objects.filter(email=email).exists():
        raise AlreadyThere
    new = User(uid=uid, email=email, name=name.strip(), language=language, start_password=True)
    user = _new(new, password).user
    try:
        with transaction.atomic():
            _insert(user, by)
            if person is not None:
                set_person(user=user, person=person, by=by)
            give_role(user=user, role=place.role, organisation=place.organisation, body=place.body, by=by)
    except IntegrityError:
        if made := User.objects.filter(uid=uid, email=email).first():  # sent twice at the same moment
            return made
        raise AlreadyThere from None
    return user


def set_person(*, user: User, person: Person | None, by: User) -> None:
    """Says which person of the bodies this account is; None for nobody. Raises PersonTaken."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if row.person_id == (person.pk if person else None):
            return
        if person is not None and User.objects.filter(person=person).exclude(pk=user.pk).exists():
            raise PersonTaken
        user.person = person
        user.save(update_fields=["person"])
        trail.record(verb="set_person", target=f"{user.trail_name}={person.code if person else ''}", by=by)


def change_password(*, keyring: Keyring, old: str, new: str, device: str = "") -> bytes:
    """Wraps the account's secret with the new password and ends all of its other sessions; gives the secret.

    The first own password after a start password comes with a new key pair: whoever chose the start password could have
    opened the old one, and nothing is sealed to it yet. Raises WrongPassword, SamePassword.
    """
    if new == old:
        raise SamePassword
    user = keyring.user
    secret = sign_in.check(user.email, old, device=device).secret
    if user.start_password:
        secret = _new(user, new).secret
    else:
        _wrap(user, secret, new)
    with transaction.atomic():
        if user.start_password:
            _forget_sealed_to_old_pair(user)
        user.start_password = False
        user.save(update_fields=["password", "sealed_secret", "start_password", "public_key"])
        Unlock.objects.filter(user=user).delete()
        trail.record(verb="change_password", target=keys_in_trail.of_user(user), by=user)
    return secret


def _forget_sealed_to_old_pair(user: User) -> None:
    """Nobody can open it any more; inside the caller's transaction, which records why."""
    LockedPost.objects.filter(user=user).delete()
    signals.pair_replaced.send(sender=User, user=user)


def reset_password(*, user: User, seen: str, new: str, by: User) -> None:
    """A new start password for a forgotten one or a lost second factor: with a new key pair, which opens nothing until a
    key holder admits it. The second factor goes too, so that it is never reset without the key.

    `seen`: the digits of the account's key when the form was opened. Raises ChangedMeanwhile when they are others now,
    NotYourself, stretching.Busy.
    """
    if user.pk == by.pk:
        raise NotYourself
    if not user.is_active or fingerprint_of(user) != seen:
        raise ChangedMeanwhile
    _new(user, new)
    user.start_password = True
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if not row.is_active or fingerprint_of(row) != seen:
            raise ChangedMeanwhile
        user.save(update_fields=["public_key", "password", "sealed_secret", "start_password"])
        Unlock.objects.filter(user=user).delete()
        _forget_sealed_to_old_pair(user)
        forget_keys(user, left=False)
        forget_factors(user)
        trail.record(verb="reset_password", target=keys_in_trail.of_user(user), by=by)


def give_role(
    *, user: User, role: Role, by: trail.Actor | str, organisation: Organisation | None = None, body: Body | None = None
) -> None:
    """Gives a role in an organisation, in a body or on the node (the database refuses other combinations).

    Raises NotYourself, RolesApart.
    """
    if isinstance(by, User) and by.pk == user.pk:
        raise NotYourself
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if role in _APART and user.roles.filter(role__in=_APART[role]).exists():
            raise RolesApart
        _held, given = RoleHeld.objects.get_or_create(user=user, role=role, organisation=organisation, body=body)
        if given:
            if role == Role.CASEWORKER and not factors.has_factor(user):
                Unlock.objects.filter(user=user).delete()  # what is open was opened with a password alone
            target = f"{user.trail_name}@{_where(organisation, body)}"
            trail.record(verb=f"give_role:{role}", target=target, by=by)


def _where(organisation: Organisation | None, body: Body | None) -> str:
    return organisation.code if organisation else body.code if body else "node"


def take_role(*, held: RoleHeld, by: User, keyring: Keyring | None = None) -> list[Organisation]:
    """Takes a role back; with a caseworker's role goes her copy of that organisation's key, and her open sessions end.

    `keyring`: of who acts; what it opens gets a new key at once, and these organisations are given back: their recovery
    keys are to be printed. Raises NotYourself, LastAdministrator.
    """
    if held.user_id == by.pk:
        raise NotYourself
    with transaction.atomic():
        _administrators_locked()
        deleted, _ = RoleHeld.objects.filter(pk=held.pk).delete()
        if not deleted:
            return []
        renewed: list[Organisation] = []
        if held.role == Role.CASEWORKER:
            Unlock.objects.filter(user=held.user).delete()
            left = forget_keys(held.user, organisation=held.organisation, left=True)
            renewed = renew_after_leaving(organisations=left, keyring=keyring)
        _keep_an_administrator()
        where = _where(held.organisation, held.body)
        trail.record(verb=f"take_role:{held.role}", target=f"{held.user.trail_name}@{where}", by=by)
    return renewed


def close_account(*, user: User, by: User, keyring: Keyring | None = None) -> list[Organisation]:
    """Ends an account: it signs in no more, its open sessions, second factors and copies of keys are gone.

    What it could read before, it may have kept. `keyring`: of who acts; the organisations whose key it opens get a new one at
    once and are given back, since their recovery keys are to be printed; the others are marked. Raises NotYourself,
    LastAdministrator.
    """
    if user.pk == by.pk:
        raise NotYourself
    with transaction.atomic():
        _administrators_locked()
        if not User.objects.select_for_update().get(pk=user.pk).is_active:
            return []
        user.is_active = False
        user.save(update_fields=["is_active"])
        Unlock.objects.filter(user=user).delete()
        LockedPost.objects.filter(user=user).delete()
        forget_factors(user)
        renewed = renew_after_leaving(organisations=forget_keys(user, left=True), keyring=keyring)
        _keep_an_administrator()
        trail.record(verb="close_account", target=user.trail_name, by=by)
    return renewed


def _administrators_locked() -> None:
    """Two administrators who close each other at the same moment come one after the other."""
    list(RoleHeld.objects.select_for_update().filter(role=Role.NODE_ADMIN).order_by("pk").values_list("pk", flat=True))


def _keep_an_administrator() -> None:
    """A node that never had one is filled on the command line; one that has some keeps one."""
    held = RoleHeld.objects.filter(role=Role.NODE_ADMIN)
    if held.exists() and not held.filter(user__is_active=True).exists():
        raise LastAdministrator
