"""The themes of a text: those whose names and synonyms occur in it. No Django here."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kenesh.themes import thesaurus
from kenesh.themes.languages import detect
from kenesh.themes.words import Token, readings, stemmed, stems, tokens

_SENTENCE_END = re.compile(r"[.!?…;:։]\s|\n")
_SHORT_TEXT = 60  # words
_SCATTERED = 0.06
_MOST_SCATTERED = 0.6
_TELLS_ENOUGH = 4.0
_NARROWER = 0.6  # of a concept's score that silences it, when one below it has it
_SHARED = 0.6
_MOST_THEMES = 12
_LONGEST_GAP = 2
_NEARBY = 4
_GAP_COST = 0.08
_LOOSE_COST = 0.2
_LONG_TEXT = 120


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


def tag(text: str, language: str | None = None) -> list[ThemeMatch]:
    """The themes of a text, best first, at most twelve; none when nothing in it is known.

    Labels and synonyms are matched by their stems inside a sentence: in order with small gaps, or for less in any order
    close together. Without a language, it is detected line by line, as letters often mix two.
    """
    phrases: list[_Occurrence] = []
    scattered: list[_Occurrence] = []
    words = len(tokens(text))
    for start, part, languages in readings(text, language):
        for reading in languages:
            found = list(_occurrences(part, reading, start))
            phrases.extend(found)
            if words <= _SHORT_TEXT:
                scattered.extend(_scattered(part, reading, start, found))
    main = language or detect(text).language
    return _ranked([*_not_outdone(_longest_only(phrases), scattered), *scattered], main, words=words)


def _occurrences(text: str, language: str, offset: int) -> Iterable[_Occurrence]:
    phrases = index(language)
    if not phrases:
        return
    read = [(stem, token) for stem, token in stemmed(text, language) if stem]
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    sentences = _sentence_numbers([token.start for _, token in read], ends)
    said: dict[int, set[str]] = defaultdict(set)  # the stems of each sentence: most phrases are not in it, and need no search
    for (stem, _), sentence in zip(read, sentences, strict=True):
        said[sentence].add(stem)
    for position, (first, _) in enumerate(read):
        here = said[sentences[position]]
        for phrase in phrases.get(first, ()):
            if not here.issuperset(phrase.stems):
                continue
            places = _places(phrase.stems, read, sentences, position)
            loose = places is None
            if places is None:
                places = _places_nearby(phrase.stems, read, sentences, position)
            if places is None:
                continue
            gaps = places[-1] - places[0] + 1 - len(places)
            yield _Occurrence(
                phrase,
                tuple(offset + read[place][1].start for place in places),
                offset + read[places[0]][1].start,
                offset + read[places[-1]][1].end,
                phrase.weight - (_LOOSE_COST if loose else 0.0) - _GAP_COST * gaps,
            )


def _scattered(text: str, language: str, offset: int, found: list[_Occurrence]) -> Iterable[_Occurrence]:
    """Of a short text: concepts whose names have two words or more of a sentence, though no name has them together.

    "Документтеримди кайтарбай койду" holds no name of "passport withheld", but words of several of them.
    """
    bags = bags_of(language)
    if not bags:
        return
    read = [(stem, token) for stem, token in stemmed(text, language) if stem]
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    sentences = _sentence_numbers([token.start for _, token in read], ends)
    known = {(occurrence.phrase.concept, place) for occurrence in found for place in occurrence.places}
    by_concept: dict[tuple[int, str], dict[str, Token]] = defaultdict(dict)
    for (stem, token), sentence in zip(read, sentences, strict=True):
        for concept in bags.get(stem, ()):
            if (concept, offset + token.start) not in known:
                by_concept[sentence, concept].setdefault(stem, token)
    for (_, concept), seen in by_concept.items():
        told = sum(bags[stem][concept] for stem in seen)
        if len(seen) < 2 or told < _TELLS_ENOUGH:
            continue
        places = tuple(sorted(offset + token.start for token in seen.values()))
        end = max(token.end for token in seen.values())
        weight = min(_MOST_SCATTERED, _SCATTERED * told)
        yield _Occurrence(_Phrase(concept, tuple(sorted(seen)), weight), places, places[0], offset + end, weight)


def _not_outdone(phrases: list[_Occurrence], scattered: list[_Occurrence]) -> list[_Occurrence]:
    """Without single words that name a wider concept than words around them do: "documents" in "documents … withheld"."""
    wider = {(place, thesaurus.parent_of(each.phrase.concept)) for each in scattered for place in each.places}
    return [each for each in phrases if len(each.places) > 1 or (each.places[0], each.phrase.concept) not in wider]


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
    return any(scores.get(below, 0.0) >= _NARROWER * scores[concept] for below in thesaurus.with_narrower(concept)[1:])


@lru_cache(maxsize=16)
def index(language: str) -> Mapping[str, tuple[_Phrase, ...]]:
    """Labels and synonyms of the language by their first stem."""
    by_first: dict[str, list[_Phrase]] = defaultdict(list)
    for concept in thesaurus.concepts().values():
        if not concept.is_theme:
            continue
        found: dict[tuple[str, ...], None] = {}
        for text in concept.names(language):
            # Brackets are a remark, not words of the phrase.
            sequence = tuple(stem.stem for stem in stems(re.sub(r"\([^)]*\)", " ", text), language))
            if sequence:
                found[sequence] = None
        for sequence in found:
            weight = {1: 0.6, 2: 0.8}.get(len(sequence), 0.95)
            by_first[sequence[0]].append(_Phrase(concept.id, sequence, weight))
    return {first: tuple(phrases) for first, phrases in by_first.items()}


@lru_cache(maxsize=16)
def bags_of(language: str) -> Mapping[str, Mapping[str, float]]:
    """Each stem of labels and synonyms of the language with the concepts whose names have it, and how much it says for each.

    What it says grows with its rarity among concepts, and with its share of the concept's names.
    """
    names: Counter[str] = Counter()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for phrases in index(language).values():
        for phrase in phrases:
            names[phrase.concept] += 1
            for stem in set(phrase.stems):
                counted[stem][phrase.concept] += 1
    return {
        stem: {
            concept: math.log(len(names) / len(concepts)) * (_SHARED + (1 - _SHARED) * number / names[concept])
            for concept, number in concepts.items()
        }
        for stem, concepts in counted.items()
    }


def _forget() -> None:
    index.cache_clear()
    bags_of.cache_clear()


thesaurus.when_changed(_forget)
