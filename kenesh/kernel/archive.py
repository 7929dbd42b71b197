"""An archive of a backup: rows as JSON lines, compressed, in sealed chunks that nobody can drop, swap or cut off.

A file: the letters KENESH2 and a line feed; one line of JSON (what it is, for whom: the archive's key sealed to a public key); one
line with a MAC of that line; then chunks, each with its length in four bytes in front. The place of each chunk names archive, part,
number and whether it is the last one. The MAC says who made this head (the node, or who was given the key); whoever did not make
the head knows no key of the chunks, so it says so of all of them.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kenesh.kernel import vault

MAGIC, BEFORE = b"KENESH2\n", b"KENESH1\n"
CHUNK = 1 << 20  # bytes of lines before compression
MOST_IN_CHUNK = 1 << 28  # a longer line than this is in no archive of ours


class Unreadable(Exception):
    """This is no archive of this node, it is cut off or changed, or the key is another one's."""


class Writer:
    """Writes one part. Use as a context manager: only a part that was finished takes its name."""

    def __init__(self, path: Path, *, part: str, header: dict[str, Any], public_key: bytes, mac_key: bytes) -> None:
        self._path, self._aside = path, path.with_suffix(path.suffix + ".part")
        self._part, self._uid, self._number = part, header["uid"], 0
        self._key = vault.new_key()
        sealed = vault.seal_to(public_key, self._key, _place_of_key(part, self._uid))
        self._file: BinaryIO = os.fdopen(os.open(self._aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(MAGIC)
        head = json.dumps({**header, "part": part, "key": base64.b64encode(sealed).decode()}).encode()
        self._file.write(head + b"\n" + vault.backup_mac(mac_key, MAGIC + head).hex().encode() + b"\n")
        self._buffer: list[bytes] = []
        self._size = 0

    def __enter__(self) -> Writer:
        return self

    def line(self, value: Any) -> None:
        raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._buffer.append(raw)
        self._size += len(raw)
        if self._size >= CHUNK:
            self._flush(last=False)

    def _flush(self, *, last: bool) -> None:
        self._number += 1
        plain = zlib.compress(b"".join(self._buffer), 6)
        sealed = vault.seal(self._key, plain, _place(self._part, self._uid, self._number, last))
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._buffer, self._size = [], 0

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._file.close()
            self._aside.unlink()
            return
        self._flush(last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._aside.rename(self._path)


def announced(path: Path) -> dict[str, Any]:
    """What an archive says of itself, unproved: enough to find the key that may open it. Raises Unreadable."""
    with path.open("rb") as file:
        return _parsed(_head(file, path)[0], path)


def header_of(path: Path, *, part: str, mac_key: bytes) -> dict[str, Any]:
    """What an archive says of itself, once it has proved who made it. Raises Unreadable."""
    with path.open("rb") as file:
        return _proved(file, path, part, mac_key)


def _head(file: BinaryIO, path: Path) -> tuple[bytes, bytes]:
    """The line about the archive, and its MAC."""
    magic = file.read(len(MAGIC))
    if magic == BEFORE:
        raise Unreadable(f"{path} is of an older version, which does not prove who made it: restore it with that version")
    if magic != MAGIC:
        raise Unreadable(f"{path} is not an archive of Kenesh")
    return file.readline(1 << 20).rstrip(b"\n"), file.readline(80).rstrip(b"\n")


def _parsed(head: bytes, path: Path) -> dict[str, Any]:
    try:
        header = json.loads(head)
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise Unreadable(f"the head of {path} cannot be read")
    return header


def _proved(file: BinaryIO, path: Path, part: str, mac_key: bytes) -> dict[str, Any]:
    head, mac = _head(file, path)
    if not vault.same(vault.backup_mac(mac_key, MAGIC + head).hex().encode(), mac):
        raise Unreadable(
            f"{path} was not made by the node of this key, or its head was changed: look for another copy, or the right key"
        )
    header = _parsed(head, path)
    if header["part"] != part:
        raise Unreadable(f"{path} holds the {header['part']} of a backup, not the {part}: it has the name of another archive")
    return header


def read(path: Path, *, part: str, secret: bytes, mac_key: bytes) -> Iterator[Any]:
    """The lines of a part, in order. Raises Unreadable, at the latest at its end when something was cut off."""
    with path.open("rb") as file:
        header = _proved(file, path, part, mac_key)
        uid = str(header["uid"])
        try:
            key = vault.open_from(secret, base64.b64decode(header["key"]), _place_of_key(part, uid))
        except vault.Tampered:
            raise Unreadable(f"this key does not open {path}") from None
        yield from _lines(_chunks(file, key, part, uid, path))


def _chunks(file: BinaryIO, key: bytes, part: str, uid: str, path: Path) -> Iterator[bytes]:
    number = 0
    while head := file.read(4):
        number += 1
        length = int.from_bytes(head, "big")
        sealed = file.read(length) if length <= MOST_IN_CHUNK else b""
        opened = _open(key, sealed, part, uid, number)
        if opened is None:
            raise Unreadable(f"{path} was changed at chunk {number}")
        plain, last = opened
        yield zlib.decompress(plain)
        if last:
            if file.read(1):
                raise Unreadable(f"{path} goes on after its end")
            return
    raise Unreadable(f"{path} is cut off after chunk {number}")


def _open(key: bytes, sealed: bytes, part: str, uid: str, number: int) -> tuple[bytes, bool] | None:
    """A chunk, and whether it is the last one; None for bytes that do not belong here."""
    for last in (False, True):
        try:
            return vault.open_sealed(key, sealed, _place(part, uid, number, last)), last
        except vault.Tampered:
            continue
    return None


def _lines(chunks: Iterator[bytes]) -> Iterator[Any]:
    for chunk in chunks:  # a chunk holds whole lines
        for line in chunk.splitlines():
            yield json.loads(line)


def _place_of_key(part: str, uid: str) -> vault.Place:
    return vault.Place("backup", f"{part}:key", uid)


def _place(part: str, uid: str, number: int, last: bool) -> vault.Place:
    return vault.Place("backup", f"{part}:{'last' if last else 'more'}", uid, number)
