"""What a text is about: its words, their stems, and the themes whose names and synonyms occur in it. No Django here."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kenesh.themes import stemming, thesaurus
from kenesh.themes.languages import HANDLED, SCRIPTS, UNDETERMINED, detect, script_of

_APOSTROPHE = "\u02bb"
_APOSTROPHES = "'’‘ʼ\u02bb`´′"
_RESPELT = re.compile(f"[{_APOSTROPHES}ёı]|եւ")
_WORD = re.compile(rf"[^\W_][\w\u0300-\u036f]*(?:[{_APOSTROPHES}][^\W_][\w\u0300-\u036f]*|[{_APOSTROPHES}](?<=[oOgG].))*")
_SENTENCE_END = re.compile(r"[.!?…;:։]\s|\n")

# Words that carry grammar alone. Negation is not among them: it makes the theme.
_STOP: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "ru": "в во на и а но о об от до по с со к ко у из за для при или же ли бы это то я он она они мы мой моя мои мое наш свой "
        "как что который быть есть",
        "en": "a an the of to in on at by for and or is are was were be been has have had my our his her their your it its i we he "
        "she they that this with from me us as",
        "ky": "жана менен үчүн учун да де дагы эле бир бул ал мен биз мага бизге деп боюнча жатат жатам жатабыз жатышат жатышкан жаткан",
        "kk": "және мен үшін да де та те бір бұл ол біз маған бізге деп бойынша жатыр жатырмын жатырмыз",
        "uz": "va bilan uchun ham bir bu men biz menga bizga deb boʻyicha",
        "tg": "ва бо ба аз дар барои ки ин он ман мо моро маро ҳам як",
        "hy": "և ու եւ է են եմ որ այս մի ես մենք իմ մեր մեզ ինձ համար",
        "tr": "ve ile için bir bu ben biz bana bize de da",
        "az": "və ilə üçün bir bu mən biz mənə bizə də da",
        "ka": "და ეს მე ჩვენ",
    }.items()
}

_MOST_THEMES = 12
_LONGEST_GAP = 2
_NEARBY = 4
_GAP_COST = 0.08
_LOOSE_COST = 0.2
_SURE_LINE = 0.9
_SURE_TEXT = 0.75
_LONG_ENOUGH_LINE = 25
_LONG_TEXT = 120


class Token(NamedTuple):
    """A word as it stands in the text, and where: text[start:end] == word."""

    word: str
    start: int
    end: int


class Stem(NamedTuple):
    """The stem of a word, and where the word stands in the text."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """A theme found in a text: its id, its label in the text's language, a score from 0 to 1, and where it was found."""

    concept: str
    label: str
    score: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A label or synonym as stems."""

    concept: str
    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Occurrence:
    phrase: _Phrase
    places: tuple[int, ...]
    start: int
    end: int
    weight: float


def tokens(text: str) -> list[Token]:
    """The words of a text with their places in it."""
    return [Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def normalise(text: str) -> str:
    """The spelling in which words are compared: lower case, one apostrophe (ʻ), е for ё, i for dotless ı, և for եւ."""
    text = unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "i").lower()
    if not _RESPELT.search(text):
        return text  # nearly every word
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, _APOSTROPHE)
    return text.replace("ё", "е").replace("ı", "i").replace("եւ", "և")


def stems(text: str, language: str) -> list[Stem]:
    """The stem of each word that carries meaning, with the word's place in the text."""
    return [Stem(stem, token.start, token.end) for stem, token in _stemmed(text, language) if stem]


def stem_of(word: str, language: str) -> str:
    """The stem of one normalised word; "" for a word that carries grammar alone."""
    return "" if word in _STOP.get(language, frozenset()) else stemming.stem(word, language)


def _stemmed(text: str, language: str) -> list[tuple[str, Token]]:
    return [(stem_of(normalise(token.word), language), token) for token in tokens(text)]


