"""What an account keeps for itself, or for its office, under a key of its own: saved views, undo. Content is sealed."""

from __future__ import annotations

import json
from typing import Any

from kenesh.casework.models.limits import LeadNote
from kenesh.casework.models.queue import Kept
from kenesh.casework.models.quotations import WaitingWords
from kenesh.kernel import vault
from kenesh.people.keyring import Keyring
from kenesh.people.models import OrganisationEpoch

Body = dict[str, Any]
OfOffice = WaitingWords | LeadNote


def seal(row: Kept, body: Body, *, office_epoch: OrganisationEpoch | None = None) -> None:
    """Seals the content into an unsaved row whose `user` is set: to that account, or to an epoch of its office."""
    row.office_epoch = office_epoch
    public = office_epoch.public_key if office_epoch is not None else row.user.public_key
    _seal(row, body, bytes(public))


def seal_to_office(row: OfOffice, body: Body, epoch: OrganisationEpoch) -> None:
    """Seals the content into an unsaved row that is no account's own."""
    row.office_epoch = epoch
    _seal(row, body, bytes(epoch.public_key))


def _seal(row: Kept | OfOffice, body: Body, public: bytes) -> None:
    key = vault.new_key()
    row.sealed_key = vault.seal_to(public, key, _place(row, "sealed_key"))
    row.sealed = vault.seal(key, json.dumps(body, ensure_ascii=False).encode(), _place(row, "sealed"))


def read(row: Kept | OfOffice, keyring: Keyring) -> Body:
    """Raises KeyMissing, and vault.Tampered for another account's."""
    epoch = row.office_epoch
    secret = keyring.organisation_secret(epoch) if epoch is not None else keyring.secret
    public = bytes(epoch.public_key) if epoch is not None else b""
    key = vault.open_from(secret, bytes(row.sealed_key), _place(row, "sealed_key"), public=public)
    body: Body = json.loads(vault.open_sealed(key, bytes(row.sealed), _place(row, "sealed")))
    return body


def _place(row: Kept | OfOffice, column: str) -> vault.Place:
    return vault.Place(row._meta.db_table, column, row.uid.hex)
