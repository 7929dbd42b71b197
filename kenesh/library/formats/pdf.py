"""The text of a PDF file: rows joined back into paragraphs, in reading order, without what every page repeats.

pypdf gives pieces of text with their places; what belongs together is worked out here, because a PDF does not say it.
"""

from __future__ import annotations

import io
import itertools
import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from kenesh.library.formats.extracted import CannotRead, Extracted, Lines
from kenesh.library.formats.joining import join_rows

MOST_PAGES = 500
_NEIGHBOURS = 6  # rows before and after
_DAMAGED = "The PDF file is damaged or was cut off. Get it again from where it came."
_PROTECTED = "The PDF file is protected with a password. Open it, print it into a PDF without one, and read that."
_SCANNED = "The PDF holds only pictures of pages (a scan). Recognise its text first (OCR) and read what comes out."
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st", 0xAD: "\u00ad"}
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:стр|с|бет|page|p)\b\.?\s*)?\d{1,4}(?:\s*(?:/|из|of|-жылы)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+/\d+)?|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d\d(?:\s?[AP]M)?(?:\s.{0,120})?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*[.)]|\(?[a-zа-я]\)|[IVX]{1,5}\.|[-–—•*·▪●])\s")
_LABEL = re.compile(r"\(?\w{1,4}[.)]|[-–—•*·▪●]")
_ENDS = re.compile(r"[.!?:;…][»”\"')\]]*\d{0,3}$")


@dataclass(frozen=True)
class Row:
    """One printed line: where it begins, its size in points, its text, and where its further pieces begin."""

    x: float
    y: float
    size: float
    text: str
    stops: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Piece:
    x: float
    y: float
    size: float
    text: str


def extract(data: bytes) -> Extracted:
    """Raises CannotRead for what is damaged, protected, scanned or too long."""
    try:
        return _extract(PdfReader(io.BytesIO(data), strict=False))
    except DependencyError as error:
        raise CannotRead(_PROTECTED) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, AssertionError) as error:
        # pypdf meets damaged files with all of these.
        if isinstance(error, CannotRead):
            raise
        raise CannotRead(_DAMAGED) from error
    except RecursionError as error:
        raise CannotRead(_DAMAGED) from error


def _extract(reader: PdfReader) -> Extracted:
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotRead(_PROTECTED)
    if len(reader.pages) > MOST_PAGES:
        raise CannotRead(f"The PDF has more than {MOST_PAGES} pages. Split it, or save the pages that matter.")
    pages = [_rows(_pieces(page)) for page in reader.pages]
    written = sum(any(letter.isalpha() for row in page for letter in row.text) for page in pages)
    if not written:
        raise CannotRead(_SCANNED)
    extracted = _assembled(pages)
    if written < len(pages):
        extracted.notices.append(
            ("scanned_pages", f"{len(pages) - written} of {len(pages)} pages hold no text: they are pictures, or empty.")
        )
    return extracted


# --- rows -----------------------------------------------------------------------------------------------------------
def _pieces(page: Any) -> list[_Piece]:
    pieces: list[_Piece] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            tall = abs(size) * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
            clean = unicodedata.normalize("NFC", text.translate(_LIGATURES).replace("\x00", "").replace("\t", " "))
            pieces.extend(_Piece(x, y, round(tall, 1) or 1.0, line) for line in clean.split("\n") if line.strip())

    page.extract_text(visitor_text=take)
    return pieces


def _rows(pieces: Iterable[_Piece]) -> list[Row]:
    """Rows in the order in which the file draws them, which is the order of reading, but for columns drawn row by row."""
    rows: list[list[_Piece]] = []
    for piece in pieces:
        before = rows[-1][-1] if rows else None
        if before is not None and abs(before.y - piece.y) < 0.5 * max(before.size, piece.size) and piece.x >= before.x:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_row(row) for row in _by_columns(rows)]


def _row(pieces: list[_Piece]) -> Row:
    size = Counter({piece.size: 0 for piece in pieces})
    for piece in pieces:
        size[piece.size] += len(piece.text)
    text = pieces[0].text
    for before, piece in itertools.pairwise(pieces):
        text += "\t" * _is_next_cell(before, piece) + piece.text
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ \xa0]+", " ", text)).strip()
    return Row(pieces[0].x, pieces[0].y, size.most_common(1)[0][0], text, tuple(round(piece.x) for piece in pieces[1:]))


def _is_next_cell(before: _Piece, piece: _Piece) -> bool:
    """Whether there is a wide gap between two pieces of a row. How wide a letter is, is not known: seldom more than 0.6 of its size."""
    if _LABEL.fullmatch(before.text.strip()):
        return False
    return piece.x - before.x > (0.6 * len(before.text.strip()) + 2) * before.size


def _by_columns(rows: list[list[_Piece]]) -> list[list[_Piece]]:
    """Two columns that were drawn row by row, across, are put one after the other."""
    starts = Counter(round(piece.x / 3) for row in rows for piece in row[1:] if len(piece.text) >= 15)
    if not starts:
        return rows
    column, _ = starts.most_common(1)[0]
    begins = [_second(row, column) for row in rows]
    split = [index for index, begin in enumerate(begins) if begin]
    halves = [
        ("".join(p.text for p in rows[index][: begins[index]]), "".join(p.text for p in rows[index][begins[index] :]))
        for index in split
    ]
    long = sum(len(left) >= 20 and len(right) >= 20 for left, right in halves)
    if len(split) < 6 or long * 3 < len(split) * 2:
        return rows  # a table
    first, last = split[0], split[-1]
    right_alone = {index for index in range(first, last + 1) if round(rows[index][0].x / 3) == column}
    left = [rows[i][: begins[i]] if begins[i] else rows[i] for i in range(first, last + 1) if i not in right_alone]
    right = [rows[i][begins[i] :] for i in range(first, last + 1) if begins[i] or i in right_alone]
    return [*rows[:first], *left, *right, *rows[last + 1 :]]


