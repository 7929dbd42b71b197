"""The themes of a text: those whose names and synonyms occur in it. No Django here."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kenesh.themes import thesaurus
from kenesh.themes.languages import detect
from kenesh.themes.names import romanise
from kenesh.themes.words import Token, normalise, readings, stem_of, stemmed, stems, tokens

_SENTENCE_END = re.compile(r"[.!?…;:։]\s|\n")
_SHORT_TEXT = 60  # words
_SCATTERED = 0.06
_MOST_SCATTERED = 0.6
_TELLS_ENOUGH = 4.0
_NARROWER = 0.6  # of a concept's score that silences it, when one below it has it
_SHARED = 0.6
_MOST_THEMES = 12
_MOST_OF_A_PAGE = 16  # a treaty body asks about that much
_LONGEST_GAP = 2
_NEARBY = 4
_AGAIN_AND_AGAIN = 4  # times that a name stands in a document
_GAP_COST = 0.08
_LOOSE_COST = 0.2
_LONG_TEXT = 120
_SAME_WORD = 0.75  # of a single word's letters that stand in the text too: "жумуш" is not "жумуштуулук"
_SHORT_STEM = 3  # of which the whole word is asked: "майында" is no form of "майып"
_SAME_WORDS = 0.5  # of each word of a longer name
# What no name runs over, and what joins two phrases to each other.
_PHRASE_ENDS = re.compile(r"[,;:()\[\]«»“”„\"–—/\n]|\s-\s|[.!?]\s")
_JOINED = re.compile(
    r"(?<!\w)(?:и|или|а|но|жана|же|менен|және|немесе|va|yoki|hamda|ва|ё|ёки|ҳамда|and|or|but|և|կամ|və|ve|da|და)(?!\w)", re.I
)
_WITHOUT = frozenset({"без", "without", "no", "бе", "бидуни"})  # "без письменного трудового договора"
# Without something, or with it: the stem is the same.
_LACKING = re.compile(r"\w{3,}(?:сыз|сіз|сиз|суз|сүз|siz|suz|süz|sız)(?:\w{0,9})$")
# Words that are said of so many things that they name no theme alone, nor together with nothing but each other.
_SAID_OF_MUCH = {
    "ru": "право правовой юридический защита механизм регистрация документ работа защитник свидетель отделение доставка посредник "
    "угроза фронт отъезд закон сократить задерживать продать отделение нападение равенство нечего завалить доступ",
    "ky": "укук укуктук коргоо механизм каттоо документ жумуш жарандык үй айып орто төлөм сок жара издөө төрөт кыргыз жактоо өлүм",
    "kk": "құқық құқықтық қорғау тетік тіркеу құжат жұмыс азаматтық бас жеткізу жарату жинақ дәрі",
    "uz": "huquq huquqiy himoya mexanizm roʻyxat hujjat ish fuqarolik uy himoyachi",
    "tg": "ҳуқуқ ҳуқуқӣ ҳифз ҳимоя механизм бақайдгирӣ ҳуҷҷат кор шаҳрвандӣ моҳ гузаргоҳ вакил манзил мард билет кӯдак",
    "en": "right legal law protection mechanism registration document work paper pay hit fire lock trace aid rider trailer house "
    "member summons strike papers witness",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """A theme found in a text: its id, its label in the text's language, a score from 0 to 1, and where it was found."""

    concept: str
    label: str
    score: float
    spans: tuple[tuple[int, int], ...]
    sure: bool = True  # of a document: more than one word said once, or the name of an office, tells it


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A label or synonym as stems, with the words in which the names are written that have these stems."""

    concept: str
    stems: tuple[str, ...]
    weight: float
    written: tuple[tuple[str, ...], ...] = ()
    whole: bool = True  # no word of grammar was left out of the name
    own: bool = False  # it is the concept's label


@dataclass(frozen=True, slots=True)
class _Occurrence:
    phrase: _Phrase
    places: tuple[int, ...]
    start: int
    end: int
    weight: float


def tag(text: str, language: str | None = None) -> list[ThemeMatch]:
    """The themes of a text, best first, at most twelve, of more than a few sentences sixteen; none when nothing in it is known.

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


