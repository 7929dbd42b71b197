"""What helps somebody to ask: names that begin as she writes, narrower themes, and words that are spelt like hers."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

from kenesh.search import queries
from kenesh.search.terms import Question
from kenesh.themes import analysis, names, thesaurus
from kenesh.themes.languages import HANDLED

MOST_OFFERED = 8
_MOST_TITLES = 3
_LONGEST_TITLE = 120
_SHORTEST_FOR_TITLES = 3  # letters: what is shorter begins the words of nearly everything
_SHORTEST_HEARD = 4  # letters: of what is shorter, too many words of other languages sound like the beginning
_MOST_THEMES = 8
_LIKE = 0.78  # of difflib's ratio
_SHORTEST = 4


@dataclass(frozen=True)
class Offer:
    """Words with which somebody may go on. `language` is their `lang` attribute."""

    text: str
    language: str


def themes_nearby(question: Question, language: str) -> list[Offer]:
    """Names of narrower themes of what was asked, or, where there are none, of the themes beside it; where no theme was recognised,
    of those with a word that begins so."""
    asked = [theme.concept for theme in question.themes]
    if not asked:
        return _themes_beginning(question.text, language)[:_MOST_THEMES]
    nearby = [below for concept in asked for below in thesaurus.narrower(concept)]
    for concept in asked:
        parent = thesaurus.parent_of(concept)
        if parent and not thesaurus.narrower(concept):
            nearby += [parent, *thesaurus.narrower(parent)]
    chosen = [concept for concept in dict.fromkeys(nearby) if concept not in asked]
    return [Offer(thesaurus.label(concept, language), language) for concept in chosen[:_MOST_THEMES]]


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


def beginning_with(text: str, reader: str) -> list[Offer]:
    """Up to eight offers for what is being written, in whichever script: names of themes with a word that begins so, then titles
    of public things. Two queries and one for each kind found, where there is room for titles; else none."""
    themes = _themes_beginning(text, reader)
    titles = _titles_beginning(text, reader) if len(text.strip()) >= _SHORTEST_FOR_TITLES else []
    return [*themes[: MOST_OFFERED - len(titles)], *titles]


def _themes_beginning(text: str, reader: str) -> list[Offer]:
    """One name of each theme, the best first: one that begins so before one with such a word further on, the reader's language
    before others, what is written so before what sounds so, a label before a synonym, a short name before a long one."""
    written, sounding = _needles(text)
    best: dict[str, tuple[tuple[int, bool, bool, bool, int], Offer]] = {}
    for name in _names() if written.strip() else ():
        place = name.written.find(written)
        heard = place < 0
        if heard:
            place = name.sounding.find(sounding) if len(sounding) > _SHORTEST_HEARD else -1
        if place < 0:
            continue
        rank = (min(place, 1), name.language.split("-")[0] != reader, heard, not name.is_label, len(name.text))
        if name.concept not in best or rank < best[name.concept][0]:
            best[name.concept] = (rank, Offer(name.text, name.language))
    return [offer for _, offer in sorted(best.values(), key=lambda found: (found[0], found[1].text))]


def _titles_beginning(text: str, reader: str) -> list[Offer]:
    """Titles of what is found by these words, where a word of the title begins as the last of them."""
    words = [analysis.normalise(token.word) for token in analysis.tokens(text)]
    if not words:
        return []
    found = [look for _, look in queries.shown(queries.search(text).found[:MOST_OFFERED], reader)]
    fitting = [
        Offer(look.title, look.language)
        for look in found
        if len(look.title) <= _LONGEST_TITLE and f" {words[-1]}" in _joined(look.title)
    ]
    return list(dict.fromkeys(fitting))[:_MOST_TITLES]


@dataclass(frozen=True)
class _Name:
    """A label or synonym, with its words as they are written and as they sound, a space before each."""

    written: str
    sounding: str
    text: str
    language: str
    is_label: bool
    concept: str


@lru_cache(maxsize=1)
def _names() -> tuple[_Name, ...]:
    """Every name of every theme that may be shown, in all languages."""
    found = []
    for concept in thesaurus.concepts().values():
        for tag in (tag for language in HANDLED for tag in thesaurus.written_in(language)):
            label = concept.labels.get(tag)
            for text in dict.fromkeys(filter(None, (label, *concept.synonyms.get(tag, ())))):
                found.append(_Name(_joined(text), _heard(text), text, tag, text == label, concept.id))
    return tuple(found)


def load() -> None:
    """Puts the names together, for which else the first who writes waits."""
    _names()


def _needles(text: str) -> tuple[str, str]:
    return _joined(text).rstrip(), _heard(text)


def _joined(text: str) -> str:
    return "".join(f" {analysis.normalise(token.word)}" for token in analysis.tokens(text))


def _heard(text: str) -> str:
    return "".join(f" {names.romanise(token.word)}" for token in analysis.tokens(text))


thesaurus.when_changed(_names.cache_clear)


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[str, ...]:
    """Every word of the labels and synonyms in a language."""
    found: dict[str, None] = {}
    for concept in thesaurus.concepts().values():
        words = (token.word for text in concept.names(language) for token in analysis.tokens(text))
        found.update(dict.fromkeys(map(analysis.normalise, words)))
    return tuple(word for word in found if len(word) >= _SHORTEST)


thesaurus.when_changed(_words.cache_clear)
