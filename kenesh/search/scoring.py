"""How well entries answer a question: a number for each, out of the lists of the terms, the same on both databases.

Each word of the question is answered by the best that an entry has for it: a form of the word itself, a theme that the word
speaks of, the country it names, a name spelt alike. What few entries have counts for more (log N/n); what a thing is mainly about
counts for more than what it mentions. So a thing in another language stands beside one in the reader's own.
"""

from __future__ import annotations

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
_RAREST = 0.02  # no word counts for more than one that this share of entries has


@dataclass(frozen=True)
class Evidence:
    """A term that answers words of the question, and how well."""

    term: str
    words: tuple[int, ...]
    weight: float
    theme: str = ""  # the concept of the question for which it stands


@dataclass
class Found:
    """An entry's number, how well it answers, which words it answers, and through which themes."""

    number: int
    score: float = 0.0
    words: set[int] = field(default_factory=set)
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
            add(Evidence(f"c:{concept}", theme.words, sure * _BROADER**place, theme.concept))
    strongest = max((hint.score for hint in question.hints), default=1.0)
    for hint in question.hints:
        strength = _HINT * hint.score / strongest
        add(Evidence(f"s:{hint.concept}", hint.words, strength, hint.concept))
        add(Evidence(f"c:{hint.concept}", hint.words, strength, hint.concept))
    for code, number in question.countries:
        add(Evidence(f"k:{code.lower()}", (number,), _COUNTRY))
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
        ask((each.term,), each, False)
        ask((f"+{each.term}",), each, True)
    for number in _names(question):
        grams = question.words[number].grams
        alike = tuple(f"g:{gram}" for gram in grams[: max(2, math.ceil(_ALIKE * len(grams)))])
        ask(alike, Evidence(" ".join(alike), (number,), _NAME), False)
    groups = _groups(question)
    if len(groups) > 1:
        made.expressions.append(Expression(some=tuple(groups)).restricted(within))
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


class Scores:
    """Adds up what the lists say of each entry."""

    def __init__(self, made: Plan, lists: Sequence[Sequence[int]], common: Mapping[str, int], entries: int) -> None:
        self._plan = made
        self._entries = entries
        self._worth: dict[int, float] = {}  # of each evidence, by its place in the plan
        self.cut = any(len(numbers) >= MOST for numbers in lists)
        self._best: dict[int, dict[int, tuple[float, str]]] = {}  # entry → word → how well, through which theme
        for place, (each, main) in enumerate(made.of):
            if not main:
                known = max(len(lists[place]), common.get(each.term, 0))
                self._worth[id(each)] = each.weight * rarity(known, entries)
            for number in lists[place]:
                self._count(number, each, main)
        for number in lists[len(made.of)] if len(lists) > len(made.of) else ():
            self._best.setdefault(number, {})

    def _count(self, number: int, each: Evidence, main: bool) -> None:
        value = self._worth[id(each)] * (MAIN if main else MENTIONED)
        words = self._best.setdefault(number, {})
        for word in each.words:
            if word not in words or words[word][0] < value:
                words[word] = (value, each.theme)

    def exact(self, number: int, terms: str) -> None:
        """Counts all that an entry has, of which lists that were cut may not tell."""
        spaced = f" {terms} "
        for each, main in self._plan.of:
            wanted = each.term.split(" ")
            if all(f" {'+' if main else ''}{term} " in spaced for term in wanted):
                self._count(number, each, main)

    def ranked(self, most: int) -> list[Found]:
        """The best entries, the newest first among equals. A score is at most 1: all words answered as well as any entry could."""
        possible: dict[int, float] = {}
        for each, _ in self._plan.of:
            for word in each.words:
                possible[word] = max(possible.get(word, 0.0), self._worth[id(each)] * MAIN)
        whole = sum(possible.values()) or 1.0
        found = []
        for number, words in self._best.items():
            score = sum(value for value, _ in words.values()) / whole
            if score > 0:
                found.append((-round(score, 6), -number))
        found.sort()
        return [self._found(-number, -score) for score, number in found[:most]]

    def _found(self, number: int, score: float) -> Found:
        words = self._best[number]
        themes: dict[str, float] = {}
        for value, theme in words.values():
            if theme:
                themes[theme] = max(themes.get(theme, 0.0), value)
        return Found(number, score, set(words), themes)