def tag_document(text: str, language: str, names: Sequence[tuple[int, int]] = ()) -> list[ThemeMatch]:
    """The themes of a document, best first: fewer than `tag` finds in a complaint, where every hint counts.

    All words of a name stand in order in one phrase; a word that is said of many things names nothing alone. `names`: where
    offices and posts are named, which says little of what the text is about: once is no theme, twice one that is not sure, and only
    whom a text names again and again it is about.
    """
    found: list[_Occurrence] = []
    for start, part, languages in readings(text, language):
        for reading in languages:
            owners = _owners(reading)
            for each in _occurrences(part, reading, start, strictly=True):
                if each.phrase.concept in owners.get(each.phrase.stems, (each.phrase.concept,)):
                    found.append(each)
    found = _longest_only(found)
    in_names = {each for each in found if any(start < each.end and each.start < end for start, end in names)}
    places: dict[str, set[int]] = defaultdict(set)
    told: set[str] = set()  # by more than one word, outside of names
    free: set[str] = set()
    for each in found:
        places[each.phrase.concept].add(each.start)
        if each not in in_names:
            free.add(each.phrase.concept)
            if len(each.places) > 1:
                told.add(each.phrase.concept)
        if len(places[each.phrase.concept]) >= _AGAIN_AND_AGAIN:
            told.add(each.phrase.concept)
    kept = [each for each in found if each.phrase.concept in free or len(places[each.phrase.concept]) > 1]
    return [
        replace(match, sure=match.concept in told or (match.concept in free and len(places[match.concept]) > 1))
        for match in _ranked(kept, language, words=len(tokens(text)))
    ]


def _occurrences(text: str, language: str, offset: int, *, strictly: bool = False) -> Iterable[_Occurrence]:
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
            if strictly and (places is None or not _is_said(text, phrase, [read[place][1] for place in places], language)):
                continue
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


def _is_said(text: str, phrase: _Phrase, said: Sequence[Token], language: str) -> bool:
    """Whether these words are the name: one phrase, the same words and not only the same stems, and not general ones alone."""
    general = _general(language).issuperset(phrase.stems) and not any(_LACKING.match(normalise(token.word)) for token in said)
    if general and not (phrase.own and len(phrase.stems) > 1):
        return False
    for left, right in pairwise(said):
        between = text[left.end : right.start]
        inside = [stem_of(normalise(token.word), language) for token in tokens(between)]
        most = 3 if left.word.casefold() in _WITHOUT else 1 if len(said) == 2 else 2
        if _PHRASE_ENDS.search(between) or len(inside) > most + 1 or len([stem for stem in inside if stem]) > most:
            return False
        if _JOINED.search(between) and (phrase.whole or len(inside) > 1):
            return False
    words = [token.word for token in said]
    least = _SAME_WORDS if len(words) > 1 else 1.0 if len(phrase.stems[0]) <= _SHORT_STEM else _SAME_WORD
    return (phrase.whole or len(words) > 1) and any(
        all(_is_word_of(word, name, least) for word, name in zip(words, names, strict=True)) for names in phrase.written
    )


def _is_word_of(said: str, name: str, least: float) -> bool:
    """Whether a word of the text is a form of a word of a name: same beginning, same "without", capitals for an acronym."""
    if name.isupper() and len(name) > 1:
        return said[: len(name)].isupper() and len(said) > 1
    one, other = normalise(said), normalise(name)
    if one == other:
        return True
    if one[0].isascii() != other[0].isascii():  # Uzbek in both scripts
        one, other = romanise(one), romanise(other)
    same = next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= least * len(other) and bool(_LACKING.match(one)) == bool(_LACKING.match(other))


@lru_cache(maxsize=16)
def _general(language: str) -> frozenset[str]:
    return frozenset(stem.stem for stem in stems(_SAID_OF_MUCH.get(language, ""), language))


@lru_cache(maxsize=16)
def _owners(language: str) -> Mapping[tuple[str, ...], frozenset[str]]:
    """Of names that several concepts have, those whose label has most of its words: legal aid is no lack of an interpreter."""
    labels: dict[str, set[str]] = defaultdict(set)
    named: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for phrase in (phrase for phrases in index(language).values() for phrase in phrases):
        named[phrase.stems].add(phrase.concept)
        if phrase.own:
            labels[phrase.concept].update(phrase.stems)
    owners = {}
    for words, concepts in named.items():
        shared = {concept: len(labels[concept].intersection(words)) for concept in concepts}
        if len(concepts) > 1 and any(shared.values()):
            owners[words] = frozenset(concept for concept in concepts if shared[concept] == max(shared.values()))
    return owners


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
        for concept in chosen[: _MOST_OF_A_PAGE if words > _LONG_TEXT else _MOST_THEMES]
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
        found: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        whole: set[tuple[str, ...]] = set()
        own: set[tuple[str, ...]] = set()
        labels = {concept.labels.get(tag) for tag in thesaurus.written_in(language)}
        for text in concept.names(language):
            # Brackets are a remark, not words of the phrase.
            name = re.sub(r"\([^)]*\)", " ", text)
            read = stems(name, language)
            sequence = tuple(stem.stem for stem in read)
            if sequence:
                found[sequence].append(tuple(name[stem.start : stem.end] for stem in read))
                if len(read) == len(tokens(name)):
                    whole.add(sequence)
                if text in labels:
                    own.add(sequence)
        for sequence, written in found.items():
            weight = {1: 0.6, 2: 0.8}.get(len(sequence), 0.95)
            phrase = _Phrase(concept.id, sequence, weight, tuple(written), sequence in whole, sequence in own)
            by_first[sequence[0]].append(phrase)
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
    _owners.cache_clear()


thesaurus.when_changed(_forget)
