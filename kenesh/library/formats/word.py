"""The text of a Word file (.docx, ECMA-376): paragraphs with their numbers, rows of tables, text boxes; no deleted text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError  # parsed by defusedxml

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from kenesh.kernel import zips
from kenesh.library.formats.extracted import CannotRead, Extracted, Lines
from kenesh.library.formats.numbering import Numbering

MOST_UNPACKED = 40 * 2**20  # of one part; a book of 1,000 pages takes less than half
MOST_DEPTH = 200  # elements in each other; tables in tables and text boxes take 30

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DAMAGED = "The Word file is damaged or was cut off. Get it again from where it came."
_NOT_READ = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{W}tblPr", f"{W}txbxContent"})
_LETTERS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_TITLE_WITHIN = 8  # paragraphs at the head in which a heading is the title of the whole


def extract(data: bytes) -> Extracted:
    """Raises CannotRead for what is damaged, protected or too large inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _Word(package).extract()
    except (*zips.BROKEN, OSError, KeyError, ParseError) as error:
        raise CannotRead(_DAMAGED) from error
    except DefusedXmlException as error:
        raise CannotRead(
            "The Word file holds definitions that no Word file needs. It may be an attack, so it was not read."
        ) from error
    except zips.LOCKED as error:
        raise CannotRead("The Word file is protected with a password. Save it without one.") from error


class _Word:
    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._lines = Lines()
        self._paragraphs = 0
        styles = self._part("word/styles.xml")
        self._names = _style_names(styles)
        self._numbering = Numbering(self._part("word/numbering.xml"), styles)

    def extract(self) -> Extracted:
        main = next(
            (name for name in self._package.namelist() if re.fullmatch(r"word/document\d*\.xml", name)), "word/document.xml"
        )
        document = self._part(main)
        body = document.find(f"{W}body") if document is not None else None
        if body is None:
            raise CannotRead(_DAMAGED)
        self._blocks(body)
        for ending, reason in (("footnotes", "footnote"), ("endnotes", "footnote"), ("header", "page"), ("footer", "page")):
            self._asides(ending, reason)
        return self._lines.finish()

    def _part(self, name: str) -> Element | None:
        """A part of the package, parsed; None when there is none."""
        if name not in self._package.namelist():
            return None
        with self._package.open(name) as stream:
            data = stream.read(MOST_UNPACKED + 1)
        if len(data) > MOST_UNPACKED:
            raise CannotRead("The Word file is far larger inside than outside. It may be an attack, so it was not read.")
        parsed: Element = fromstring(data.replace(_STRICT, W[1:-1].encode()), forbid_dtd=True)
        _refuse_deep(parsed)
        return parsed

    def _asides(self, name: str, reason: str) -> None:
        pattern = re.compile(rf"word/{name}\d*\.xml")
        seen: set[str] = set()
        for part in sorted(filter(pattern.fullmatch, self._package.namelist())):
            root = self._part(part)
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                text = _text_of(paragraph)
                if text.strip() and text not in seen:
                    seen.add(text)
                    self._lines.add(" ".join(text.split()), reason=reason)

    def _blocks(self, parent: Element) -> None:
        """Paragraphs and tables in order."""
        for child in _chosen(parent):
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag not in _NOT_READ:  # content controls, changes, custom XML
                self._blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        line, *broken = self._written(paragraph).split("\n")
        if line or broken:
            self._paragraphs += 1
        if self._paragraphs <= _TITLE_WITHIN and self._is_heading(paragraph):
            line, broken = " ".join([line, *broken]), []
            self._lines.add(line, heading=True)
        else:
            for each in (line, *broken):
                self._lines.add(each.strip())
        for box in _boxes(paragraph):
            self._blocks(box)

    def _written(self, paragraph: Element) -> str:
        """The text with its number. An empty item of a list counts, as Word counts it, unless it was deleted."""
        text = _text_of(paragraph).strip()
        if not text and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            return ""
        label = self._numbering.label_of(paragraph)
        return f"{label} {text}".strip() if text else ""

    def _is_heading(self, paragraph: Element) -> bool:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = self._names.get(style.get(f"{W}val", ""), "") if style is not None else ""
        return name in {"title", "heading 1"}

    def _table(self, table: Element) -> None:
        """A row is a line, with a tab between cells: figures of two columns must not run together.

        A row with one cell, or with cells of several paragraphs, is layout: it is read paragraph by paragraph.
        """
        for row in _within(table, f"{W}tr"):
            cells = [[p for p in cell.iter(f"{W}p") if _text_of(p).strip()] for cell in _within(row, f"{W}tc")]
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
                self._lines.add("\t".join(" ".join(self._written(cell[0]).split()) for cell in filled))
                continue
            for each in _within(row, f"{W}tc"):
                self._blocks(each)


def _refuse_deep(root: Element) -> None:
    level = [root]
    for _ in range(MOST_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise CannotRead("The Word file is nested too deeply. It may be an attack, so it was not read.")


def _style_names(styles: Element | None) -> dict[str, str]:
    if styles is None:
        return {}
    names = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        names[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "").lower() if name is not None else ""
    return names


def _chosen(parent: Element) -> Iterator[Element]:
    """The children; of alternatives for older and newer programs the first."""
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            for choice in list(child)[:1]:
                yield from _chosen(choice)
        else:
            yield child


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls and tracked changes, not those of a table inside."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"}:
            yield from _within(child, tag)


def _boxes(parent: Element) -> Iterator[Element]:
    """Text boxes that hang on a paragraph."""
    for child in _chosen(parent):
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in _NOT_READ:
            yield from _boxes(child)


def _text_of(paragraph: Element) -> str:
    return "".join(_letters(paragraph))


def _letters(parent: Element) -> Iterable[str]:
    if parent.tag == f"{W}r" and _is_hidden(parent):
        return
    for child in _chosen(parent):
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        elif child.tag not in _NOT_READ:
            yield from _letters(child)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "true") not in {"0", "false", "off"}
