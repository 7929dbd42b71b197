"""Reads a register that is an Excel workbook (.xlsx): of its package only what a table needs, each part within bounds. No Django here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from kenesh.library.registers.bounds import MOST_COLUMNS, MOST_ROWS, Refused, Row

MOST_PARTS, LARGEST_PART, LARGEST_PACKAGE = 2_000, 250 * 2**20, 400 * 2**20
MOST_STRINGS = 40 * 2**20  # characters of all texts that cells share
LARGEST_INDEX = 4 * 2**20  # of the parts that say what is where
AT_ONCE = 2**18
DAY_FORMATS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Package:
    """An .xlsx as a package of parts, looked through before anything of it is believed."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError):
            raise Refused("damaged") from None
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self.names = {entry.filename for entry in entries}
        if "xl/workbook.xml" not in self.names:
            raise Refused("not_a_register")
        if len(entries) > MOST_PARTS or len(self.names) != len(entries):
            raise Refused("bomb")
        if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
            raise Refused("bomb")
        lowered = [name.lower() for name in self.names]
        if any("vbaproject" in name or "/macrosheets/" in name or "/activex/" in name for name in lowered):
            raise Refused("macros")
        if any("externallinks/" in name or name == "xl/connections.xml" or "/embeddings/" in name for name in lowered):
            raise Refused("outside")
        for name in self.names:
            if name.endswith(".rels"):
                self._look_at_links(name)

    def _look_at_links(self, name: str) -> None:
        for link in self.index(name):
            if link.get("TargetMode") == "External" and not str(link.get("Type")).endswith("/hyperlink"):
                raise Refused("outside")

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece; more than it may hold ends it, whatever the package says of its size."""
        left = LARGEST_PART
        with self._zip.open(name) as part:
            while piece := part.read(AT_ONCE):
                left -= len(piece)
                if left < 0:
                    raise Refused("bomb")
                yield piece

    def index(self, name: str) -> Any:
        """A small part as a tree, without entities."""
        with self._zip.open(name) as part:
            data = part.read(LARGEST_INDEX + 1)
        if len(data) > LARGEST_INDEX:
            raise Refused("bomb")
        return fromstring(data)


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    """Without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]


def _children(tree: Any, name: str) -> Iterator[Any]:
    return (node for node in tree.iter() if _local(node.tag) == name)


def _attribute(node: Any, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if _local(key) == name), "")


