"""Forms sent to a locked session, and the recovery key that waits to be put into the safe: sealed for one account alone."""

from __future__ import annotations

import json
import uuid

from kenesh.kernel import vault
from kenesh.people.keyring import Keyring
from kenesh.people.models import LockedPost, User


def keep_locked_post(
    *, user: User, path: str, fields: dict[str, list[str]], uid: uuid.UUID | None = None, keep: bool = False
) -> uuid.UUID:
    """Seals what was sent to the account's own public key, so that only she can have it back; for a day, or until taken (`keep`)."""
    row = LockedPost(user=user, uid=uid or uuid.uuid4(), keep=keep)
    plain = json.dumps({"path": path, "fields": fields}, ensure_ascii=False).encode()
    key = vault.new_key()
    sealed_key = vault.seal_to(bytes(user.public_key), key, _place_of_post(row, "key"))
    row.sealed = len(sealed_key).to_bytes(2, "big") + sealed_key + vault.seal(key, plain, _place_of_post(row, "post"))
    row.save()
    return row.uid


def read_locked_post(*, keyring: Keyring, uid: uuid.UUID) -> tuple[str, dict[str, list[str]]] | None:
    """Path and fields of what was sent; None when there is none (any more)."""
    row = LockedPost.objects.filter(uid=uid, user=keyring.user).first()
    if row is None:
        return None
    sealed = bytes(row.sealed)
    length = int.from_bytes(sealed[:2], "big")
    key = vault.open_from(keyring.secret, sealed[2 : 2 + length], _place_of_post(row, "key"))
    plain = json.loads(vault.open_sealed(key, sealed[2 + length :], _place_of_post(row, "post")))
    return plain["path"], plain["fields"]


def take_locked_post(*, keyring: Keyring, uid: uuid.UUID) -> tuple[str, dict[str, list[str]]] | None:
    """Path and fields of what was sent, and deletes the row; None when there is none (any more)."""
    kept = read_locked_post(keyring=keyring, uid=uid)
    if kept is not None:
        LockedPost.objects.filter(uid=uid, user=keyring.user).delete()
    return kept


def _place_of_post(row: LockedPost, part: str) -> vault.Place:
    return vault.Place("people_lockedpost", part, row.uid.hex)
