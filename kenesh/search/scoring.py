"""How well entries answer a question: a number for each, out of the lists of the terms, the same on both databases.

Each word of the question is answered by the best that an entry has for it: a form of the word itself, a theme that the word
speaks of, the country it names, a name spelt alike. What few entries have counts for more (log N/n); what a thing is mainly about
counts for more than what it mentions. So a thing in another language stands beside one in the reader's own.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kenesh.search.engine import MOST, Expression
from kenesh.search.terms import Question, with_broader

MAIN, MENTIONED = 1.0, 0.6  # what a thing is about, what it mentions
_WORD, _THEME, _BROADER, _COUNTRY, _NAME = 1.0, 1.0, 0.35, 0.7, 0.8
_HINT = 0.75
_ALIKE = 0.6  # of the grams of a name that must be there
_SHORTEST_NAME = 4
_WEAKEST = 0.2  # of the best score: what is worth less is no result
_RAREST = 0.02  # no word counts for more than one that this share of entries has


@dataclass(frozen=True)
class Evidence:
    """A term that answers words of the question, and how well."""

    term: str
    words: tuple[int, ...]
    weight: float
    theme: str = ""  # the concept of the question for which it stands
    mainly: bool = True  # whether it matters that a thing is mainly about it


@dataclass
class Found:
    """An entry's number, how well it answers, and the themes through which, with how well each does."""

    number: int
    score: float = 0.0
    themes: dict[str, float] = field(default_factory=dict)


def evidence(question: Question) -> list[Evidence]:
    """What would answer the question, names apart."""
    found: dict[tuple[str, tuple[int, ...]], Evidence] = {}

    def add(each: Evidence) -> None:
        known = found.get((each.term, each.words))
        if known is None or known.weight < each.weight:
            found[each.term, each.words] = each

    for number, word in enumerate(question.words):
        for term in word.terms:
            add(Evidence(term, (number,), _WORD))
    for theme in question.themes:
        sure = _THEME * min(1.0, 0.4 + theme.score)
        for place, concept in enumerate(with_broader(theme.concept)):
            add(Evidence(f"c:{concept}", theme.words, sure * _BROADER**place, theme.concept, mainly=not place))
    strongest = max((hint.score for hint in question.hints), default=1.0)
    for hint in question.hints:
        strength = _HINT * hint.score / strongest
        add(Evidence(f"s:{hint.concept}", hint.words, strength, hint.concept))
        add(Evidence(f"c:{hint.concept}", hint.words, strength, hint.concept))
    for code, number in question.countries:
        add(Evidence(f"k:{code.lower()}", (number,), _COUNTRY, mainly=False))
    return list(found.values())


def rarity(entries: int, of: int) -> float:
    """From 0 for what every entry has to 1 for what few have."""
    if not entries:
        return 0.0
    least = max(entries, _RAREST * of, 1)
    return math.log(1 + of / least) / math.log(1 + 1 / _RAREST)


# --- which lists to ask for -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What is asked of the database for a question: expressions, and what each of them is evidence of."""

    expressions: list[Expression]
    of: list[tuple[Evidence, bool]]  # the evidence, and whether the list is of what things are mainly about


def plan(question: Question, within: Sequence[str], common: Mapping[str, int], entries: int, newest: int) -> Plan:
    """`within`: terms that every result must have; `common`: about how many entries have a term that very many have."""
    share = 1.0
    for term in within:
        share *= common.get(term, 0) / entries if entries else 0.0
    made = Plan([], [])

    def ask(every: tuple[str, ...], each: Evidence, main: bool) -> None:
        since = _since(share * min(common.get(term, 0) for term in every), entries, newest)
        made.expressions.append(Expression(every, since=since).restricted(within))
        made.of.append((each, main))

    for each in evidence(question):
        # Where more are mainly about it than a list holds, who only mentions it is not looked for.
        if not each.mainly or f"+{each.term}" not in common:
            ask((each.term,), each, False)
        if each.mainly:
            ask((f"+{each.term}",), each, True)
    for number in _names(question):
        grams = question.words[number].grams
        alike = tuple(f"g:{gram}" for gram in grams[: max(2, math.ceil(_ALIKE * len(grams)))])
        ask(alike, Evidence(" ".join(alike), (number,), _NAME), False)
    groups = _groups(question)
    # Where one word is rare, whatever has all words is on its lists already.
    if len(groups) > 1 and all(any(term in common for term in group) for group in groups):
        answering = [1 - math.prod(1 - common.get(term, 0) / entries for term in group) for group in groups]
        since = _since(share * entries * math.prod(answering), entries, newest)
        made.expressions.append(Expression(some=tuple(groups), since=since).restricted(within))
    return made


