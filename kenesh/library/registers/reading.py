"""Asks the program that reads registers, and says in words why a file is not taken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.programs import Bounded
from kenesh.kernel.uploads import RefusedFor

PROGRAM = Path(__file__).with_name("program.py")
_program = Bounded([str(PROGRAM)], seconds=40, queue=20)

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


class Refused(RefusedFor):
    """The register is not taken; `code` is one of WHY."""

    words = WHY


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
    with _program.asked(chain([json.dumps(vars(question)).encode() + b"\n"], chunks)) as answer:
        lines = map(_told, answer)
        first: dict[str, Any] = next(lines, {"refused": "too_heavy"})
        _check(first)
        told: dict[str, Any] = {name: value for name, value in first.items() if name != "refused"}
        yield About(**told), _rows(lines)


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
