"""What a result shows of its text: two lines around what was looked for, in the language in which they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kenesh.themes import analysis, thesaurus

_LENGTH = 240  # characters
_BEFORE = 60
_READ = 4000  # characters of a text in which words are looked for: a page of results must stay quick
Span = tuple[int, int]


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text, and where in it (start, end) what was looked for stands."""

    text: str
    marks: tuple[Span, ...]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, and whether each is marked."""
        at = 0
        for start, end in self.marks:
            if at < start:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False


def excerpt(text: str, question: str, themes: Collection[str], language: str) -> Excerpt:
    """The piece of a text that answers best: with its words, else with words for one of the themes, else its beginning."""
    read = text[:_READ]
    code = language.split("-")[0] or None
    spans = _apart(analysis.highlight(read, question, code) or _of_themes(read, themes, code))
    start = _best_start(spans)
    start = _word_begins(read, max(0, start - _BEFORE))
    end = min(len(read), start + _LENGTH)
    if end < len(read):
        end = read.rfind(" ", start, end) if " " in read[start:end] else end
    piece = read[start:end]
    lead = "…" if start else ""
    marks = [(at - start + len(lead), to - start + len(lead)) for at, to in spans if start <= at and to <= end]
    return Excerpt(lead + piece.replace("\n", " ") + ("…" if end < len(text) else ""), tuple(marks))


def marked(text: str, question: str, language: str) -> Excerpt:
    """A title, whole, with the words that were looked for."""
    return Excerpt(text, tuple(_apart(analysis.highlight(text, question, language.split("-")[0] or None))))


def _of_themes(text: str, themes: Collection[str], language: str | None) -> list[Span]:
    wanted = {each for theme in themes for each in thesaurus.with_narrower(theme)}
    if not wanted:
        return []
    return [span for match in analysis.tag(text, language) if match.concept in wanted for span in match.spans]


def _apart(spans: Sequence[Span]) -> list[Span]:
    """In order, those that touch each other as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _best_start(spans: Sequence[Span]) -> int:
    """Where a piece begins that holds the most of them; the first of such pieces."""
    best, most = 0, 0
    for place, (start, _) in enumerate(spans):
        inside = sum(1 for span in spans[place:] if span[1] <= start + _LENGTH - _BEFORE)
        if inside > most:
            best, most = start, inside
    return best


def _word_begins(text: str, at: int) -> int:
    """The beginning of the next word from here on."""
    space = text.find(" ", at) if at else -1
    return space + 1 if 0 <= space < at + _BEFORE else at
