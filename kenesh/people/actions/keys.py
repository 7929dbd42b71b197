"""Keys of organisations: made, renewed, given to a colleague, taken back, recovered from paper."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet

from kenesh.kernel import trail, vault
from kenesh.people import keys_in_trail, signals
from kenesh.people.actions.posts import keep_locked_post, read_locked_post
from kenesh.people.actions.refusals import ChangedMeanwhile, StartPassword, WrongFingerprint
from kenesh.people.keyring import (
    Keyring,
    place_of_index_key,
    place_of_organisation_secret,
    place_of_previous_secret,
)
from kenesh.people.models import LockedPost, Organisation, OrganisationEpoch, OrganisationKey, OrganisationRecovery, User
from kenesh.people.queries import current_epoch, fingerprint_of, key_holders, uid_of_kept_recovery


def begin_epoch(
    *, organisation: Organisation, holders: Iterable[User], by: trail.Actor | str, keyring: Keyring | None = None
) -> vault.RecoveryKey:
    """A new key pair for the organisation, sealed to each holder; gives the new recovery key, to be printed once.

    From the second epoch on `keyring` must open the epoch before, whose secret the new one seals.
    """
    pair, recovery = vault.new_pair(), vault.new_recovery_key()
    with transaction.atomic():
        last = _last_number(organisation)
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
        trail.record(verb="begin_epoch", target=keys_in_trail.of_epoch(epoch), by=by, chain=organisation.chain)
    return recovery


def _last_number(organisation: Organisation) -> int:
    """The number of the newest epoch, 0 for none. Locks the organisation: two people never begin the same epoch."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return organisation.epochs.aggregate(last=Max("number"))["last"] or 0


def _seal_secret(epoch: OrganisationEpoch, secret: bytes, holder: User) -> None:
    place = place_of_organisation_secret(epoch, holder.uid.hex)
    OrganisationKey.objects.update_or_create(
        epoch=epoch, user=holder, defaults={"sealed_secret": vault.seal_to(bytes(holder.public_key), secret, place)}
    )


def make_keys(*, keyring: Keyring, organisation: Organisation, after: int) -> None:
    """The office's first key (`after` = 0), or a new one after the epoch of that number, for all who hold it now.

    The recovery key waits, sealed for the maker alone, until `put_recovery_key_away`: a lost answer loses no key. Raises
    ChangedMeanwhile when the newest epoch is another one, KeyMissing when this account does not hold it.
    """
    refuse_start_password(keyring.user)
    with transaction.atomic():
        last = _last_number(organisation)
        if last != after:
            raise ChangedMeanwhile
        _begin_next(keyring, organisation, last)


def renew_after_leaving(*, organisations: list[Organisation], keyring: Keyring | None) -> list[Organisation]:
    """Begins a new key, with a new key of the search index, wherever this account holds the newest; gives these organisations.

    Inside the caller's transaction, which has taken the copies of whoever left.
    """
    renewed: list[Organisation] = []
    if keyring is None:
        return renewed
    for organisation in organisations:
        last = _last_number(organisation)
        if OrganisationKey.objects.filter(epoch__organisation=organisation, epoch__number=last, user=keyring.user).exists():
            _begin_next(keyring, organisation, last)
            renewed.append(organisation)
    return renewed


def _begin_next(keyring: Keyring, organisation: Organisation, last: int) -> None:
    """After the epoch of that number; the organisation is locked."""
    with transaction.atomic():
        if last:
            newest = current_epoch(organisation)
            keyring.organisation_secret(newest)
            holders = list(key_holders(newest))
        else:
            holders = [keyring.user]
        recovery = begin_epoch(organisation=organisation, holders=holders, by=keyring.user, keyring=keyring)
        epoch = current_epoch(organisation)
        keep_locked_post(
            user=keyring.user,
            path="recovery",
            fields={"key": [recovery.text]},
            uid=_uid_of_kept(epoch, keyring.user),
            keep=True,
        )


def destroy_old_epochs(*, keyring: Keyring, organisation: Organisation) -> bool:
    """Destroys what leads from the newest key of an organisation to those before, once nothing is sealed to them any more.

    False when something still is (an appeal that is being erased, a search index that has not moved yet): then all stays.
    """
    with transaction.atomic():
        _last_number(organisation)
        newest = current_epoch(organisation)
        keyring.organisation_secret(newest)
        older = OrganisationEpoch.objects.filter(organisation=organisation, number__lt=newest.number)
        if _is_used(older):
            return False
        OrganisationKey.objects.filter(epoch__in=older).delete()
        OrganisationRecovery.objects.filter(epoch__in=older).delete()
        OrganisationEpoch.objects.filter(pk=newest.pk).update(sealed_previous=None)
        target = f"{organisation.code}:{newest.number}"
        trail.record(verb="destroy_old_keys", target=target, by=keyring.user, chain=organisation.chain)
    return True


