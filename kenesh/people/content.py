"""Content keys: how an appeal or a case is sealed to organisations and people, rotated, latched and opened.

The rows are the areas' own (subclasses of ContentEpoch and Grant); nothing here saves or deletes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenesh.kernel import reading, vault
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import ContentEpoch, Grant, OrganisationEpoch, User

Epoch = TypeVar("Epoch", bound=ContentEpoch)
AnyGrant = TypeVar("AnyGrant", bound=Grant)


def new_content_key(epoch: ContentEpoch, *, previous: bytes | None = None) -> bytes:
    """A random key for an unsaved epoch row; from the second epoch on it seals the key of the epoch before."""
    key = vault.new_key()
    if previous is not None:
        epoch.sealed_previous = vault.seal(vault.B(key, "previous"), previous, _place_of_previous(epoch))
    return key


def earlier_key(epoch: ContentEpoch, key: bytes) -> bytes:
    """The key of the epoch before this one. Raises vault.Tampered."""
    return vault.open_sealed(vault.B(key, "previous"), bytes(epoch.sealed_previous or b""), _place_of_previous(epoch))


def _place_of_previous(epoch: ContentEpoch) -> vault.Place:
    return vault.Place(epoch._meta.db_table, "sealed_previous", epoch.uid.hex, epoch.number)


def _place(grant: Grant, epoch: ContentEpoch) -> vault.Place:
    return vault.Place(grant._meta.db_table, f"sealed_key:{epoch.uid.hex}", grant.uid.hex, epoch.number)


def fill_grant(grant: Grant, epoch: ContentEpoch, key: bytes, to: OrganisationEpoch | User) -> None:
    """Seals the content key to an organisation's epoch or to a named person, on the unsaved row."""
    if isinstance(to, User):
        grant.user = to
    else:
        grant.organisation_epoch = to
    grant.sealed_key = vault.seal_to(bytes(to.public_key), key, _place(grant, epoch))


def open_grants(epoch: ContentEpoch, grants: Iterable[Grant], keyring: Keyring) -> bytes:
    """The content key, through whichever of the epoch's grants this session can open. Raises KeyMissing."""
    for grant in grants:
        if grant.latched or not grant.sealed_key:
            continue
        if grant.user_id == keyring.user.pk:
            try:
                return vault.open_from(keyring.secret, bytes(grant.sealed_key), _place(grant, epoch))
            except vault.Tampered:
                continue  # sealed to the pair that she had before her password was forgotten
        if grant.organisation_epoch is not None:
            try:
                secret = keyring.organisation_secret(grant.organisation_epoch)
            except KeyMissing:
                continue
            public = bytes(grant.organisation_epoch.public_key)
            return vault.open_from(secret, bytes(grant.sealed_key), _place(grant, epoch), public=public)
    raise KeyMissing


def open_chain(epochs: Sequence[Epoch], open_one: Callable[[Epoch], bytes]) -> tuple[Epoch, dict[int, bytes]]:
    """The newest epoch that `open_one` can open, and the keys of it and of all before it.

    `epochs`: newest first. `open_one` raises KeyMissing for an epoch that it cannot open; so does this when none opens.
    """
    for index, epoch in enumerate(epochs):
        try:
            key = open_one(epoch)
        except KeyMissing:
            continue
        keys = {epoch.number: key}
        for newer, older in pairwise(epochs[index:]):
            key = earlier_key(newer, key)
            keys[older.number] = key
        return epoch, keys
    raise KeyMissing


def open_many(
    epochs_of: type[Epoch], grants_of: type[AnyGrant], owner: str, ids: Iterable[int], keyring: Keyring
) -> dict[int, tuple[Epoch, dict[int, bytes]]]:
    """By the ids of what is to be opened: the newest epoch that this session can open, and the keys of it and of all before
    it. A fixed number of queries; what does not open is left out. `owner`: the column of the epochs that names these ids."""
    of_owner: dict[int, list[Epoch]] = {}
    grants: dict[int, list[AnyGrant]] = {}
    by_id: dict[int, Epoch] = {}
    for epoch in reading.rows_of(epochs_of, owner, ids, order="number DESC"):
        of_owner.setdefault(getattr(epoch, owner), []).append(epoch)
        by_id[epoch.pk] = epoch
    granted = reading.rows_of(grants_of, "epoch_id", by_id, order="id")
    offices = keyring.epochs(grant.organisation_epoch_id for grant in granted if grant.organisation_epoch_id is not None)
    for grant in granted:
        grant.organisation_epoch = offices.get(grant.organisation_epoch_id or 0)
        grants.setdefault(grant.epoch_id, []).append(grant)  # type: ignore[attr-defined]  # each area's grants have an epoch
    found = {}
    for pk, own in of_owner.items():
        try:
            found[pk] = open_chain(own, lambda one: open_grants(one, grants.get(one.pk, []), keyring))
        except KeyMissing:
            continue
    return found


def take_from(user: User, grants: QuerySet[AnyGrant]) -> None:
    """Destroys what is sealed to a person who has left, where somebody else still holds the key; the empty rows say that
    the next content needs a new one. Inside the caller's transaction."""
    others = grants.model._default_manager.filter(epoch=OuterRef("epoch")).exclude(user=user)
    grants.filter(user=user, latched=False).filter(Exists(others)).update(sealed_key=b"")


def outdated(grants: QuerySet[AnyGrant]) -> bool:
    """Whether somebody has left who had the key of these grants of one content epoch: a new epoch is due."""
    latched = set(grants.filter(Q(latched=True) | _left()).values_list("latched", flat=True))
    return bool(latched) and True not in latched  # latched: closed by the person until she gives it back or it is destroyed


def _left() -> Q:
    newer = OrganisationEpoch.objects.filter(
        organisation=OuterRef("organisation_epoch__organisation"), number__gt=OuterRef("organisation_epoch__number")
    )
    return Q(Exists(newer)) | Q(user__isnull=False, sealed_key=b"")


def holders_who_stay(grants: QuerySet[AnyGrant]) -> list[OrganisationEpoch | User]:
    """To whom the next content epoch is granted: the newest epochs of the same organisations, and the same people."""
    holders: list[OrganisationEpoch | User] = []
    for grant in grants.select_related("organisation_epoch", "user").order_by("pk"):
        if grant.organisation_epoch is not None:
            newest = OrganisationEpoch.objects.filter(organisation_id=grant.organisation_epoch.organisation_id)
            holders.append(newest.order_by("-number")[:1].get())
        elif grant.user is not None and grant.sealed_key:
            holders.append(grant.user)
    return holders


def latch(grant: Grant, receipt_public_key: bytes) -> None:
    """Closes a grant for everybody but the holder of the receipt, who can give it back. Needs no key."""
    if not grant.latched:
        grant.sealed_key = vault.seal_to(receipt_public_key, bytes(grant.sealed_key), _place_of_latch(grant))
        grant.latched = True


def unlatch(grant: Grant, receipt_secret: bytes) -> None:
    """Gives a latched grant back. Raises vault.Tampered when another receipt latched it."""
    if grant.latched:
        grant.sealed_key = vault.open_from(receipt_secret, bytes(grant.sealed_key), _place_of_latch(grant))
        grant.latched = False


def _place_of_latch(grant: Grant) -> vault.Place:
    return vault.Place(grant._meta.db_table, "latch", grant.uid.hex)
