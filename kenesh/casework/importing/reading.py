"""Asks the program that reads registers, and says in words why a file is not taken."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import NotTaken

PROGRAM = Path(__file__).with_name("program.py")
WALL_SECONDS = 40
QUEUE_SECONDS = 20
_running = threading.BoundedSemaphore(1)  # each may take 768 MiB: one at a time in each process

WHY: dict[str, str | Promise] = {
    "empty": _("There are no rows in this file. Please choose another one."),
    "not_a_register": _("This is no register that we can read. Please save it as Excel (.xlsx) or CSV and try again."),
    "old_excel": _(
        "This is an old Excel file (.xls), or one that is locked with a password. Please open it and save it as .xlsx without one."
    ),
    "damaged": _("This file is damaged. Please open it in Excel or LibreOffice, save it again, and try once more."),
    "macros": _("This file carries a program (macros). Please save it as .xlsx without macros and try again."),
    "outside": _("This file fetches data from other files. Please copy its values into a new file and try again."),
    "bomb": _("This file unpacks to much more than a register holds. Please copy its rows into a new file and try again."),
    "too_wide": _("This register has more than 100 columns. Please delete those that are not needed."),
    "too_long": _("This register is too long for one import: 100,000 rows at most. Please split it by years."),
    "cell_too_long": _("One cell of this register holds more than 32,767 characters. Please shorten it."),
    "wrong_encoding": _("The letters of this file are not written in the encoding that you chose. Please choose another one."),
    "too_heavy": _("Reading this file took too long. Please split it and try again."),
    "too_large": _("This file is larger than 20 MB. Please split it by years."),
}


class Refused(NotTaken):
    """The register is not taken; `code` is one of WHY."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        return str(WHY[self.code])


@dataclass(frozen=True)
class Question:
    """How to read the file; empty: find out."""

    sheet: int = 0
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True)
class About:
    """What the file is. `kind`: xlsx or csv."""

    kind: str
    encoding: str
    delimiter: str
    sheets: list[str]
    sheet: int
    from_1904: bool


Row = tuple[int, list[str | None]]


@contextmanager
def reading(chunks: Iterable[bytes], question: Question) -> Iterator[tuple[About, Iterator[Row]]]:
    """What the file is and its rows, numbered as in the file. Raises Refused, also while rows are read, and stretching.Busy."""
    if not _running.acquire(timeout=QUEUE_SECONDS):
        raise Busy
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", str(PROGRAM)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", close_fds=True,
        )  # fmt: skip
        watch = threading.Timer(WALL_SECONDS, process.kill)
        watch.start()
        try:
            yield _ask(process, chunks, question)
        finally:
            watch.cancel()
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()
    finally:
        _running.release()


def _ask(process: subprocess.Popen[bytes], chunks: Iterable[bytes], question: Question) -> tuple[About, Iterator[Row]]:
    """Writes everything, then reads: the program reads all before it says a word."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the program has no pipes")
    with suppress(BrokenPipeError):  # it has died of its bounds: the missing answer says so
        process.stdin.write(json.dumps(vars(question)).encode() + b"\n")
        for chunk in chunks:
            process.stdin.write(chunk)
        process.stdin.close()
    lines = map(_told, process.stdout)
    first: dict[str, Any] = next(lines, {"refused": "too_heavy"})
    _check(first)
    told: dict[str, Any] = {name: value for name, value in first.items() if name != "refused"}
    return About(**told), _rows(lines)


def _told(line: bytes) -> Any:
    return json.loads(line) if line.endswith(b"\n") else {"refused": "too_heavy"}


def _check(said: dict[str, Any]) -> None:
    if said.get("refused"):
        raise Refused(said["refused"])


def _rows(lines: Iterator[Any]) -> Iterator[Row]:
    for said in lines:
        if isinstance(said, dict):
            _check(said)
            if said.get("end"):
                return
            break
        number, cells = said
        yield number, cells
    raise Refused("too_heavy")
