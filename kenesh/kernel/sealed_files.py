"""Files on the disk, sealed in chunks of 64 KiB as they come in; in memory is one chunk at a time.

    KENESH_HOME/files/sealed/<name>           whole files: 32 hexadecimal digits, or these and "-shared" (the copy without metadata)
    KENESH_HOME/files/arriving/<name>.part    files that are still coming in

A file is written and fsynced under `arriving`, renamed into `sealed`, both folders are fsynced, and only then does its row
commit. What a crash leaves without a row is swept after an hour. The random key of a file lies in its row, sealed under the
key of the appeal or case: destroying that destroys the file too.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from kenesh.kernel import vault

LEFT_OVER = timedelta(hours=1)
PIECE = 4 * vault.STREAM_CHUNK  # bytes of one piece of a file that comes in pieces
_SEALED_PIECE = vault.STREAM_HEADER + 5 * vault.SEALED_CHUNK  # four full chunks and the last one, which is padding then
_NAME = re.compile(r"[0-9a-f]{32}(?:-shared)?")

Named = Callable[[list[uuid.UUID]], set[uuid.UUID]]
_registers: list[Named] = []


@dataclass(frozen=True)
class Stored:
    """A sealed file: its name on the disk, its key, and how many bytes it holds."""

    name: str
    key: bytes
    size: int


def name_of(uid: uuid.UUID, *, shared: bool = False) -> str:
    """The file of a row, or the copy without metadata that belongs to it."""
    return uid.hex + ("-shared" if shared else "")


def folder(which: str) -> Path:
    """`sealed` or `arriving`; made when it is missing, for this user alone."""
    path: Path = settings.FILES / which
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("this is no name of a sealed file")
    return folder("sealed") / name


def _part(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("this is no name of a sealed file")
    return folder("arriving") / f"{name}.part"


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def place_of(name: str) -> vault.Place:
    return vault.Place("files", "sealed", name)


class Writer:
    """Seals one file into `arriving`. Until `keep()` nothing of it counts, and `abandon()` takes it away."""

    def __init__(self, name: str) -> None:
        self.name, self.size, self._key = name, 0, vault.new_key()
        self._path = _part(name)
        self._file: BinaryIO | None = self._path.open("xb")
        self._sealer = vault.StreamSealer(self._key, place_of(name))
        self._file.write(self._sealer.header)

    def write(self, data: bytes) -> None:
        if self._file is None:
            raise ValueError("this file is finished")
        self.size += len(data)
        self._file.write(self._sealer.seal(data))

    def finish(self) -> Stored:
        """Everything is on the disk; the file still lies in `arriving`."""
        if self._file is not None:
            self._file.write(self._sealer.finish())
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
        return Stored(self.name, self._key, self.size)

    def read(self) -> Iterator[bytes]:
        """What was written, out of the finished file."""
        return _opened(self._path, self.finish())

    def keep(self) -> Stored:
        """Moves the finished file to its place; its row may commit after this."""
        stored = self.finish()
        self._path.rename(_path(self.name))
        _sync_folder(folder("sealed"))
        _sync_folder(folder("arriving"))
        return stored

    def abandon(self) -> None:
        """Takes the file away, unless it was kept."""
        self._path.unlink(missing_ok=True)
        if self._file is not None:
            file, self._file = self._file, None
            with contextlib.suppress(OSError):  # what is thrown away needs no room: closing would write what is left of it
                file.close()

    close = abandon  # Django's parser closes what an interrupted upload leaves


def write(name: str, chunks: Iterable[bytes]) -> Stored:
    """A whole file at once; on any error nothing stays."""
    writer = Writer(name)
    try:
        for chunk in chunks:
            writer.write(chunk)
        return writer.keep()
    finally:
        writer.abandon()  # nothing is left of it there once it was kept


def read(stored: Stored) -> Iterator[bytes]:
    """The content, chunk by chunk. Raises vault.Tampered: before the first byte for another length, else where it does not open."""
    return _opened(_path(stored.name), stored)


def _opened(path: Path, stored: Stored) -> Iterator[bytes]:
    if not path.is_file() or path.stat().st_size != vault.sealed_stream_length(stored.size):
        raise vault.Tampered
    return _open_stream(path, stored)


def _open_stream(path: Path, stored: Stored) -> Iterator[bytes]:
    with path.open("rb") as file:
        opener = vault.StreamOpener(stored.key, place_of(stored.name), file.read(vault.STREAM_HEADER))
        while sealed := file.read(vault.SEALED_CHUNK):
            yield opener.open(sealed)
    if not opener.finished:
        raise vault.Tampered


def kib_on_disk(size: int) -> int:
    """What a file of so many bytes takes on the disk, in KiB."""
    return -(-vault.sealed_stream_length(size) // 1024)


def delete(uid: uuid.UUID) -> None:
    """Takes a row's file and its shared copy away. Call it after the row is gone for good."""
    for shared in (False, True):
        _path(name_of(uid, shared=shared)).unlink(missing_ok=True)