def _parse(pieces: Iterable[bytes], begin: Callable[[str, dict[str, str]], None], end: Callable[[str], None], text: Any) -> None:
    """Feeds the handlers. A document type, where entities would be, is refused."""

    def no_doctype(*_of: Any) -> None:
        raise Refused("bomb")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = no_doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def shared_strings(package: Package, name: str) -> list[str]:
    """The texts that cells name by number; phonetic hints are left out."""
    found: list[str] = []
    parts: list[str] = []
    state = {"text": False, "hint": False, "size": 0}

    def begin(tag: str, _attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "si":
            parts.clear()
        state["text"] = tag == "t"
        state["hint"] = state["hint"] or tag == "rPh"

    def end(tag: str) -> None:
        tag = _local(tag)
        state["text"] = False
        if tag == "rPh":
            state["hint"] = False
        if tag == "si":
            found.append("".join(parts))

    def text(data: str) -> None:
        if state["text"] and not state["hint"]:
            parts.append(data)
            state["size"] += len(data)
            if state["size"] > MOST_STRINGS:
                raise Refused("bomb")

    _parse(package.pieces(name), begin, end, text)
    return found


def day_styles(package: Package) -> set[int]:
    """Numbers of the cell styles that show a number as a day."""
    if "xl/styles.xml" not in package.names:
        return set()
    tree = package.index("xl/styles.xml")
    own = {_attribute(node, "numFmtId"): _attribute(node, "formatCode") for node in _children(tree, "numFmt")}
    styles: set[int] = set()
    for table in _children(tree, "cellXfs"):
        for number, style in enumerate(table):
            form = _attribute(style, "numFmtId")
            code = _NOT_LETTERS.sub("", own.get(form, "")).lower()
            if (form.isdigit() and int(form) in DAY_FORMATS and form not in own) or re.search("[dy]", code):
                styles.add(number)
    return styles


class Sheet:
    """Turns the elements of a sheet into rows."""

    def __init__(self, strings: list[str], styles: set[int], from_1904: bool) -> None:
        self.strings, self.styles = strings, styles
        self.zero = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # a day on paper
        self.rows: list[tuple[int, Row]] = []
        self._number, self._cells = 0, {}  # type: tuple[int, dict[int, str | None]]
        self._kind, self._style, self._column = "", -1, 0
        self._inside, self._formula, self._value = "", False, []  # type: tuple[str, bool, list[str]]

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdigit() else self._number + 1
            self._cells, self._column = {}, 0
        elif tag == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, style = attributes.get("t", "n"), attributes.get("s", "")
            self._style = int(style) if style.isdigit() else -1
            self._formula, self._value = False, []
        elif tag in ("v", "t"):
            self._inside = tag
        elif tag == "f":
            self._formula = True

    def text(self, data: str) -> None:
        if self._inside:
            self._value.append(data)

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("v", "t"):
            self._inside = ""
        elif tag == "c":
            value = self._told()
            if value != "":
                if self._column > MOST_COLUMNS:
                    raise Refused("too_wide")
                self._cells[self._column] = value
        elif tag == "row" and self._cells:
            if len(self.rows) == MOST_ROWS:
                raise Refused("too_long")
            self.rows.append((self._number, [self._cells.get(column, "") for column in range(1, max(self._cells) + 1)]))

    def _told(self) -> str | None:
        text = "".join(self._value)
        if not text:
            return None if self._formula else ""
        if self._kind == "s":
            number = int(text) if text.strip().isdigit() else len(self.strings)
            return self.strings[number].strip() if number < len(self.strings) else ""
        if self._kind in ("str", "inlineStr", "e"):
            return text.strip()
        if self._kind == "b":
            return "1" if text.strip() == "1" else "0"
        if self._kind == "d":
            return text.strip()[:16].replace("T", " ").removesuffix(" 00:00")
        return self._of_number(text)

    def _of_number(self, text: str) -> str:
        if len(text) < 16 and self._style not in self.styles and text.isdigit():
            return text
        try:
            value = Decimal(text)
        except InvalidOperation:
            return text.strip()
        if self._style in self.styles and 0 < value < 2_958_466:  # the last day that Excel knows
            moment = self.zero + timedelta(seconds=round(float(value) * 86400))
            return moment.strftime("%Y-%m-%d" if moment.hour == moment.minute == 0 else "%Y-%m-%d %H:%M")
        if not value.is_finite() or abs(value.adjusted()) > 30:
            return text.strip()
        # What Excel stores of 0.1 + 0.2 is a long fraction: fifteen digits are what it shows.
        whole = Decimal(format(value, ".15g"))
        return format(whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole.normalize(), "f")


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def read_workbook(data: bytes, question: dict[str, Any]) -> tuple[dict[str, Any], Iterator[tuple[int, Row]]]:
    """What the workbook is, and the rows of the sheet that was asked for."""
    package = Package(data)
    book = package.index("xl/workbook.xml")
    links = {
        str(link.get("Id")): normpath(join("xl", str(link.get("Target")))).lstrip("/").removeprefix("xl/xl/")
        for link in package.index("xl/_rels/workbook.xml.rels")
    }
    links = {name: target if target.startswith("xl/") else f"xl/{target}" for name, target in links.items()}
    sheets = [(_attribute(node, "name"), links.get(_attribute(node, "id"), "")) for node in _children(book, "sheet")]
    sheets = [(name, part) for name, part in sheets if part in package.names and "/worksheets/" in part]
    if not sheets:
        raise Refused("empty")
    chosen = int(question.get("sheet") or 0)
    chosen = chosen if 0 <= chosen < len(sheets) else 0
    from_1904 = any(_attribute(node, "date1904") in ("1", "true") for node in _children(book, "workbookPr"))
    about = {
        "kind": "xlsx", "encoding": "", "delimiter": "", "sheets": [name for name, _ in sheets],
        "sheet": chosen, "from_1904": from_1904,
    }  # fmt: skip
    strings = shared_strings(package, "xl/sharedStrings.xml") if "xl/sharedStrings.xml" in package.names else []
    sheet = Sheet(strings, day_styles(package), from_1904)

    def rows() -> Iterator[tuple[int, Row]]:
        _parse(package.pieces(sheets[chosen][1]), sheet.begin, sheet.end, sheet.text)
        yield from sheet.rows

    return about, rows()