def tag(text: str, language: str | None = None) -> list[ThemeMatch]:
    """The themes of a text, best first, at most twelve; none when nothing in it is known.

    Labels and synonyms are matched by their stems inside a sentence: in order with small gaps, or for less in any order
    close together. Without a language, it is detected line by line, as letters often mix two.
    """
    occurrences: list[_Occurrence] = []
    for start, part, languages in _parts(text, language):
        for reading in languages:
            occurrences.extend(_occurrences(part, reading, start))
    main = language or detect(text).language
    return _ranked(_longest_only(occurrences), main, words=len(tokens(text)))


def load() -> None:
    """Reads what tells languages, stems and themes: a second of work, which else the first text of each language pays."""
    detect("Меня уволили, и я жду зарплату")
    for language in HANDLED:
        _index(language)


def _parts(text: str, language: str | None) -> list[tuple[int, str, tuple[str, ...]]]:
    """Stretches of lines read in the same languages: offset, text, languages."""
    if language is not None:
        return [(0, text, _reading_languages(text, language))]
    whole = detect(text)
    parts: list[tuple[int, str, tuple[str, ...]]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        found = detect(line) if len(line) >= _LONG_ENOUGH_LINE else whole
        if found.confidence < _SURE_LINE:
            found = whole
        languages = _reading_languages(line, found.language, sure=found.confidence >= _SURE_TEXT)
        if parts and parts[-1][2] == languages:
            parts[-1] = (parts[-1][0], parts[-1][1] + line, languages)
        else:
            parts.append((offset, line, languages))
        offset += len(line)
    return parts


def _reading_languages(text: str, language: str, *, sure: bool = True) -> tuple[str, ...]:
    """In which languages to look for themes.

    A few words that could be Kyrgyz or Kazakh are read as both. And people mix the Russian words of offices into every
    Cyrillic language, so those texts are read as Russian as well.
    """
    if language == UNDETERMINED:
        return ()
    script = script_of(text)
    if not sure:
        return tuple(each for each in HANDLED if script in SCRIPTS[each])
    return (language, "ru") if language != "ru" and script == "Cyrl" else (language,)


def _occurrences(text: str, language: str, offset: int) -> Iterable[_Occurrence]:
    index = _index(language)
    if not index:
        return
    stemmed = [(stem, token) for stem, token in _stemmed(text, language) if stem]
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    sentences = _sentence_numbers([token.start for _, token in stemmed], ends)
    for position, (first, _) in enumerate(stemmed):
        for phrase in index.get(first, ()):
            places = _places(phrase.stems, stemmed, sentences, position)
            loose = places is None
            if places is None:
                places = _places_nearby(phrase.stems, stemmed, sentences, position)
            if places is None:
                continue
            gaps = places[-1] - places[0] + 1 - len(places)
            yield _Occurrence(
                phrase,
                tuple(offset + stemmed[place][1].start for place in places),
                offset + stemmed[places[0]][1].start,
                offset + stemmed[places[-1]][1].end,
                phrase.weight - (_LOOSE_COST if loose else 0.0) - _GAP_COST * gaps,
            )


def _sentence_numbers(starts: list[int], ends: list[int]) -> list[int]:
    numbers: list[int] = []
    number = 0
    for start in starts:
        while number < len(ends) and ends[number] < start:
            number += 1
        numbers.append(number)
    return numbers


def _places(
    wanted: tuple[str, ...], stemmed: list[tuple[str, Token]], sentences: list[int], position: int
) -> tuple[int, ...] | None:
    """Where the stems stand, in order and with at most two words between neighbours; None when they do not."""
    places = [position]
    for stem in wanted[1:]:
        last = places[-1]
        for candidate in range(last + 1, min(last + 2 + _LONGEST_GAP, len(stemmed))):
            if sentences[candidate] != sentences[position]:
                return None
            if stemmed[candidate][0] == stem:
                places.append(candidate)
                break
        else:
            return None
    return tuple(places)


def _places_nearby(
    wanted: tuple[str, ...], stemmed: list[tuple[str, Token]], sentences: list[int], position: int
) -> tuple[int, ...] | None:
    """Where the stems stand in any order, all within a few words of the first; None when they do not.

    "Алып койду паспортумду" says what "паспортумду алып койду" says, with less certainty.
    """
    if len(wanted) < 2:
        return None
    window = [
        place
        for place in range(max(0, position - _NEARBY), min(len(stemmed), position + _NEARBY + 1))
        if sentences[place] == sentences[position] and place != position
    ]
    places = [position]
    for stem in wanted[1:]:
        found = [place for place in window if place not in places and stemmed[place][0] == stem]
        if not found:
            return None
        places.append(min(found, key=lambda place: abs(place - position)))
    return tuple(sorted(places))


def _longest_only(occurrences: list[_Occurrence]) -> list[_Occurrence]:
    """Without those whose words are all part of a longer phrase found at the same place."""
    by_place: dict[int, list[_Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        for place in occurrence.places:
            by_place[place].append(occurrence)
    kept: list[_Occurrence] = []
    for occurrence in occurrences:
        own = set(occurrence.places)
        if not any(len(other.places) > len(own) and own < set(other.places) for other in by_place[occurrence.places[0]]):
            kept.append(occurrence)
    return kept


def _ranked(occurrences: list[_Occurrence], language: str, *, words: int) -> list[ThemeMatch]:
    evidence: dict[str, float] = defaultdict(float)
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    taken: set[tuple[str, int]] = set()
    for occurrence in sorted(occurrences, key=lambda each: -each.weight):
        concept = occurrence.phrase.concept
        if (concept, occurrence.start) in taken:
            continue
        taken.add((concept, occurrence.start))
        # The same words once more say little more.
        evidence[concept] += occurrence.weight * 0.5 ** seen[concept, occurrence.phrase.stems]
        seen[concept, occurrence.phrase.stems] += 1
        spans[concept].add((occurrence.start, occurrence.end))
    dilution = 1 + math.log2(max(1.0, words / _LONG_TEXT)) / 2
    scores = {concept: 1 - math.exp(-1.8 * value / dilution) for concept, value in evidence.items()}
    chosen = [concept for concept in scores if not _outdone_by_narrower(concept, scores)]
    chosen.sort(key=lambda concept: (-scores[concept], concept))
    return [
        ThemeMatch(concept, thesaurus.label(concept, language), round(scores[concept], 3), tuple(sorted(spans[concept])))
        for concept in chosen[:_MOST_THEMES]
    ]


def _outdone_by_narrower(concept: str, scores: Mapping[str, float]) -> bool:
    return any(scores.get(below, 0.0) >= scores[concept] for below in thesaurus.with_narrower(concept)[1:])


def _names(concept: thesaurus.Concept, tag: str) -> tuple[str, ...]:
    label = concept.labels.get(tag)
    return (*((label,) if label else ()), *concept.alt.get(tag, ()))


@lru_cache(maxsize=16)
def _index(language: str) -> Mapping[str, tuple[_Phrase, ...]]:
    """Labels and synonyms of the language by their first stem."""
    index: dict[str, list[_Phrase]] = defaultdict(list)
    for concept in thesaurus.concepts().values():
        if not concept.is_theme:
            continue
        found: dict[tuple[str, ...], None] = {}
        for text in (text for tag in thesaurus.written_in(language) for text in _names(concept, tag)):
            # Brackets are a remark, not words of the phrase.
            sequence = tuple(stem.stem for stem in stems(re.sub(r"\([^)]*\)", " ", text), language))
            if sequence:
                found[sequence] = None
        for sequence in found:
            weight = {1: 0.6, 2: 0.8}.get(len(sequence), 0.95)
            index[sequence[0]].append(_Phrase(concept.id, sequence, weight))
    return {first: tuple(phrases) for first, phrases in index.items()}


thesaurus.when_changed(_index.cache_clear)
