"""What an account keeps for itself, or for its office, under a key of its own: saved views, undo. Content is sealed."""

from __future__ import annotations

import json
from typing import Any

from kenesh.casework.models.queue import Kept
from kenesh.kernel import vault
from kenesh.people.keyring import Keyring
from kenesh.people.models import OrganisationEpoch

Body = dict[str, Any]


def seal(row: Kept, body: Body, *, office_epoch: OrganisationEpoch | None = None) -> None:
    """Seals the content into an unsaved row whose `user` is set: to that account, or to an epoch of its office."""
    row.office_epoch = office_epoch
    key = vault.new_key()
    public = office_epoch.public_key if office_epoch is not None else row.user.public_key
    row.sealed_key = vault.seal_to(bytes(public), key, _place(row, "sealed_key"))
    row.sealed = vault.seal(key, json.dumps(body, ensure_ascii=False).encode(), _place(row, "sealed"))


def read(row: Kept, keyring: Keyring) -> Body:
    """Raises KeyMissing, and vault.Tampered for another account's."""
    secret = keyring.organisation_secret(row.office_epoch) if row.office_epoch is not None else keyring.secret
    key = vault.open_from(secret, bytes(row.sealed_key), _place(row, "sealed_key"))
    body: Body = json.loads(vault.open_sealed(key, bytes(row.sealed), _place(row, "sealed")))
    return body


def _place(row: Kept, column: str) -> vault.Place:
    return vault.Place(row._meta.db_table, column, row.uid.hex)
