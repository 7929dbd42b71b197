"""What helps somebody to ask otherwise: narrower themes, and words that are spelt like hers."""

from __future__ import annotations

import difflib
from functools import lru_cache

from kenesh.search.terms import Question
from kenesh.themes import analysis, thesaurus

_MOST_THEMES = 8
_LIKE = 0.78  # of difflib's ratio
_SHORTEST = 4


def themes_nearby(question: Question, language: str) -> list[str]:
    """Names of narrower themes of what was asked, or, where there are none, of the themes beside it."""
    asked = [theme.concept for theme in question.themes]
    nearby = [below for concept in asked for below in thesaurus.narrower(concept)]
    for concept in asked:
        parent = thesaurus.parent_of(concept)
        if parent and not thesaurus.narrower(concept):
            nearby += [parent, *thesaurus.narrower(parent)]
    chosen = [concept for concept in dict.fromkeys(nearby) if concept not in asked]
    return [thesaurus.label(concept, language) for concept in chosen[:_MOST_THEMES]]


def spelt_alike(question: Question, language: str) -> str:
    """The question with words that nobody knows replaced by words of the thesaurus that are spelt alike; "" when there are none."""
    known = _words(language)
    spelt, changed, at = "", False, 0
    for word in question.words:
        plain = analysis.normalise(word.written)
        near = [plain] if plain in known or len(plain) < _SHORTEST else difflib.get_close_matches(plain, known, 1, _LIKE)
        spelt += question.text[at : word.start] + (near[0] if near and near[0] != plain else word.written)
        changed = changed or bool(near and near[0] != plain)
        at = word.end
    return spelt + question.text[at:] if changed else ""


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[str, ...]:
    """Every word of the labels and synonyms in a language."""
    found: dict[str, None] = {}
    for concept in thesaurus.concepts().values():
        words = (token.word for text in concept.names(language) for token in analysis.tokens(text))
        found.update(dict.fromkeys(map(analysis.normalise, words)))
    return tuple(word for word in found if len(word) >= _SHORTEST)


thesaurus.when_changed(_words.cache_clear)
