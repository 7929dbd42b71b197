"""The one analyser of documents, queries and highlights: words, stems, terms of an index, themes. No Django here.

A document is indexed by `terms`; a query is taken apart by `asked` and matches where, for each of its words, a stem or enough
grams of it are among the document's; `highlight` shows where. All three read a word alike, so what is found can be shown.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kenesh.themes import stemming, tagging
from kenesh.themes.languages import HANDLED, UNDETERMINED, detect
from kenesh.themes.names import grams, is_child_word, romanise
from kenesh.themes.tagging import ThemeMatch, tag, tag_document
from kenesh.themes.words import Reading, Stem, Token, languages_of, normalise, readings, stem_of, stems, tokens

__all__ = [
    "Asked", "Reading", "Stem", "Terms", "ThemeMatch", "Token",
    "asked", "grams", "highlight", "load", "normalise", "readings", "romanise", "stem_of", "stems", "tag", "tag_document", "terms", "tokens",
]  # fmt: skip

_SHORTEST_NAME = 3
_LIKE_A_NAME = 0.6  # of a query word's grams that a name in the text must have to be shown as it
_SHORTEST_KEY = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is found by: `stems` in the order of the text, repeated as often as they stand there; `grams` of its names."""

    stems: tuple[str, ...]
    grams: tuple[str, ...]


class Asked(NamedTuple):
    """A word of a query: the stems under which it may stand in a document, its grams if it is a name, and where it stands."""

    word: str
    stems: tuple[str, ...]
    grams: tuple[str, ...]
    start: int
    end: int


def terms(text: str, language: str | None = None) -> Terms:
    """The terms of a text for an index. Without a language it is detected line by line."""
    found: list[str] = []
    names: dict[str, None] = {}
    for reading in readings(text, language):
        main = reading.languages[0] if reading.languages else UNDETERMINED
        for token in tokens(reading.text):
            found.extend(_stems_of(normalise(token.word), reading.languages))
            if _may_be_a_name(token.word):
                names.update(dict.fromkeys(grams(token.word, main)))
    return Terms(tuple(found), tuple(names))


def asked(query: str, language: str | None = None) -> list[Asked]:
    """The words of a query. Nobody need say its language: without one, each word is read in all languages of its script.

    Left out are words that carry grammar alone, "son of" and "daughter of": they stand nowhere in an index.
    """
    words: list[Asked] = []
    guessed = language or detect(query).language
    for token in tokens(query):
        word = normalise(token.word)
        languages = languages_of(word)
        if guessed == "ru" and languages and "ru" not in languages:
            languages = (*languages, "ru")  # in Latin letters
        deciding = (language,) if language in languages else languages
        if is_child_word(token.word) or not all(stem_of(word, each) for each in deciding):
            continue
        read = dict.fromkeys(stem_of(word, each) for each in languages) if languages else {word: None}
        key = tuple(grams(token.word, language)) if len(word) >= _SHORTEST_NAME and not word.isdigit() else ()
        words.append(Asked(token.word, tuple(filter(None, read)), key, token.start, token.end))
    return words


def highlight(text: str, query: str, language: str | None = None) -> list[tuple[int, int]]:
    """Where words of the query stand in the text, as (start, end) into the text as given; in any form, a name in any script.

    `language`: of the text, when it is known.
    """
    words = asked(query)
    if language is not None:
        words += asked(query, language)
    wanted = {stem for word in words for stem in word.stems}
    names = [frozenset(word.grams) for word in words if len(romanise(word.word)) >= _SHORTEST_KEY]
    spans: list[tuple[int, int]] = []
    for reading in readings(text, language):
        main = reading.languages[0] if reading.languages else UNDETERMINED
        for token in tokens(reading.text):
            read = _stems_of(normalise(token.word), reading.languages)
            if not wanted.isdisjoint(read) or (_may_be_a_name(token.word) and _sounds_like_one(token.word, main, names)):
                spans.append((reading.start + token.start, reading.start + token.end))
    return spans


def load() -> None:
    """Reads what tells languages, stems and themes: a second of work, which else the first text of each language pays."""
    detect("Меня уволили, и я жду зарплату")
    for language in HANDLED:
        tagging.bags_of(language)  # and with it its index


@lru_cache(maxsize=100_000)
def _stems_of(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The stems of a normalised word in these languages, Russian beside another only for words that Russian has."""
    if not languages:
        return (word,)
    found: dict[str, None] = {}
    for place, language in enumerate(languages):
        if language == "ru" and place and not stemming.is_russian(word):
            continue
        stem = stem_of(word, language)
        if stem:
            found[stem] = None
        elif place == 0:
            return ()  # a grammatical word of the language of the text
    return tuple(found)


def _may_be_a_name(word: str) -> bool:
    """Whether it has a capital, or its script has none."""
    return len(word) >= _SHORTEST_NAME and (word[0].isupper() or "ა" <= word[0] <= "ჿ") and not is_child_word(word)


def _sounds_like_one(word: str, language: str, names: list[frozenset[str]]) -> bool:
    own = frozenset(grams(word, language)) if names else frozenset()
    return any(len(own & name) >= _LIKE_A_NAME * len(name) for name in names)
