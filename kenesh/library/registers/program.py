"""Reads a register (.xlsx or text) in a process of its own: no environment, bounded memory and time, no file, no connection.

Question: a line of JSON {"sheet": number, "encoding": "", "delimiter": ""}, then the file. Answer: a line of JSON that says what the
file is, a line [number, [cells…]] for each row that is not empty, a last line {"end": true}. Days come as ISO 8601, numbers as digits,
a formula without a stored result as null. `refused`: a code, see reading.py.
"""

from __future__ import annotations

import codecs
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from kenesh.kernel import zips
from kenesh.library.reading.decoding import decode
from kenesh.library.registers.bounds import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Refused, Row
from kenesh.library.registers.texts import read_text
from kenesh.library.registers.workbooks import read_workbook

MEMORY = 768 * 2**20
SECONDS = 25
ENCODINGS = ("utf-8", "cp1251", "utf-16-le", "utf-16-be", "koi8-r", "cp866", "kz1048", "ptcp154", "iso8859-5", "utf-32-le")


def answer(question: dict[str, Any], data: bytes, say: Callable[[Any], None]) -> None:
    """Says what the file is and its rows, or why it is refused."""
    try:
        _refuse(data)
        if data.startswith(b"PK"):
            about, rows = read_workbook(data, question)
        else:
            about, lines = read_text(data, question)
            rows = enumerate(lines, 1)
        say({**about, "refused": ""})
        _say_rows(rows, say)
    except Refused as refused:
        say({"refused": str(refused)})
    except (DefusedXmlException, MemoryError):
        say({"refused": "bomb"})
    except (*zips.BROKEN, zips.LOCKED, KeyError, ParseError, expat.ExpatError):
        say({"refused": "damaged"})
    else:
        say({"end": True})


def _refuse(data: bytes) -> None:
    if not data.strip():
        raise Refused("empty")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_excel")


def _say_rows(rows: Iterable[tuple[int, Row]], say: Callable[[Any], None]) -> None:
    said = cells = 0
    for number, row in rows:
        while row and row[-1] == "":
            row.pop()
        if not row:
            continue
        said, cells = said + 1, cells + len(row)
        if len(row) > MOST_COLUMNS:
            raise Refused("too_wide")
        if said > MOST_ROWS or cells > MOST_CELLS:
            raise Refused("too_long")
        if any(cell is not None and len(cell) > LONGEST_CELL for cell in row):
            raise Refused("cell_too_long")
        say([number, row])
    if not said:
        raise Refused("empty")


def bind() -> None:
    """Whatever a stranger's bytes may do, it stays here."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def main() -> None:
    for name in (*ENCODINGS, "cp437", "latin-1", "ascii"):
        codecs.lookup(name)  # nothing can be loaded any more once the program has bound itself
    decode("Фамилия;Имя".encode("koi8-r"))
    with io.BytesIO() as sample:
        with zipfile.ZipFile(sample, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("а", "<a/>")
        fromstring(zipfile.ZipFile(sample).read("а"))
    bind()
    question = json.loads(sys.stdin.buffer.readline())
    out = sys.stdout

    def say(what: Any) -> None:
        out.write(json.dumps(what, ensure_ascii=True, separators=(",", ":")) + "\n")

    answer(question, sys.stdin.buffer.read(), say)
    out.flush()


if __name__ == "__main__":
    main()
