"""From bytes to text: which encoding an old document was saved in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

import charset_normalizer

from kenesh.library.formats.extracted import CannotRead

__all__ = ["CannotRead", "Decoded", "decode"]

LARGEST = 20_000_000  # bytes; a saved page or minutes are far below, and reading keeps several copies in memory
LONGEST = 3_000_000  # characters: a thousand printed pages
TOO_LARGE = f"The file is larger than {LARGEST // 1_000_000} MB. Split it, or save only its text."
TOO_LONG = f"The text is longer than {LONGEST // 1_000_000} million characters. Split it into parts."
EMPTY = "The file is empty. Check that it was saved or copied completely."

_ELSEWHERE = "Open it in the program it was made with and save it as plain text (UTF-8) or as a web page."
_BINARY = f"The file holds binary data, not text. {_ELSEWHERE}"


@dataclass(frozen=True)
class Decoded:
    """Text without a byte order mark, the name of the encoding it was in, and how many characters could not be read."""

    text: str
    encoding: str
    damaged: int = 0


_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows-1251 comes first and wins ties. KZ-1048 and PTCP154 hold Kazakh and Kyrgyz letters beside the Russian ones, KOI8-T Tajik ones.
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "kz1048", "ptcp154", "koi8-t")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_\-]{2,30})", re.IGNORECASE)
_DECLARABLE = re.compile(r"cp\d+|iso8859.*|koi8.*|mac.*|kz1048|ptcp154|gb\w+|big5\w*|euc\w*|shift\w*|tis.*|utf-8")
_DECLARED_BONUS = 0.15  # what a declaration weighs against the look of the letters
_SAMPLE = 20_000  # characters that are looked at
_OFTEN = frozenset("оеаинтсрвлкмдпыу")
_OWN = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІғӯқҳҷӣўҒӮҚҲҶӢЎ")
_SOUTHERN = frozenset("ѕќѓљњџћђјЅЌЃЉЊЏЋЂЈ")  # of no language here: where they stand, other letters were meant
_PUNCTUATION = "«»—–№„“”’‘…•·\xa0\xad"


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a plain or HTML file; `declared` is what a mail says of it.

    NUL characters become replacement characters, so that every other character keeps its place. Raises CannotRead for empty, binary and too
    large files, and for bytes in no known encoding.
    """
    if len(data) > LARGEST:
        raise CannotRead(TOO_LARGE)
    if not data.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"):
        raise CannotRead(EMPTY)
    decoded = _decoded(data, declared)
    if "\x00" in decoded.text:
        decoded = replace(decoded, text=decoded.text.replace("\x00", "\ufffd"))
    if len(decoded.text) > LONGEST:
        raise CannotRead(TOO_LONG)
    if not decoded.text.strip("\ufffd\ufeff \t\r\n\f\v\xa0"):
        raise CannotRead(EMPTY)
    return decoded


def _decoded(data: bytes, declared: str) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\x00" in data:
        found = _without_mark(data)
        if found is not None:
            return found
        if data.count(0) * 100 > len(data):
            raise CannotRead(_BINARY)
    text = data.decode("utf-8", errors="replace")
    if _is_control(text):
        raise CannotRead(_BINARY)
    if "\ufffd" not in text:
        return Decoded(text, "utf-8")
    damaged = text.count("\ufffd")
    if sum(letter > "\x7f" for letter in text[:_SAMPLE]) > 10 * text[:_SAMPLE].count("\ufffd") and damaged * 50 < len(text):
        return Decoded(text, "utf-8", damaged)  # a file that was cut off within a letter, or joined of two
    return _single_byte(data, _trusted(declared) or _declared_in_page(data))


def _marked(data: bytes, encoding: str) -> Decoded:
    """What says with a byte order mark what it is. A few broken characters are forgiven, as old programs leave them."""
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    if damaged * 20 > len(text):
        raise CannotRead(f"The file says that it is {encoding} and is not. {_ELSEWHERE}")
    return Decoded(text, encoding, damaged)


def _is_control(text: str) -> bool:
    """Whether control characters, which no text holds, are more than one in fifty."""
    sample = text[:_SAMPLE]
    return sum(letter < " " and letter not in "\t\n\r\f\v\x1a\x1b" for letter in sample) * 50 > len(sample)


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 that carries no byte order mark: zero bytes at every second place, as Latin letters and spaces leave them."""
    for encoding, zeros, others in (("utf-16-le", data[1::2], data[0::2]), ("utf-16-be", data[0::2], data[1::2])):
        if zeros.count(0) * 20 >= len(zeros) and others.count(0) * 100 <= zeros.count(0):
            text = data[: len(data) // 2 * 2].decode(encoding, errors="replace")
            damaged = text.count("\ufffd")
            if damaged * 50 <= len(text) and (text.count(" ") * 40 >= len(text) or len(text) < 40):
                return Decoded(text, encoding, damaged)
    return None


def _declared_in_page(data: bytes) -> str:
    """The encoding that an HTML page says it is in; "" when it says none that is known."""
    found = _META_CHARSET.search(data[:4096])
    return _trusted(found[1].decode("ascii")) if found else ""


def _trusted(name: str) -> str:
    """Python's name of an encoding of text; "" for others: a stranger does not choose among all codecs."""
    try:
        known = codecs.lookup(name).name if re.fullmatch(r"[A-Za-z0-9_\-]{2,30}", name) else ""
    except LookupError:
        return ""
    return known if _DECLARABLE.fullmatch(known) else ""


def _single_byte(data: bytes, declared: str) -> Decoded:
    """The encoding in which the letters look most like prose. A declaration counts, but many are wrong."""
    names = dict.fromkeys([*_CYRILLIC, *([declared] if declared else [])])
    scored = []
    for order, name in enumerate(names):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue  # this encoding has no letter at that place, so it is not the one
        scored.append((_cyrillic_score(text) + _DECLARED_BONUS * (name == declared), -order, text, name))
    if scored:
        score, _, text, name = max(scored)
        if score > 0.5:
            return Decoded(text, name)
    if declared:
        text = data.decode(declared, errors="replace")
        if text.count("\ufffd") * 50 <= len(text):
            return Decoded(text, declared, text.count("\ufffd"))
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is None:
        raise CannotRead(f"The encoding of the file is not known. {_ELSEWHERE}")
    text = data.decode(best.encoding, errors="replace")
    if text.count("\ufffd") * 50 > len(text) or _is_control(text):
        raise CannotRead(f"The encoding of the file is not known. {_ELSEWHERE}")
    return Decoded(text, best.encoding, text.count("\ufffd"))


def _cyrillic_score(text: str) -> float:
    """How much the letters beyond ASCII look like Cyrillic prose: about 1 for the right encoding, below 0.5 for a wrong one.

    KOI8-R read as Windows-1251 turns small letters into capitals and into rare ones; other mistakes give box drawings.
    """
    points = beyond = 0
    previous = " "
    for letter in text[:_SAMPLE]:
        if letter > "\x7f":
            beyond += 1
            cyrillic = "\u0400" <= letter <= "\u052f"
            if letter in _OFTEN:
                points += 2
            elif letter in _OWN or (cyrillic and letter.islower()):
                points += letter not in _SOUTHERN
            elif previous.islower() if cyrillic else letter not in _PUNCTUATION:
                points -= 3
        previous = letter
    return points / (1.6 * beyond) if beyond else 0.0
