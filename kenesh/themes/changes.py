"""What changed between two texts, by words; and two sets of changes put together when they do not touch the same words.

Comparing is `difflib`'s (Ratcliff and Obershelp's gestalt matching); putting together is the three-way merge of `diff3`, by words.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["same", "added", "removed"]
# A word with the space before it: what is put together keeps every character.
_WORD = re.compile(r"\s*[^\W_]+(?:['’ʻʼ-][^\W_]+)*|\s*[^\s]|\s+$")


class Overlap(Exception):
    """Both change the same words: somebody has to choose."""


@dataclass(frozen=True)
class Change:
    """Words that stay, come or go. `words` keep their spaces and line breaks."""

    kind: Kind
    words: str

    @property
    def space(self) -> str:
        """What stands before the first word: a mark does not underline it."""
        return self.words[: len(self.words) - len(self.words.lstrip())]

    @property
    def marked(self) -> str:
        return self.words.lstrip()


def changes(before: str, after: str) -> list[Change]:
    """What has to be done to `before` so that it reads `after`: joined, what is the same and added is `after` again."""
    old, new = _words(before), _words(after)
    found: list[Change] = []
    for tag, left, right, start, end in _matcher(old, new).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(new[start:end])))
            continue
        if left < right:
            found.append(Change("removed", "".join(old[left:right])))
        if start < end:
            found.append(Change("added", "".join(new[start:end])))
    return found


def put_together(base: str, ours: str, theirs: str) -> str:
    """The text with the changes that both made to `base`. Raises Overlap when both changed the same place in different ways."""
    words = _words(base)
    edits = sorted({*_edits(words, _words(ours)), *_edits(words, _words(theirs))})
    for (start, end, _one), (next_start, _next_end, _other) in pairwise(edits):
        # Two insertions at one place have no order of their own either.
        if next_start < end or next_start == start:
            raise Overlap
    made, place = [], 0
    for start, end, instead in edits:
        made += [*words[place:start], *instead]
        place = end
    return "".join([*made, *words[place:]])


def _edits(base: list[str], other: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """From where to where words of the base are replaced, and by what."""
    opcodes = _matcher(base, other).get_opcodes()
    return [(left, right, tuple(other[start:end])) for tag, left, right, start, end in opcodes if tag != "equal"]


def _matcher(old: list[str], new: list[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, old, new, autojunk=False)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\r\n", "\n"))
