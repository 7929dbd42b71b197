"""From a file of any kind to its text, with what the file itself says of headings, of furniture and of encodings.

Places in a reading count characters of the *original*: of a text or a saved page the decoded file without its byte order
mark; of a PDF, Word file or mail the text that was taken out of it (`kenesh read --with-text` prints it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kenesh.library.formats import isolated
from kenesh.library.formats.extracted import CannotRead, Extracted
from kenesh.library.formats.mail import Mail
from kenesh.library.formats.sniffing import format_of
from kenesh.library.reading import markup
from kenesh.library.reading.decoding import EMPTY, LARGEST, LONGEST, TOO_LARGE, TOO_LONG, Decoded, decode
from kenesh.library.reading.spans import Dropped, lines_of

_UNICODE = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-32-le"})
_QUOTED = re.compile(r">[> ]?.*|On .{5,80} wrote:|.{5,80}(?:пишет|написал(?:а|\(а\))?|жазды):")
_SIGNATURE = re.compile(r"-- ?")


@dataclass(frozen=True)
class Opened:
    """A file as text. `page` holds what the format says of headings; `markup` the HTML of a page, which begins at `markup_from`."""

    text: str
    original: str
    page: markup.Page | None = None
    markup: str = ""
    markup_from: int = 0
    dropped: list[Dropped] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)


def open_file(data: bytes) -> Opened:
    """A file that is no mail. Raises CannotRead."""
    if len(data) > LARGEST:
        raise CannotRead(TOO_LARGE)
    known = format_of(data)
    if known == "pdf" or known == "word":
        return _of_extracted(isolated.extract(known, data))
    decoded = decode(data)
    notices = _of_encoding(decoded)
    if not markup.is_html(decoded.text):
        return Opened(decoded.text, decoded.text, notices=notices)
    page = markup.flatten(decoded.text)
    return Opened(page.text, decoded.text, page, decoded.text, notices=notices)


def open_letter(letter: Mail) -> Opened:
    """A mail as text: its subject, its date (which is of the mail and not of the text), its body."""
    head = f"{letter.subject}\n" if letter.subject else ""
    dropped: list[Dropped] = []
    if letter.date:
        dropped.append(Dropped(len(head), len(head) + len(letter.date), "mail"))
        head += f"{letter.date}\n"
    decoded = decode(letter.body, letter.charset) if letter.body.strip() else Decoded("", "utf-8")
    if not decoded.text and not letter.subject:
        raise CannotRead(EMPTY)
    page = markup.flatten(decoded.text) if letter.is_page else markup.Page(decoded.text, None)
    text = head + page.text
    moved = [(start + len(head), end + len(head)) for start, end in page.headings]
    own = markup.Page(
        text,
        None,
        headings=[(0, len(letter.subject)), *moved] if letter.subject else moved,
        asides=[(start + len(head), end + len(head)) for start, end in page.asides],
        items={place + len(head) for place in page.items},
        title=letter.subject or page.title,
        deep=page.deep,
    )
    if not letter.is_page:
        dropped += _quoted(text, len(head))
    return Opened(
        text, text, own, decoded.text if letter.is_page else "", len(head), dropped, _of_encoding(decoded, told=letter.charset)
    )


def _quoted(text: str, since: int) -> list[Dropped]:
    """What a mail repeats of the one that it answers, and the signature under it."""
    dropped: list[Dropped] = []
    signed = False
    for line in lines_of(text):
        if line.start < since:
            continue
        signed = signed or _SIGNATURE.fullmatch(line.text) is not None
        if signed or _QUOTED.fullmatch(line.text):
            dropped.append(Dropped(line.start, line.end, "contact" if signed else "mail"))
    return dropped


def _of_extracted(found: Extracted) -> Opened:
    if len(found.text) > LONGEST:
        raise CannotRead(TOO_LONG)
    if not found.text.strip():
        raise CannotRead("There is no text in the file. If its pages are pictures, recognise their text first (OCR).")
    page = markup.Page(found.text, None, headings=found.headings)
    dropped = [Dropped(start, end, reason) for start, end, reason in found.dropped]
    return Opened(found.text, found.text, page, dropped=dropped, notices=found.notices)


def _of_encoding(decoded: Decoded, told: str = "") -> list[tuple[str, str]]:
    notices = []
    if decoded.encoding not in _UNICODE and not told:
        notices.append(("encoding", f"The file is not in UTF-8; it was read as {decoded.encoding}."))
    if decoded.damaged:
        notices.append(("encoding", f"{decoded.damaged} characters of the file are damaged. They stand as \ufffd in the text."))
    return notices
