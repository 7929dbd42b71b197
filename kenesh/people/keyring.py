"""An open session's keys: the account's own secret and, through it, the secrets of its organisations.

Lives for one request, in memory only. Everything that reads an appeal or a case takes a Keyring.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kenesh.kernel import reading, vault
from kenesh.people.models import OrganisationEpoch, OrganisationKey, User


class KeyMissing(Exception):
    """This account holds no key to what was asked for."""


def place_of_user_secret(user: User) -> vault.Place:
    return vault.Place("people_user", "sealed_secret", user.uid.hex)


def place_of_organisation_secret(epoch: OrganisationEpoch, holder: str) -> vault.Place:
    """`holder`: the uid of the user, or "recovery"."""
    return vault.Place("people_organisationkey", holder, epoch.uid.hex, epoch.number)


def place_of_previous_secret(epoch: OrganisationEpoch) -> vault.Place:
    return vault.Place("people_organisationepoch", "sealed_previous", epoch.uid.hex, epoch.number)


def place_of_index_key(epoch: OrganisationEpoch) -> vault.Place:
    return vault.Place("people_organisationepoch", "sealed_index_key", epoch.uid.hex, epoch.number)


@dataclass
class Keyring:
    """The keys of one signed-in account."""

    user: User
    secret: bytes = field(repr=False)
    _organisations: dict[int, bytes] = field(default_factory=dict, repr=False)
    _epochs: dict[int, OrganisationEpoch] = field(default_factory=dict, repr=False)

    def organisation_secret(self, epoch: OrganisationEpoch) -> bytes:
        """The secret of an organisation's epoch. Raises KeyMissing."""
        if epoch.pk not in self._organisations:
            self._organisations[epoch.pk] = self._open(epoch)
        return self._organisations[epoch.pk]

    def epochs(self, ids: Iterable[int]) -> dict[int, OrganisationEpoch]:
        """Epochs of organisations by their ids, each read once for each request: what never changes in them may be used."""
        missing = set(ids) - self._epochs.keys()
        self._epochs.update((epoch.pk, epoch) for epoch in reading.rows_of(OrganisationEpoch, "id", sorted(missing)))
        return self._epochs

    def index_key(self, epoch: OrganisationEpoch) -> bytes:
        """The key of the organisation's search index in this epoch. Raises KeyMissing."""
        wrap = vault.B(self.organisation_secret(epoch), "index")
        return vault.open_sealed(wrap, bytes(epoch.sealed_index_key), place_of_index_key(epoch))

    def _open(self, epoch: OrganisationEpoch) -> bytes:
        for key in reading.rows_with(OrganisationKey, epoch_id=epoch.pk, user_id=self.user.pk):
            return vault.open_from(self.secret, bytes(key.sealed_secret), place_of_organisation_secret(epoch, self.user.uid.hex))
        following = OrganisationEpoch.objects.filter(organisation_id=epoch.organisation_id, number=epoch.number + 1).first()
        if following is None or following.sealed_previous is None:
            raise KeyMissing
        chained = vault.B(self.organisation_secret(following), "epoch")
        return vault.open_sealed(chained, bytes(following.sealed_previous), place_of_previous_secret(following))
