"""The node's own secrets: files in KENESH_HOME/secrets, made at the first start, never in the database or its backup.

They are plain random bytes; what is built from them is decided in kernel/vault.py.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

NAMES = ("pepper", "django", "trail", "door", "node", "mailer", "ballots", "factors")


@dataclass(frozen=True)
class NodeSecrets:
    """32 bytes each. `pepper`: receipts; `django`: signing of sessions and tokens; `trail`: MAC of the audit trail;
    `door`: counts that wait to be published; `node`: seed of the node's key pair; `mailer`: addresses for notices;
    `ballots`: keys of secret votes; `factors`: seeds and keys of second factors."""

    pepper: bytes
    django: bytes
    trail: bytes
    door: bytes
    node: bytes
    mailer: bytes
    ballots: bytes
    factors: bytes

    @property
    def node_id(self) -> str:
        """A public name of this node: the first 16 hexadecimal digits of a hash of its secret seed."""
        return hashlib.blake2b(self.node, digest_size=8, person=b"kenesh:node").hexdigest()


def load_or_create(home: Path) -> NodeSecrets:
    """Reads the secrets of the node in `home`; makes those that are missing, so that two processes agree on them."""
    folder = home / "secrets"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return NodeSecrets(**{name: _load_or_create(folder / name) for name in NAMES})


def _load_or_create(path: Path) -> bytes:
    if not path.exists():
        # Written aside and linked into place: the first of two processes wins, nobody ever reads half a secret.
        aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            pass  # the other process was first: its secret is the one
        finally:
            aside.unlink()
    value = path.read_bytes()
    if len(value) != 32:
        raise SystemExit(f"{path} must hold 32 bytes and holds {len(value)}: put it back from the backup of the secrets")
    return value
