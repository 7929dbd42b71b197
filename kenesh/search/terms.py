"""What a public thing is found by, and what a question asks for: terms, short texts with their kind in front.

    w: the stem of a word             k: a country that is named or concerned
    c: a theme, with those above it   g: four letters of a name, romanised

With + in front it is one of what the thing is mainly about: its title, what it says most often, its surest themes.

    f: the kind of thing   l: a language in which it can be read   y: the year   b: the body whose it is
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kenesh.search import hints
from kenesh.search.findable import Findable
from kenesh.themes import analysis, countries, thesaurus
from kenesh.themes.languages import INTERFACE, detect
from kenesh.themes.words import languages_of as languages_of_words

_VERSION = 2  # one more with each change to what terms a thing has
_LONGEST = 40  # of a term
_MOST_WORDS = 4000  # of a text that are read
_MAIN_WORDS = 8  # of a text, beside those of its title
_MAIN_THEMES = 3
_SURE_THEME = 0.5
_MOST_HINTS, _LEAST_HINT = 12, 0.8  # concepts at which a text's words hint, and how strongly at least
_MAIN_HINTS, _MAIN_HINT = 4, 1.6
_MOST_ASKED = 12  # words of a question
_MOST_THEMES_ASKED = 3
_MOST_HINTS_ASKED, _LEAST_HINT_ASKED = 4, 0.3
_SURE_LANGUAGE = 0.75
_LONGEST_QUESTION = 400  # characters


@dataclass(frozen=True)
class Word:
    """A word of a question: as it was written, the terms under which it may stand, how it may be spelt, where it stands."""

    written: str
    terms: tuple[str, ...]
    grams: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Theme:
    """A theme of a question: the concept, how surely, and the words (by number) that speak of it."""

    concept: str
    score: float
    words: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """What somebody asks for. `language`: the one given, else the likeliest."""

    text: str
    language: str
    words: tuple[Word, ...]
    themes: tuple[Theme, ...]
    countries: tuple[tuple[str, int], ...]  # code, number of the word
    hints: tuple[Theme, ...] = ()  # themes at which single words hint


@lru_cache(maxsize=1)
def revision() -> str:
    """Names the analysis: another thesaurus, other words that people confirmed, or another way to make terms is another revision."""
    added = "".join(f"\n{addition}" for addition in thesaurus.additions())
    return hashlib.sha256(f"{_VERSION}\n{thesaurus.COMPILED.read_text(encoding='utf-8')}{added}".encode()).hexdigest()[:16]


thesaurus.when_changed(revision.cache_clear)


# --- things -----------------------------------------------------------------------------------------------------------


def terms_of(thing: Findable, kind: str) -> str:
    """All terms of a thing, separated by spaces."""
    plain: dict[str, None] = {}
    main: dict[str, None] = {}
    themes: dict[str, float] = {}
    hinted: dict[str, float] = {}
    for text in thing.texts:
        language = text.language or None
        title, body = analysis.terms(text.title, language), analysis.terms(text.body[: _MOST_WORDS * 8], language)
        counted = Counter(body.stems)
        often = [stem for stem, times in counted.most_common(_MAIN_WORDS) if times > 1]
        main.update(dict.fromkeys(f"w:{stem[:_LONGEST]}" for stem in (*title.stems, *often)))
        plain.update(dict.fromkeys(f"w:{stem[:_LONGEST]}" for stem in counted))
        plain.update(dict.fromkeys(f"g:{gram}" for gram in (*title.grams, *body.grams)))
        for match in analysis.tag(f"{text.title}\n{text.body}", language):
            themes[match.concept] = max(themes.get(match.concept, 0.0), match.score)
        for match in analysis.tag(text.title, language):
            themes[match.concept] = max(themes.get(match.concept, 0.0), 0.5 + match.score)
        for concept, strength in _hinted(title.stems, tuple(counted), text.language or detect(text.title).language).items():
            hinted[concept] = max(hinted.get(concept, 0.0), strength)
    for concept, score in thing.themes.items():
        if concept in thesaurus.concepts():
            themes[concept] = max(themes.get(concept, 0.0), score)
    surest = sorted(themes, key=lambda concept: (-themes[concept], concept))
    main.update(dict.fromkeys(f"c:{each}" for each in surest[:_MAIN_THEMES] if themes[each] >= _SURE_THEME))
    plain.update(dict.fromkeys(f"c:{each}" for concept in surest for each in with_broader(concept)))
    nearest = sorted(hinted, key=lambda concept: (-hinted[concept], concept))[:_MOST_HINTS]
    plain.update(dict.fromkeys(f"s:{each}" for each in nearest if hinted[each] >= _LEAST_HINT))
    main.update(dict.fromkeys(f"s:{each}" for each in nearest[:_MAIN_HINTS] if hinted[each] >= _MAIN_HINT))
    plain.update(dict.fromkeys(f"k:{code.lower()}" for code in thing.countries))
    plain.update(main)
    return " ".join([*plain, *(f"+{term}" for term in main), *_filters(thing, kind)])


def _hinted(title: tuple[str, ...], body: tuple[str, ...], language: str) -> dict[str, float]:
    """Concepts at which the words of a text hint; those of its title count twice."""
    found: dict[str, float] = {}
    for words, weight in ((title, 2.0), (body, 1.0)):
        for concept, (strength, _) in hints.hints([[stem] for stem in dict.fromkeys(words)], language).items():
            found[concept] = found.get(concept, 0.0) + weight * strength
    return found


def _filters(thing: Findable, kind: str) -> list[str]:
    found = [f"f:{kind}", *(f"l:{language}" for language in languages_of(thing))]
    if thing.year:
        found.append(f"y:{thing.year}")
    if thing.body:
        found.append(f"b:{thing.body.lower()}")
    return found


def languages_of(thing: Findable) -> list[str]:
    """In which languages it can be read, its own first."""
    return list(dict.fromkeys(text.language for text in thing.texts if text.language))


def with_broader(concept: str) -> list[str]:
    """The theme, and those above it."""
    chain = [concept]
    while (parent := thesaurus.parent_of(chain[-1])) is not None:
        chain.append(parent)
    return chain


# --- questions --------------------------------------------------------------------------------------------------------


def read_question(text: str, language: str | None = None) -> Question:
    """What the words ask for. Without a language each is read in all in which it may be written."""
    text = text[:_LONGEST_QUESTION]
    words = [
        Word(each.word, tuple(f"w:{stem[:_LONGEST]}" for stem in each.stems), each.grams, each.start, each.end)
        for each in analysis.asked(text, language)[:_MOST_ASKED]
    ]
    found = detect(text)
    main = language or found.language
    reading = (main,) if language or found.confidence >= _SURE_LANGUAGE else languages_of_words(text)
    return Question(
        text,
        main,
        tuple(words),
        tuple(_themes(text, language, words)),
        tuple(_countries(words)),
        tuple(_hints(words, reading)),
    )


def _themes(text: str, language: str | None, words: Sequence[Word]) -> Iterable[Theme]:
    for match in analysis.tag(text, language)[:_MOST_THEMES_ASKED]:
        of = [
            number
            for number, word in enumerate(words)
            if any(word.start < end and start < word.end for start, end in match.spans)
        ]
        yield Theme(match.concept, match.score, tuple(of))


def _hints(words: Sequence[Word], languages: Sequence[str]) -> Iterable[Theme]:
    found: dict[str, tuple[float, tuple[int, ...]]] = {}
    read = [[term[2:] for term in word.terms] for word in words]
    for language in languages:
        for concept, hint in hints.hints(read, language, spoken=True).items():
            if concept not in found or found[concept][0] < hint[0]:
                found[concept] = hint
    strongest = sorted(found, key=lambda concept: (-found[concept][0], concept))[:_MOST_HINTS_ASKED]
    return [Theme(concept, *found[concept]) for concept in strongest if found[concept][0] >= _LEAST_HINT_ASKED]


def _countries(words: Sequence[Word]) -> Iterable[tuple[str, int]]:
    for number, word in enumerate(words):
        code = country_of(word.written)
        if code:
            yield code, number


def country_of(word: str) -> str:
    """The code of the country of the region that a word names, in any of our languages and cases; "" for none."""
    plain = analysis.normalise(word)
    for name, code in _country_names().get(plain[:4], ()):
        if plain.startswith(name) and len(plain) <= len(name) + 8:
            return code
    return ""


@lru_cache(maxsize=1)
def _country_names() -> dict[str, list[tuple[str, str]]]:
    """Names of one word without their last vowel or я, by their first four letters, the longest first."""
    found: dict[str, dict[str, str]] = {}
    for code in dict.fromkeys((*countries.ORIGINS, *countries.DESTINATIONS)):
        for language in INTERFACE:
            name = analysis.normalise(countries.country_name(code, language))
            base = re.sub(r"(?:ia|iya|ия|a|я|а|ь|й)$", "", name)
            if " " not in name and len(base) >= 4:
                found.setdefault(base[:4], {})[base] = code
    return {begin: sorted(names.items(), key=lambda pair: -len(pair[0])) for begin, names in found.items()}
