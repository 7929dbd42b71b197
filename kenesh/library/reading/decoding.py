"""From bytes to text: which encoding an old document was saved in, and which formats cannot be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

LARGEST = 20_000_000  # bytes; a saved page or minutes are far below, and reading keeps several copies in memory


class CannotRead(ValueError):  # the words that people read
    """A document that cannot be read. The message is one sentence or two: what is wrong, and what to do."""


@dataclass(frozen=True)
class Decoded:
    """Text without a byte order mark, and the name of the encoding it was in."""

    text: str
    encoding: str


_ELSEWHERE = "Open it in the program it was made with and save it as plain text (UTF-8) or as a web page."
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "This is a PDF file, which cannot be read yet."),
    (b"PK\x03\x04", "This is a Word, Excel, OpenDocument or ZIP file, which cannot be read yet."),
    (b"\xd0\xcf\x11\xe0", "This is an old Word or Excel file, which cannot be read yet."),
    (b"{\\rtf", "This is an RTF file, which cannot be read yet."),
    (b"\x89PNG", "This is a picture, not text."),
    (b"\xff\xd8\xff", "This is a picture, not text."),
    (b"GIF8", "This is a picture, not text."),
    (b"\x1f\x8b", "This is a compressed file. Unpack it first."),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# KZ-1048 and PTCP154 hold Kazakh letters beside the Russian ones of Windows-1251, which comes first and wins ties.
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "kz1048", "ptcp154")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,30})", re.IGNORECASE)
_OFTEN = frozenset("оеаинтсрвлкмдпыу")
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def decode(data: bytes) -> Decoded:
    """The text of a plain or HTML file. Raises CannotRead for other formats, empty files, and bytes in no known encoding."""
    _refuse_other_formats(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding), encoding)
    if b"\x00" in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _declared(data) or _single_byte(data)


def _refuse_other_formats(data: bytes) -> None:
    if not data.strip():
        raise CannotRead("The file is empty. Check that it was saved or copied completely.")
    if len(data) > LARGEST:
        raise CannotRead(f"The file is larger than {LARGEST // 1_000_000} MB. Split it, or save only its text.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise CannotRead(f"{what} {_ELSEWHERE}")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CannotRead(f"The file says that it is {encoding} and is not, from byte {error.start} on. {_ELSEWHERE}") from error


def _without_mark(data: bytes) -> Decoded:
    """UTF-16 that carries no byte order mark: zero bytes at every second place, as Latin letters and spaces leave them."""
    if len(data) % 2 == 0:
        for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
            if zeros.count(0) * 20 >= len(zeros) and data.count(0) == zeros.count(0):
                text = _strictly(data, encoding)
                if text.count(" ") * 40 >= len(text) or len(text) < 40:
                    return Decoded(text, encoding)
    raise CannotRead(f"The file holds binary data, not text. {_ELSEWHERE}")


def _declared(data: bytes) -> Decoded | None:
    """What an HTML page itself says, if it is true."""
    found = _META_CHARSET.search(data[:4096])
    if found is None:
        return None
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _single_byte(data: bytes) -> Decoded:
    scored = [(_cyrillic_score(text), -order, text, name) for order, (name, text) in enumerate(_candidates(data))]
    if scored:
        score, _, text, name = max(scored)
        if score > 0.5:
            return Decoded(text, name)
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is None:
        raise CannotRead(f"The encoding of the file is not known. {_ELSEWHERE}")
    return Decoded(_strictly(data, best.encoding), best.encoding)


def _candidates(data: bytes) -> list[tuple[str, str]]:
    texts = []
    for name in _CYRILLIC:
        try:
            texts.append((name, data.decode(name)))
        except UnicodeDecodeError:
            continue  # this encoding has no letter at that place, so it is not the one
    return texts


def _cyrillic_score(text: str) -> float:
    """How much the letters beyond ASCII look like Cyrillic prose: about 1 for the right encoding, below 0.5 for a wrong one.

    KOI8-R read as Windows-1251 turns small letters into capitals and into rare ones; other mistakes give box drawings.
    """
    points = beyond = 0
    previous = " "
    for letter in text[:100_000]:
        if letter > "\x7f":
            beyond += 1
            cyrillic = "\u0400" <= letter <= "\u052f"
            if letter in _OFTEN:
                points += 2
            elif letter in _KAZAKH or (cyrillic and letter.islower()):
                points += 1
            elif previous.islower() if cyrillic else letter not in "«»—–№„“”’…\xa0":
                points -= 3
        previous = letter
    return points / (1.6 * beyond) if beyond else 0.0
