"""A line of what somebody wrote, around the first word that was looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from kenesh.casework.search.terms import words_to_find
from kenesh.themes import analysis, stemming, words

_AROUND = 90  # characters on each side
_MOST_WORDS = 300  # of a text, for a list must stay quick
_MOST_TEXTS = 8


class Excerpt(NamedTuple):
    """Before, the word, after; without the word it is the beginning of a text."""

    before: str = ""
    hit: str = ""
    after: str = ""


@dataclass
class Seeker:
    """Finds the words of one search in texts. It analyses only those that may be a form of them.

    Most forms of a word begin as its stem does. Those that do not (people, person) are found by writing out all forms of a
    Russian lemma, and by how a stem is spelt in the other script. `words`: terms (terms.py).
    """

    words: frozenset[str]
    _begins: set[str] = field(default_factory=set, repr=False)
    _forms: set[str] = field(default_factory=set, repr=False)
    _known: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)  # the words of one page repeat

    def __post_init__(self) -> None:
        stems = [term[2:] for term in self.words if term.startswith("w:")]
        self._begins = {stem[:2] for stem in stems}
        self._begins |= {each for begin in list(self._begins) for each in stemming.respelt_beginnings(begin)}
        unlike = (stemming.russian_forms(stem) for stem in stems if "а" <= stem[:1] <= "я")
        self._forms = {form for forms in unlike for form in forms if form[:2] not in self._begins}

    def seeks(self, terms: Collection[str]) -> bool:
        """Whether one of these terms is a word: a name by its sound, a theme, a number stand in no text as they are."""
        return any(term.startswith("w:") for term in self.words.intersection(terms))

    def find(self, texts: Iterable[str], terms: Collection[str]) -> Excerpt | None:
        """The first word that stands under one of these terms; None where no text has the word itself (a theme, a name)."""
        if not self.seeks(terms):
            return None
        wanted = self.words.intersection(terms)
        for text in islice(texts, _MOST_TEXTS):
            for start, end in self._may_be(text):
                if not wanted.isdisjoint(self._terms_of(text[start:end])):
                    return _around(text, start, end)
        return None

    def _may_be(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words stand that may be what is looked for."""
        plain = analysis.normalise(text)
        alike = len(plain) == len(text) and words.APOSTROPHE not in plain  # each letter keeps its place, each word its ends
        for token in analysis.tokens(plain if alike else text)[:_MOST_WORDS]:
            word = token.word if alike else analysis.normalise(token.word)
            if word[:2] in self._begins or word in self._forms:
                yield token.start, token.end

    def _terms_of(self, word: str) -> frozenset[str]:
        if word not in self._known:
            self._known[word] = frozenset(term for group in words_to_find(word)[:1] for term in group)
        return self._known[word]


def _around(text: str, start: int, end: int) -> Excerpt:
    before, after = max(0, start - _AROUND), end + _AROUND
    return Excerpt(("…" if before else "") + text[before:start], text[start:end], _cut(text[end:], after - end))


def beginning(texts: Iterable[str]) -> Excerpt:
    """Of the first text, where there is nothing better to show."""
    return Excerpt(_cut(next(iter(texts), ""), 2 * _AROUND))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"
