"""The small parts that all readers share: places in a text, lines, and dropped pieces."""

from __future__ import annotations

# patterns are read as one line each
import re
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]

_VISIBLE = re.compile(r"[^\n]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"')*]*\s+(?=[«“\"(*]*[A-ZА-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІԱ-Ֆ0-9])|\n+")
_SHORTENED = re.compile(
    r"(?:\b(?:г|гг|ул|обл|им|тыс|млн|млрд|bln|mln|т|ст|п|стр|см|др|пр|долл|Mr|Mrs|Ms|Dr|No|Art|vs|\w)|(?<!\d\d)\d)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line without the white space around it; `start` and `end` are its place in the text."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        return len(re.findall(r"[^\W\d_]{2,}", self.text))


@dataclass(frozen=True)
class Dropped:
    """A piece of the page that is not the document; docs/reading.schema.json lists the reasons."""

    start: int
    end: int
    reason: str


def lines_of(text: str) -> list[Line]:
    """Lines that hold anything, in order."""
    found = []
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        stripped = match[0].strip(" \t\xa0\ufeff\u200b\f\v")
        if stripped:
            start = match.start() + match[0].index(stripped)
            found.append(Line(start, start + len(stripped), stripped))
    return found


def without(text: str, dropped: Iterable[Dropped]) -> str:
    """The text with the dropped pieces blanked out, so that every other character keeps its place."""
    parts: list[str] = []
    kept = 0
    for piece in sorted(dropped, key=lambda piece: piece.start):
        if piece.end > kept:
            start = max(piece.start, kept)
            parts += [text[kept:start], _VISIBLE.sub(" ", text[start : piece.end])]
            kept = piece.end
    return "".join([*parts, text[kept:]])


def is_in(places: Iterable[int], spans: Iterable[Span]) -> list[bool]:
    """For each place, in rising order, whether it lies in one of the spans."""
    rising = sorted(spans)
    answers: list[bool] = []
    reached, next_span = -1, 0
    for place in places:
        while next_span < len(rising) and rising[next_span][0] <= place:
            reached = max(reached, rising[next_span][1])
            next_span += 1
        answers.append(place < reached)
    return answers


def sentences_of(text: str) -> list[Line]:
    """Sentences with their places. Initials and shortened words ("г.", "млн.") do not end one."""
    found: list[Line] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match[0] and _SHORTENED.search(text[max(start, match.start() - 6) : match.start()]):
            continue
        _append(found, text, start, match.start())
        start = match.end()
    _append(found, text, start, len(text))
    return found


def _append(found: list[Line], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += piece.index(stripped)
        found.append(Line(start, start + len(stripped), stripped))