def _is_used(epochs: QuerySet[OrganisationEpoch]) -> bool:
    """Whether a row of any area, besides the copies of the keys themselves, is sealed to one of these epochs."""
    for relation in OrganisationEpoch._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if relation.auto_created and isinstance(model, type) and model not in (OrganisationKey, OrganisationRecovery):
            column = getattr(relation, "field").name  # noqa: B009  # a relation from outside has its field there
            if model._default_manager.filter(**{f"{column}__in": epochs}).exists():  # type: ignore[attr-defined]  # a model
                return True
    return False


def kept_recovery_key(*, keyring: Keyring, organisation: Organisation) -> str | None:
    """The recovery key of the newest epoch, for who made it and has not yet put it away."""
    epoch = organisation.epochs.order_by("-number").first()
    kept = read_locked_post(keyring=keyring, uid=_uid_of_kept(epoch, keyring.user)) if epoch else None
    return kept[1]["key"][0] if kept else None


def put_recovery_key_away(*, organisation: Organisation, by: User) -> None:
    """It lies in the safe now: the node forgets it."""
    epoch = organisation.epochs.order_by("-number").first()
    if epoch is None:
        return
    with transaction.atomic():
        deleted, _ = LockedPost.objects.filter(uid=_uid_of_kept(epoch, by), user=by).delete()
        if deleted:
            target = f"{organisation.code}:{epoch.number}"
            trail.record(verb="put_recovery_key_away", target=target, by=by, chain=organisation.chain)


def _uid_of_kept(epoch: OrganisationEpoch, user: User) -> uuid.UUID:
    return uid_of_kept_recovery(epoch, user.uid)


def admit(*, keyring: Keyring, organisation: Organisation, colleague: User, fingerprint: str) -> None:
    """Gives a caseworker the organisation's key, after the numbers of her key were compared by voice.

    Raises WrongFingerprint, StartPassword, KeyMissing.
    """
    refuse_start_password(colleague)
    if not vault.same(fingerprint_of(colleague).encode(), "".join(fingerprint.split()).encode()):
        raise WrongFingerprint
    epoch = current_epoch(organisation)
    secret = keyring.organisation_secret(epoch)
    with transaction.atomic():
        if OrganisationKey.objects.filter(epoch=epoch, user=colleague).exists():
            return
        _seal_secret(epoch, secret, colleague)
        trail.record(verb="admit", target=colleague.trail_name, by=keyring.user, chain=organisation.chain)


def recover(*, organisation: Organisation, recovery: vault.RecoveryKey, user: User, by: trail.Actor | str) -> None:
    """Opens the newest epoch with the printed recovery key and gives it to this account. Raises vault.Tampered for a wrong key."""
    refuse_start_password(user)
    epoch = current_epoch(organisation)
    row = OrganisationRecovery.objects.get(epoch=epoch)
    secret = vault.open_from(recovery.pair.secret, bytes(row.sealed_secret), place_of_organisation_secret(epoch, "recovery"))
    with transaction.atomic():
        if OrganisationKey.objects.filter(epoch=epoch, user=user).exists():
            return
        _seal_secret(epoch, secret, user)
        trail.record(verb="recover", target=user.trail_name, by=by, chain=organisation.chain)


def refuse_start_password(user: User) -> None:
    """Raises StartPassword while somebody else may know the account's password."""
    if User.objects.filter(pk=user.pk, start_password=True).exists():
        raise StartPassword


def forget_keys(user: User, *, organisation: Organisation | None = None, left: bool) -> list[Organisation]:
    """Deletes the account's copies of keys, of one organisation or of all, and gives the organisations whose keys they were.

    Inside the caller's transaction, which records why. What is sealed to the person herself goes by the signal `keys_taken`.

    `left`: the holder is gone with what she could open, so these epochs are due to be followed by new ones.
    """
    copies = OrganisationKey.objects.filter(user=user)
    if organisation is not None:
        copies = copies.filter(epoch__organisation=organisation)
    held = list(Organisation.objects.filter(pk__in=list(copies.values_list("epoch__organisation", flat=True))).order_by("pk"))
    if left:
        OrganisationEpoch.objects.filter(pk__in=list(copies.values_list("epoch_id", flat=True))).update(renewal_due=True)
    copies.delete()
    signals.keys_taken.send(sender=User, user=user, organisation=organisation)
    return held
