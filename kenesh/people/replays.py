"""What the ledger of destroyed keys does again on a restored backup: who has left holds no key, offices have their newest, and
whoever wanted no more letters gets none."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from kenesh.kernel import carried, ledger, rows, trail
from kenesh.people import signals
from kenesh.people.models import (
    LockedPost,
    MailStop,
    Organisation,
    OrganisationEpoch,
    OrganisationKey,
    OrganisationRecovery,
    Role,
    Unlock,
    User,
)
from kenesh.people.queries import uid_of_kept_recovery


def _user(target: str) -> User | None:
    return User.objects.filter(uid=UUID(target.partition(":")[2].partition("@")[0])).first()


@ledger.replays("close_account")
def close_account(target: str) -> None:
    user = _user(target)
    if user is not None:
        _forget(user, None)
        User.objects.filter(pk=user.pk).update(is_active=False)


@ledger.replays(f"take_role:{Role.CASEWORKER}")
def take_role(target: str) -> None:
    user, where = _user(target), target.partition("@")[2]
    if user is not None:
        _forget(user, Organisation.objects.filter(code=where).first())
        user.roles.filter(role=Role.CASEWORKER, organisation__code=where).delete()


def _forget(user: User, organisation: Organisation | None) -> None:
    """Her copies of keys, of one office or of all, and what is sealed to herself; the offices are to begin a new key."""
    copies = OrganisationKey.objects.filter(user=user)
    if organisation is not None:
        copies = copies.filter(epoch__organisation=organisation)
    OrganisationEpoch.objects.filter(pk__in=list(copies.values_list("epoch_id", flat=True))).update(renewal_due=True)
    copies.delete()
    Unlock.objects.filter(user=user).delete()
    signals.keys_taken.send(sender=User, user=user, organisation=organisation)


@ledger.replays("destroy_old_keys")
def ask_for_new_key(target: str) -> None:
    """Everything had been sealed anew: that needs an open session of a holder again."""
    newest = OrganisationEpoch.objects.filter(organisation__code=target.partition(":")[0]).order_by("-number").first()
    if newest is not None:
        OrganisationEpoch.objects.filter(pk=newest.pk).update(renewal_due=True)


def _epoch_tables(target: str) -> Iterator[rows.Table]:
    code, number, _key = target.split(":")
    epochs = OrganisationEpoch.objects.filter(organisation__code=code, number=int(number))
    keys = OrganisationKey.objects.filter(epoch__in=epochs)
    kept = [uid_of_kept_recovery(key.epoch, key.user.uid) for key in keys.select_related("epoch__organisation", "user")]
    yield rows.table(epochs)
    yield rows.table(keys)
    yield rows.table(OrganisationRecovery.objects.filter(epoch__in=epochs))
    yield rows.table(LockedPost.objects.filter(keep=True, uid__in=kept))


@carried.carries("begin_epoch", collect=_epoch_tables)
def put_epoch(target: str, tables: list[rows.Table] | None) -> None:
    """The office's newer key, for those who held it; sealed to the keys of accounts, which may be others since."""
    epochs = rows.rows_of(tables or [], OrganisationEpoch)
    for model in (OrganisationEpoch, OrganisationKey, OrganisationRecovery, LockedPost):
        rows.put(rows.rows_of(tables or [], model))
    for epoch in OrganisationEpoch.objects.filter(pk__in=[row.pk for row in epochs]).select_related("organisation"):
        trail.record(verb="begin_epoch", target=target, by="command", chain=epoch.organisation.chain)


@ledger.replays("mail_opted_out", undone_by="mail_resumed")
def send_no_more(target: str) -> None:
    """The ledger knows the address as a hash only, and that is enough."""
    MailStop.objects.get_or_create(address=target.partition(":")[2], defaults={"why": MailStop.Why.OPTED_OUT})
