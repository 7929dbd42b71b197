"""What comes out of a file that is more than text."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


class CannotRead(ValueError):  # the words that people read
    """A document that cannot be read. The message is one sentence or two: what is wrong, and what to do."""


@dataclass
class Extracted:
    """The text of a file, one paragraph, row of a table or list item a line. All places are those in `text`."""

    text: str = ""
    headings: list[Span] = field(default_factory=list)  # candidates for the title, best first
    dropped: list[tuple[int, int, str]] = field(
        default_factory=list
    )  # start, end, reason: what is of the page and not of the text
    notices: list[tuple[str, str]] = field(default_factory=list)  # kind and a sentence for the reviewer


class Lines:
    """Collects an Extracted line by line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.extracted = Extracted()

    def add(self, text: str, *, heading: bool = False, reason: str | None = None) -> None:
        """Adds a line; `reason` says why it is none of the document's own."""
        if not text.strip():
            return
        start, end = self._length, self._length + len(text)
        self._pieces.append(text)
        self._length = end + 1
        if reason is not None:
            self.extracted.dropped.append((start, end, reason))
        elif heading:
            self.extracted.headings.append((start, end))

    def finish(self) -> Extracted:
        self.extracted.text = "\n".join(self._pieces) + "\n" if self._pieces else ""
        return self.extracted