def _second(row: list[_Piece], column: int) -> int:
    """The index of the piece of a row with which the second column begins; 0 when none does."""
    return next((index for index, piece in enumerate(row) if index and abs(round(piece.x / 3) - column) <= 1), 0)


# --- pages ----------------------------------------------------------------------------------------------------------
def _assembled(pages: list[list[Row]]) -> Extracted:
    body = _body_size(pages)
    repeated = _repeated(pages)
    lines = Lines()
    open_rows: list[Row] = []
    aside: list[tuple[str, str]] = []
    words = Counter(word for page in pages for row in page for word in re.findall(r"[\w-]+", row.text.casefold()))
    headings = 0

    def close() -> None:
        nonlocal headings
        if open_rows:
            heading = headings < 3 and open_rows[0].size >= 1.15 * body and len(open_rows) <= 6
            headings += heading
            lines.add(join_rows([row.text for row in open_rows], words), heading=heading)
            open_rows.clear()
        for text, reason in aside:
            lines.add(text, reason=reason)
        aside.clear()

    for number, page in enumerate(pages):
        kept, removed = _without_page_parts(page, repeated, body)
        aside += removed
        leading = _leading(kept)
        widths = _widths(kept, leading)
        for index, row in enumerate(kept):
            wide = widths[index - 1] if index else len(open_rows[-1].text) if open_rows else 0
            if open_rows and not _continues(open_rows, row, leading, wide, body):
                close()
            open_rows.append(row)
        if number == len(pages) - 1 or (open_rows and _ENDS.search(open_rows[-1].text)):
            close()
    close()
    return lines.finish()


def _body_size(pages: list[list[Row]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page:
            sizes[row.size] += len(row.text)
    return sizes.most_common(1)[0][0]


def _widths(rows: list[Row], leading: float) -> list[int]:
    """For each row how many characters a full row has there: the longest of the rows that follow each other without a gap."""
    widths: list[int] = []
    block: list[Row] = []
    for row in [*rows, None]:
        if row is None or (block and not 0 < block[-1].y - row.y <= 1.35 * leading):
            longest = [len(each.text) for each in block]
            widths += [max(longest[max(0, n - _NEIGHBOURS) : n + _NEIGHBOURS + 1]) for n in range(len(block))]
            block = []
        if row is not None:
            block.append(row)
    return widths


def _leading(rows: list[Row]) -> float:
    """The usual distance between two rows of a paragraph."""
    steps = [before.y - after.y for before, after in itertools.pairwise(rows) if 0 < before.y - after.y < 4 * before.size]
    return statistics.median_low(steps) if steps else 0.0


def _continues(rows: list[Row], row: Row, leading: float, wide: int, body: float) -> bool:
    """Whether a row goes on with the paragraph of the rows before it."""
    before = rows[-1]
    if "\t" in before.text or "\t" in row.text or (row.stops and row.stops == before.stops):
        return False  # rows of a table
    if abs(row.size - before.size) > 0.12 * max(row.size, before.size) or _ITEM.match(row.text):
        return False
    if before.size >= 1.15 * body:  # a headline of several rows
        return 0 < before.y - row.y < 2 * before.size
    ended = _ENDS.search(before.text) is not None
    if not 0 < before.y - row.y <= max(1.35 * leading, 0.1 * before.size):
        # A new column, a new page or a gap: the sentence says whether it goes on.
        return not ended and row.text[:1].islower() and before.y - row.y < 3 * max(leading, 1.0)
    indented = row.x > before.x + 0.8 * row.size and not _ITEM.match(rows[0].text)
    if indented and (ended or row.text[:1].isupper()):
        return False
    begins = ended or not row.text[:1].islower()
    return not begins or len(before.text) >= (0.75 if ended else 0.6) * wide


def _repeated(pages: list[list[Row]]) -> set[str]:
    """What the edges of at least half of the pages, and of two at least, say alike, numbers aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(row.text) for row in _edges(page)})
    return {shape for shape, count in seen.items() if count >= 2 and count * 5 >= len(pages) * 2}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _edges(page: list[Row]) -> list[Row]:
    """The three highest and the three lowest rows."""
    down = sorted(page, key=lambda row: -row.y)
    return [*down[:3], *down[3:][-3:]]


def _without_page_parts(page: list[Row], repeated: set[str], body: float) -> tuple[list[Row], list[tuple[str, str]]]:
    """The rows of the text, and what heads, foots and numbers the page, with the reason."""
    edges = _edges(page)
    gone: dict[int, str] = {}
    for row in edges:
        outermost = row in (edges[0], edges[-1])
        if _shape(row.text) in repeated or _PRINTED.fullmatch(row.text) or (outermost and _PAGE_NUMBER.fullmatch(row.text)):
            gone[id(row)] = "page"
    for row in sorted((row for row in page if id(row) not in gone), key=lambda row: row.y):
        if row.size > 0.92 * body or not _is_low(row, page):
            break
        gone[id(row)] = "footnote"
    return [row for row in page if id(row) not in gone], [(row.text, gone[id(row)]) for row in page if id(row) in gone]


def _is_low(row: Row, page: list[Row]) -> bool:
    """In the lower half of what is printed on the page."""
    heights = [each.y for each in page]
    return row.y < (max(heights) + min(heights)) / 2
