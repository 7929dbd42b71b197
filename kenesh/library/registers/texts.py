"""Reads a register that is text: lines cut into columns by a sign. No Django here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from kenesh.library.formats.sniffing import format_of
from kenesh.library.reading.decoding import CannotRead, decode
from kenesh.library.registers.bounds import LONGEST_CELL, Refused, Row

DELIMITERS = (";", ",", "\t", "|")


def read_text(data: bytes, question: dict[str, Any]) -> tuple[dict[str, Any], Iterator[Row]]:
    """What the file is, and its rows."""
    text, encoding = _decoded(data, str(question.get("encoding") or ""))
    delimiter = str(question.get("delimiter") or "") or _delimiter(text)
    about = {"kind": "csv", "encoding": encoding, "delimiter": delimiter, "sheets": [], "sheet": 0, "from_1904": False}
    return about, _lines(text, delimiter)


def _decoded(data: bytes, wanted: str) -> tuple[str, str]:
    if format_of(data) == "pdf":  # much of one can be read as text
        raise Refused("not_a_register")
    if wanted:
        try:
            return data.decode(wanted).removeprefix("\ufeff"), wanted
        except (UnicodeDecodeError, LookupError):
            raise Refused("wrong_encoding") from None
    try:
        found = decode(data)
    except CannotRead:
        raise Refused("not_a_register") from None
    return found.text, found.encoding


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the same number of columns most often."""
    head = text[:20_000].splitlines()[:40]

    def evenness(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(head, delimiter=sign) if row]
        often = max(set(widths), key=widths.count, default=1)
        return (widths.count(often), often) if often > 1 else (0, 0)

    return max(DELIMITERS, key=evenness)


def _lines(text: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in row]
    except csv.Error:
        raise Refused("cell_too_long") from None
