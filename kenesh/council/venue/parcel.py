"""The sealed file in which a meeting travels: out under a passphrase, home under a key that its node alone can make again."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.kernel import archive, stretching, vault

OUT, HOME = "venue-out", "venue-home"
SHORTEST = 12  # letters of a passphrase
_MOST_KIB, _MOST_PASSES = 2**20, 16  # a strange file must not eat the machine


class WrongFile(Exception):
    """This file is not the one that is asked for; the message says why and what to do. `shown`: the same for a page; "" where it is
    only known that it is no such file."""

    def __init__(self, message: str, shown: str | Promise = "") -> None:
        super().__init__(message)
        self.shown = shown


def home_pair(uid: uuid.UUID) -> vault.Pair:
    return vault.venue_pair(settings.SECRETS.node, uid.bytes)


class Lock:
    """What a passphrase opens, stretched once and outside of any transaction."""

    def __init__(self, passphrase: str) -> None:
        self._salt, self._cost = vault.new_salt(), vault.PASSWORD_COST
        self._pair = stretching.staff.run(lambda: vault.pair_from_passphrase(passphrase, self._salt, self._cost))

    def write(self, path: Path, uid: uuid.UUID, lines: Iterable[Any]) -> None:
        """The file that is taken to the venue. What it says of itself in clear text opens nothing."""
        head = {**_head(uid), "salt": self._salt.hex(), "cost": str(self._cost)}
        _write(path, OUT, head, self._pair.public, vault.backup_mac_key(self._pair.secret), lines)

    def bytes_of(self, uid: uuid.UUID, lines: Iterable[Any]) -> bytes:
        """The same file, for a browser."""
        return _as_bytes(lambda path: self.write(path, uid, lines))


def read_out(path: Path, passphrase: str) -> Iterator[Any]:
    """The lines of a file that was taken from a node. Raises WrongFile, archive.Unreadable."""
    head = archive.announced(path)
    try:
        salt, cost = bytes.fromhex(str(head["salt"])), vault.Cost.parse(str(head["cost"]))
    except (KeyError, ValueError):
        raise WrongFile("this is no file of `kenesh venue take`: take the meeting on its node first") from None
    if not (0 < cost.kib <= _MOST_KIB and 0 < cost.passes <= _MOST_PASSES and len(salt) == len(vault.new_salt())):
        raise WrongFile("this file was changed: take the meeting on its node again")
    pair = vault.pair_from_passphrase(passphrase, salt, cost)
    return archive.read(path, part=OUT, secret=pair.secret, mac_key=vault.backup_mac_key(pair.secret))


def take_of(path: Path) -> uuid.UUID:
    """Of which take a file says it is. Raises WrongFile, archive.Unreadable."""
    try:
        return uuid.UUID(hex=str(archive.announced(path).get("uid", "")))
    except ValueError:
        raise WrongFile("this is no file of a meeting at a venue") from None


def write_home(path: Path, uid: uuid.UUID, node: str, public: bytes, lines: Iterable[Any]) -> None:
    """The file that is brought back. Only whoever opened the file that was taken knows to which key it is sealed: that proves it."""
    _write(path, HOME, {**_head(uid), "node": node}, public, vault.backup_mac_key(public), lines)


def bytes_home(uid: uuid.UUID, node: str, public: bytes, lines: Iterable[Any]) -> bytes:
    """The same file, for a browser."""
    return _as_bytes(lambda path: write_home(path, uid, node, public, lines))


def read_home(path: Path) -> Iterator[Any]:
    """The lines of a file that comes home to this node. Raises WrongFile, archive.Unreadable."""
    head = archive.announced(path)
    if head.get("part") == OUT:
        raise WrongFile(
            "this is the file that was taken to the venue: bring the one that `kenesh venue close` wrote there",
            _(
                "This is the file that was taken to the venue. Bring the one that the laptop gave when the meeting was closed there."
            ),
        )
    if head.get("node") != settings.NODE_ID:
        raise WrongFile(
            "this file is of a meeting of another node: bring it there",
            _("This file is of a meeting of another node. Bring it there."),
        )
    pair = home_pair(take_of(path))
    return archive.read(path, part=HOME, secret=pair.secret, mac_key=vault.backup_mac_key(pair.public))


def _head(uid: uuid.UUID) -> dict[str, str]:
    return {"uid": uid.hex, "node": settings.NODE_ID, "made": datetime.now(UTC).isoformat(timespec="seconds")}


def _write(path: Path, part: str, head: dict[str, Any], public: bytes, mac_key: bytes, lines: Iterable[Any]) -> None:
    with archive.Writer(path, part=part, header=head, public_key=public, mac_key=mac_key) as writer:
        for line in lines:
            writer.line(line)


def _as_bytes(write: Any) -> bytes:
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".venue-") as folder:
        path = Path(folder) / "parcel"
        write(path)
        return path.read_bytes()
