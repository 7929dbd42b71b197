"""The ballot box: the keys of secret ballots, each in a file of its own outside the database and every backup.

A ballot's key is derived from the random bytes of its file and the node's own secret `ballots`. The file is written before the
ballot is, and destroyed after it closes: then votes that lie sealed in an old backup stay shut for good.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from kenesh.kernel import vault


def folder() -> Path:
    return Path(settings.HOME) / "ballots"


def make(uid: uuid.UUID) -> None:
    """Writes a new key and waits for the disk. Raises FileExistsError, OSError."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder() / uid.hex, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(vault.new_key())
        file.flush()
        os.fsync(file.fileno())
    _settle()


def key(uid: uuid.UUID) -> bytes | None:
    """The key of a ballot; None when its file is gone or cut short."""
    try:
        own = (folder() / uid.hex).read_bytes()
    except FileNotFoundError:
        return None
    return vault.ballot_key(settings.SECRETS.ballots, own) if len(own) == vault.KEY_BYTES else None


def destroy(uid: uuid.UUID) -> None:
    """Writes over the key and removes its file; nothing happens when it is gone."""
    try:
        descriptor = os.open(folder() / uid.hex, os.O_WRONLY)
    except FileNotFoundError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(vault.KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    (folder() / uid.hex).unlink(missing_ok=True)
    _settle()


def _settle() -> None:
    """Waits until the disk knows which files there are."""
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keys(*, older_than: float = 0.0) -> Iterator[uuid.UUID]:
    """The ballots whose key is here, of files that are older than so many seconds."""
    if not folder().exists():
        return
    for path in sorted(folder().iterdir()):
        if time.time() - path.stat().st_mtime >= older_than:
            yield uuid.UUID(path.name)
