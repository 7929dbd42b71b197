"""An archive that goes out while it is made: memory holds a piece of one file at a time, the disk nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

Member = tuple[str, Iterator[bytes]]


class _Pipe(io.RawIOBase):
    """What is written comes out again; nobody can go back in it, so `zipfile` writes lengths behind each file."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive in pieces, the members in their order."""
    pipe = _Pipe()
    now = timezone.localtime().timetuple()[:6]
    with ZipFile(pipe, "w") as archive:
        for name, chunks in members:
            about = ZipInfo(name, date_time=now)
            about.compress_type = ZIP_DEFLATED
            with archive.open(about, "w") as entry:
                for chunk in chunks:
                    entry.write(chunk)
                    yield pipe.take()
        yield pipe.take()
    yield pipe.take()
