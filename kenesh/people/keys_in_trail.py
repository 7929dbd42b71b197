"""Public keys in the trail: who can write the database cannot put a key of his own in the place of somebody's unnoticed.

Sealed boxes say nothing of who sealed them. So each new key is named in the trail, whose MAC key is outside the database,
and `kenesh doctor` compares.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenesh.kernel.models import TrailEntry
from kenesh.people.models import OrganisationEpoch, User


def of_user(user: User) -> str:
    """The target of the entry that says which key an account was given."""
    return f"{user.trail_name}:{bytes(user.public_key).hex()}"


def of_epoch(epoch: OrganisationEpoch) -> str:
    return f"{epoch.organisation.code}:{epoch.number}:{bytes(epoch.public_key).hex()}"


def strangers() -> Iterator[str]:
    """Keys in the database that the trail does not know, in words."""
    known = set(
        TrailEntry.objects.filter(verb__in=["add_user", "reset_password", "begin_epoch"]).values_list("target", flat=True)
    )
    for epoch in OrganisationEpoch.objects.select_related("organisation").order_by("id"):
        if of_epoch(epoch) not in known:
            yield f"key {epoch.number} of {epoch.organisation}"
    for user in User.objects.order_by("id"):
        if of_user(user) not in known:
            yield f"the key of {user.email}"
