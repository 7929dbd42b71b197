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
    """Keys in the database that the trail does not know, and offices' keys that it knows and the database has no more, in words.

    It believes the trail: check that first.
    """
    verbs = ["add_user", "reset_password", "change_password", "begin_epoch"]
    said = list(TrailEntry.objects.filter(verb__in=verbs).values_list("verb", "target"))
    known = {target for _, target in said}
    begun = {target for verb, target in said if verb == "begin_epoch"}
    for epoch in OrganisationEpoch.objects.select_related("organisation").order_by("id"):
        if of_epoch(epoch) not in known:
            yield f"key {epoch.number} of {epoch.organisation}"
        begun.discard(of_epoch(epoch))
    for target in sorted(begun):
        yield f"key {target.rsplit(':', 1)[0]} was begun and is gone: what stands in its place"
    for user in User.objects.order_by("id"):
        if of_user(user) not in known:
            yield f"the key of {user.email}"