def _since(expected: float, entries: int, newest: int) -> int:
    """From which number on to look for what about so many entries have: so that a list is full, and no longer."""
    if expected <= 5 * MOST:
        return 0
    return max(0, newest - math.ceil(2 * MOST * entries / expected))


def _names(question: Question) -> list[int]:
    """Words that may be names: no theme and no country of ours."""
    known = {number for theme in question.themes for number in theme.words} | {number for _, number in question.countries}
    return [
        number
        for number, word in enumerate(question.words)
        if number not in known and len(word.written) >= _SHORTEST_NAME and len(word.grams) > 1
    ]


def _groups(question: Question) -> list[tuple[str, ...]]:
    """For each word all that answers it."""
    found: list[dict[str, None]] = [{} for _ in question.words]
    for each in evidence(question):
        for number in each.words:
            found[number][each.term] = None
    return [tuple(group) for group in found if group]


# --- what the lists say -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """What a list says of every entry on it: it answers this word so well."""

    value: float
    word: int
    theme: str
    terms: frozenset[str]  # an entry on it has all of them
    numbers: Sequence[int]


class Scores:
    """Adds up what the lists say of each entry: the best for each word, and the sum over the words."""

    def __init__(self, made: Plan, lists: Sequence[Sequence[int]], common: Mapping[str, int], entries: int) -> None:
        self.cut = any(len(numbers) >= MOST for numbers in lists)
        known = {each: len(numbers) for (each, main), numbers in zip(made.of, lists, strict=False) if not main}
        self._said: list[_Said] = []
        for (each, main), numbers in zip(made.of, lists, strict=False):
            worth = each.weight * rarity(max(known.get(each, 0), common.get(each.term, 0)), entries)
            value = worth * (MAIN if main else MENTIONED)
            terms = frozenset(f"+{term}" if main else term for term in each.term.split(" "))
            if numbers:
                self._said += [_Said(value, word, each.theme, terms, numbers) for word in each.words]
        self._said.sort(key=lambda said: said.value)
        self._also = lists[len(made.of)] if len(lists) > len(made.of) else ()  # what answers several words at once
        possible = {said.word: said.value for said in self._said}
        self._whole = sum(possible.values()) or 1.0
        self._sums = self._added_up()

    def _added_up(self) -> dict[int, float]:
        best: dict[int, dict[int, float]] = {}
        for said in self._said:  # ascending: a better answer to a word replaces a worse one
            best.setdefault(said.word, {}).update(dict.fromkeys(said.numbers, said.value))
        sums = dict.fromkeys(self._also, 0.0)
        for word in sorted(best):
            for number, value in best[word].items():
                sums[number] = sums.get(number, 0.0) + value
        return sums

    def exact(self, number: int, terms: str) -> None:
        """Counts all that an entry has, of which lists that were cut may not tell."""
        there = frozenset(terms.split(" "))
        best: dict[int, float] = {}
        for said in reversed(self._said):
            if said.word not in best and said.terms <= there:
                best[said.word] = said.value
        self._sums[number] = sum(best[word] for word in sorted(best))

    def best(self, most: int) -> list[int]:
        """Numbers of the entries that answer best, the newest first among equals."""
        floor = _WEAKEST * max(self._sums.values(), default=0.0)
        worth = [(value, number) for number, value in self._sums.items() if value >= floor and value > 0]
        return [number for _, number in heapq.nlargest(most, worth)]

    def ranked(self, most: int) -> list[Found]:
        """The same, with score and themes. A score is at most 1: all words answered as well as any entry could."""
        found = {number: Found(number, round(self._sums[number] / self._whole, 6)) for number in self.best(most)}
        self._tell_themes(found)
        return list(found.values())

    def _tell_themes(self, found: Mapping[int, Found]) -> None:
        """Through which themes each was found: those that answer one of its words best."""
        answers: dict[int, dict[int, _Said]] = {number: {} for number in found}
        for said in self._said:
            for number in found.keys() & said.numbers:
                answers[number][said.word] = said
        for number, words in answers.items():
            found[number].themes.update((said.theme, said.value) for said in words.values() if said.theme)