def arriving_bytes() -> int:
    """What all unfinished files take on the disk."""
    total = 0
    for entry in os.scandir(folder("arriving")):
        try:
            total += entry.stat().st_size
        except FileNotFoundError:
            continue  # it has arrived meanwhile
    return total


# --- files that come in pieces ---------------------------------------------------------------------------------------------


class Arriving:
    """A file that comes in pieces of 256 KiB, over as many connections as it takes.

    No row stands behind it: its name and its key are made of a secret of whoever sends it (the draft's, the receipt's, the
    session's) and the number that the browser chose. So nobody else can find, read or continue it, and asking "how far did we
    come" needs nothing but the file. Each piece is a secretstream of its own under its own random header, bound to its
    number and to the announced size: sending a piece again under another nonce gives nothing away, which a stream whose state
    is kept between requests could not promise after a crash. A piece that was half written is written again.
    """

    def __init__(self, secret: bytes, number: str, size: int) -> None:
        mark = vault.link_hash(secret, f"{number}:{size}")
        self.name, self._key, self.size = mark[:16].hex(), vault.B(mark, "arriving"), size
        self.pieces = max(1, -(-size // PIECE))
        self._path = _part(self.name)

    def _place(self, number: int) -> vault.Place:
        return vault.Place("files", f"piece:{self.size}", self.name, number + 1)

    def have(self) -> int:
        """How many whole pieces are there."""
        try:
            return min(self.pieces, self._path.stat().st_size // _SEALED_PIECE)
        except FileNotFoundError:
            return 0

    def put(self, number: int, data: bytes) -> int:
        """Adds the next piece; gives how many are there. One that is there already, or comes too early, changes nothing."""
        expected = min(PIECE, self.size - number * PIECE)
        if not 0 <= number < self.pieces or len(data) != expected:
            return self.have()
        with self._path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if number == self.have():
                file.truncate(number * _SEALED_PIECE)
                file.write(self._sealed(number, data))
                file.flush()
                os.fsync(file.fileno())
        return self.have()

    def _sealed(self, number: int, data: bytes) -> bytes:
        sealer = vault.StreamSealer(self._key, self._place(number))
        sealed = sealer.header + sealer.seal(data) + sealer.finish()
        return sealed + bytes(_SEALED_PIECE - len(sealed))  # the last piece may be shorter: all take the same room

    def chunks(self) -> Iterator[bytes]:
        """The whole content. Raises vault.Tampered."""
        with self._path.open("rb") as file:
            for number in range(self.pieces):
                length = min(PIECE, self.size - number * PIECE)
                file.seek(number * _SEALED_PIECE)
                opener = vault.StreamOpener(self._key, self._place(number), file.read(vault.STREAM_HEADER))
                for _each in range(length // vault.STREAM_CHUNK + 1):
                    yield opener.open(file.read(vault.SEALED_CHUNK))
                if not opener.finished:
                    raise vault.Tampered

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


# --- what nobody names any more ---------------------------------------------------------------------------------------------


def named_by(rows: Named) -> Named:
    """Registers an area's rows: of the given uids, which does it still have?"""
    if rows not in _registers:
        _registers.append(rows)
    return rows


def sweep(*, now: float | None = None) -> int:
    """Deletes files that no row names and unfinished ones that nobody continues, both when older than an hour; gives how many.

    Unfinished ones live two hours after their last piece, as long as the draft of a form.
    """
    moment = time.time() if now is None else now
    gone = sum(_gone(entry, moment - 2 * LEFT_OVER.total_seconds()) for entry in os.scandir(folder("arriving")))
    old = (entry for entry in os.scandir(folder("sealed")) if _older(entry, moment - LEFT_OVER.total_seconds()))
    for some in _in_batches(old, 500):
        names = {uuid.UUID(entry.name[:32]) for entry in some if _NAME.fullmatch(entry.name)}
        kept: set[uuid.UUID] = set().union(*(rows(sorted(names)) for rows in _registers))
        for uid in names - kept:
            delete(uid)
            gone += 1
    return gone


def _in_batches(entries: Iterable[os.DirEntry[str]], size: int) -> Iterator[list[os.DirEntry[str]]]:
    some: list[os.DirEntry[str]] = []
    for entry in entries:
        some.append(entry)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _older(entry: os.DirEntry[str], than: float) -> bool:
    try:
        return entry.stat().st_mtime < than
    except FileNotFoundError:
        return False


def _gone(entry: os.DirEntry[str], than: float) -> bool:
    if not _older(entry, than):
        return False
    Path(entry.path).unlink(missing_ok=True)
    return True
