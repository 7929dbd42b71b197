"""Asks the program that reads PDF and Word files (`program.py`). Nothing that such a file does to a library reaches this process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from kenesh.library.formats.extracted import CannotRead, Extracted

WALL_SECONDS = 120  # the program bounds its own processor time; this ends one that waits
_MOST_FILES = 500  # then another program takes over, so that what a library keeps does not grow
_MOST_ANSWER = 64 * 2**20
_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from kenesh.library.formats.program import main; main()"
_GAVE_UP = "Reading the file takes too long, or more memory than is given to one file. Split it, or save it as plain text."


class _Program:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", "-c", _START, str(_ROOT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", close_fds=True,
        )  # fmt: skip
        self.owner = os.getpid()
        self.files = 0

    def ask(self, reader: str, data: bytes) -> dict[str, object] | None:
        """The answer; None when the program died over the file."""
        asked, answered = self.process.stdin, self.process.stdout
        if asked is None or answered is None:
            raise RuntimeError("the program has no pipes")
        self.files += 1
        watch = threading.Timer(WALL_SECONDS, self.process.kill)
        watch.start()
        try:
            with suppress(BrokenPipeError):
                asked.write(f"{reader} {len(data)}\n".encode("ascii") + data)
                asked.flush()
            line = answered.readline(_MOST_ANSWER)
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            return None
        said: dict[str, object] = json.loads(line)
        return said

    def stop(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


class _Kept:
    """The one program of this process, and who is asking it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.program: _Program | None = None
        self.batches = 0

    def ask(self, reader: str, data: bytes) -> dict[str, object] | None:
        with self.lock:
            said = None
            try:
                if self.program is None:
                    self.program = _Program()
                said = self.program.ask(reader, data)
                return said
            finally:
                if said is None or not self.batches or (self.program and self.program.files >= _MOST_FILES):
                    self.stop()

    def stop(self) -> None:
        if self.program is not None:
            self.program.stop()
            self.program = None


_kept = _Kept()


@contextmanager
def kept() -> Iterator[None]:
    """Within it one program reads all files; outside each file has one of its own, which costs a quarter of a second."""
    with _kept.lock:
        _kept.batches += 1
    try:
        yield
    finally:
        with _kept.lock:
            _kept.batches -= 1
            if not _kept.batches:
                _kept.stop()


def extract(reader: Literal["pdf", "word"], data: bytes) -> Extracted:
    """The text of the file. Raises CannotRead."""
    said = _kept.ask(reader, data)
    if said is None:
        raise CannotRead(_GAVE_UP)
    if "refused" in said:
        raise CannotRead(str(said["refused"]))
    return _from_json(said["extracted"])


def _from_json(found: object) -> Extracted:
    if not isinstance(found, dict):
        raise CannotRead(_GAVE_UP)
    return Extracted(
        text=found["text"],
        headings=[(start, end) for start, end in found["headings"]],
        dropped=[(start, end, reason) for start, end, reason in found["dropped"]],
        notices=[(kind, text) for kind, text in found["notices"]],
    )
