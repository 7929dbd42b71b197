"""Keys that no replay can make anew, kept beside the ledger: what was sealed to whom right after an act.

Restricting a case, handing it over, a new key of an office, new digits: each destroys keys and makes others. After a restore
from an older backup the ledger can take the old ones away, but the new ones are in nobody's hands then. So each such act
leaves them here, one file a line of the ledger (`keys/<chain>-<number>.kenesh`): rows that are sealed already, sealed once
more to the offline key of the backups. They live thirty days, as the archives of keys do: with the last backup that lacks
them they are of no use.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from kenesh.kernel import vault
from kenesh.kernel.rows import Table

if TYPE_CHECKING:
    from kenesh.kernel.models import TrailEntry

Collect = Callable[[str], Iterable[Table]]
Apply = Callable[[str, list[Table] | None], None]  # None: the file is lost, and what it opened is to be closed

PUBLIC_KEY = "backup.public"
MAC_KEY = "backup-mac"  # in KENESH_HOME/secrets: proves that an archive or a file here was made by this node
LIVE = timedelta(days=30)
_LENGTH = 2  # bytes in front of the sealed key
_MAC = 32  # bytes at the end

_carriers: dict[str, list[tuple[str, Collect, Apply]]] = {}


class Lost(Exception):
    """The file of a line is not there, this key does not open it, or it was not made by the node of this key."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def carries(*verbs: str, collect: Collect) -> Callable[[Apply], Apply]:
    """Registers what an act leaves beside the ledger (`collect`, given its target), and how that is put back on restored rows."""

    def register(function: Apply) -> Apply:
        for verb in verbs:
            _carriers.setdefault(verb, []).append((f"{function.__module__}.{function.__qualname__}", collect, function))
        return function

    return register


def verbs() -> set[str]:
    return set(_carriers)


def public_key() -> bytes | None:
    """The key to which backups are sealed; None when none was made: then there is no backup either."""
    path = settings.HOME / PUBLIC_KEY
    return bytes.fromhex(path.read_text(encoding="ascii").strip()) if path.exists() else None


def mac_key() -> bytes | None:
    """The key with which this node proves that a backup is its own; it goes with `public_key`."""
    path = settings.HOME / "secrets" / MAC_KEY
    return path.read_bytes() if path.exists() else None


def set_keys(secret: bytes) -> None:
    """Keeps what a node needs of the offline key: the half to which it seals, and the key with which it proves; not the key itself."""
    proving = settings.HOME / "secrets" / MAC_KEY
    _write(proving, vault.backup_mac_key(secret))
    _write(settings.HOME / PUBLIC_KEY, vault.pair_from_seed(secret).public.hex().encode() + b"\n")


def folder(ledger: Path) -> Path:
    """Beside a ledger, wherever it lies."""
    return ledger.parent / "keys"


def _name(chain: str, number: int) -> str:
    return f"{chain}-{number}.kenesh"


def _place(chain: str, number: int, part: str) -> vault.Place:
    return vault.Place("ledger", part, chain, number)


def keep(entries: Iterable[TrailEntry]) -> None:
    """Writes the files of these entries, out of what the database holds now. A later act's line comes later in the ledger."""
    public, proving = public_key(), mac_key()
    for entry in entries:
        if public is not None and proving is not None and entry.verb in _carriers:
            given = {name: list(collect(entry.target)) for name, collect, _apply in _carriers[entry.verb]}
            _write(folder(settings.LEDGER) / _name(entry.chain, entry.number), _sealed(entry, public, proving, given))


def _sealed(entry: TrailEntry, public: bytes, proving: bytes, given: dict[str, list[Table]]) -> bytes:
    key = vault.new_key()
    sealed_key = vault.seal_to(public, key, _place(entry.chain, entry.number, "key"))
    text = zlib.compress(json.dumps(given, separators=(",", ":")).encode(), 6)
    head = len(sealed_key).to_bytes(_LENGTH, "big") + sealed_key
    data = head + vault.seal(key, text, _place(entry.chain, entry.number, "rows"))
    return data + vault.backup_mac(proving, data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def put_back(*, chain: str, number: int, verb: str, target: str, ledger: Path, secret: bytes, close_lost: bool) -> None:
    """Puts back what an act left. `close_lost`: closes what a lost file would have opened. Raises Lost."""
    if verb not in _carriers:
        return
    given: dict[str, list[Table]] | None = None
    path = folder(ledger) / _name(chain, number)
    try:
        given = _opened(path.read_bytes(), chain, number, secret)
    except (FileNotFoundError, vault.Tampered) as why:
        if not close_lost:
            raise Lost(path) from why
    for name, _collect, apply in _carriers[verb]:
        apply(target, None if given is None else given.get(name, []))


def _opened(data: bytes, chain: str, number: int, secret: bytes) -> dict[str, list[Table]]:
    data, mac = data[:-_MAC], data[-_MAC:]
    if not vault.same(vault.backup_mac(vault.backup_mac_key(secret), data), mac):
        raise vault.Tampered
    length = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    key = vault.open_from(secret, data[_LENGTH:length], _place(chain, number, "key"))
    text = vault.open_sealed(key, data[length:], _place(chain, number, "rows"))
    given: dict[str, Any] = json.loads(zlib.decompress(text))
    return given


def forget(where: Path, *, now: datetime | None = None) -> int:
    """Deletes the files that have lived their thirty days; gives how many."""
    oldest = ((now or datetime.now(UTC)) - LIVE).timestamp()
    old = [path for path in where.glob("*.kenesh") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink()
    return len(old)
