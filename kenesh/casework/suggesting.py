"""Themes that a text of the person speaks of, with the words that led to them. Nothing of it is stored until somebody accepts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kenesh.casework.models import Matter
from kenesh.casework.opening import Opened
from kenesh.themes import analysis, thesaurus

MOST = 3
_AROUND = 60  # characters shown on each side of the words
_LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Suggestion:
    """A theme and why: pieces of the text, True for those that led to it."""

    concept: str
    why: tuple[tuple[str, bool], ...]


def has_fine_theme(matter: Opened[Matter]) -> bool:
    concept = str(matter.body.get("theme", ""))
    return concept in thesaurus.concepts() and thesaurus.parent_of(concept) is not None


def told_by(appeals: list[dict[str, Any]]) -> str:
    """What the person said: story and messages. `appeals`: as page.opened_appeals gives them."""
    texts = [str(appeal["answers"].get("story", "")) for appeal in appeals]
    for appeal in appeals:
        if appeal["view"] is not None:
            texts += [entry.text for entry in appeal["view"].talk if entry.by == "person"]
    return "\n".join(filter(None, texts))[:_LONGEST_TEXT]


def suggestions(text: str) -> list[Suggestion]:
    """At most three fine themes of cases, best first."""
    found = []
    for match in analysis.tag(text):
        concept = thesaurus.concept(match.concept)
        if concept.parent is not None and "P" not in concept.flags:
            found.append(Suggestion(concept.id, _pieces(text, match.spans)))
    return found[:MOST]


def _pieces(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[str, bool], ...]:
    """The first words that led to it, in the text around them."""
    start, end = min(spans)
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return ((before, False), (text[start:end], True), (after, False))
