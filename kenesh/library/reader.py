"""Asks the program that reads strangers' documents within bounds. One that dies of a file is started anew for the next."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from kenesh.library.extraction import Extract
from kenesh.library.reading import CannotRead
from kenesh.themes import thesaurus

PROGRAM = Path(__file__).with_name("program.py")
WALL_SECONDS = 80  # the program bounds its own processor time; this ends one that waits
TOO_HEAVY = "Reading this file took too much time or memory. Save it as plain text, or in smaller pieces, and bring it again."
# One thread for libraries that count matrices: each of more would ask for memory of its own.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Reader:
    """`with Reader() as reader: reader.read(data, "name.html")`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._told: tuple[thesaurus.Addition, ...] = ()  # words of the node that the program knows
        self.attached: list[tuple[str, bytes]] = []  # names and contents of the files that hung on what was read last

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def read(self, data: bytes, source: str) -> Extract:
        """Raises CannotRead, also when the program died of the file. `attached` tells afterwards what hung on it, read or refused."""
        self.attached = []
        process = self._process or self._start()
        watch = threading.Timer(WALL_SECONDS, process.kill)
        watch.start()
        try:
            answer = self._ask(process, data, source)
        finally:
            watch.cancel()
        if not answer.endswith(b"\n"):
            self._end()
            raise CannotRead(TOO_HEAVY)
        told = json.loads(answer)
        self.attached = [(name, base64.b64decode(content)) for name, content in told.pop("attached")]
        if "refused" in told:
            raise CannotRead(told["refused"])
        extract: Extract = told
        return extract

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", str(PROGRAM)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, cwd="/", close_fds=True,
        )  # fmt: skip
        self._told = ()
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], data: bytes, source: str) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the program has no pipes")
        asked: dict[str, object] = {"source": source, "size": len(data)}
        if self._told != thesaurus.additions():
            self._told = thesaurus.additions()
            asked["words"] = self._told
        with suppress(BrokenPipeError):  # it has died of its bounds: the missing answer says so
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
        return process.stdout.readline()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._process = None
