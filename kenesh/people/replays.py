"""What the ledger of destroyed keys does again on a restored backup: who has left holds no key."""

from __future__ import annotations

from uuid import UUID

from kenesh.kernel import ledger
from kenesh.people.models import OrganisationKey, Role, Unlock, User


def _user(target: str) -> User | None:
    return User.objects.filter(uid=UUID(target.partition(":")[2].partition("@")[0])).first()


@ledger.replays("close_account")
def close_account(target: str) -> None:
    user = _user(target)
    if user is not None:
        OrganisationKey.objects.filter(user=user).delete()
        Unlock.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(is_active=False)


@ledger.replays(f"take_role:{Role.CASEWORKER}")
def take_role(target: str) -> None:
    user, where = _user(target), target.partition("@")[2]
    if user is not None:
        OrganisationKey.objects.filter(user=user, epoch__organisation__code=where).delete()
        user.roles.filter(role=Role.CASEWORKER, organisation__code=where).delete()
        Unlock.objects.filter(user=user).delete()
