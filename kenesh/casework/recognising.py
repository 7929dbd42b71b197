"""What in a text could lead to a person: her name, numbers, the other side, places, days. Computed in an open session, kept nowhere.

A finding that says who she is outright is `plain`: such a text is not proposed at all. Everything else is shown to people,
who know what a machine does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.casework.search import terms
from kenesh.library.reading.dates import find_dates
from kenesh.library.reading.places import find_places
from kenesh.themes import analysis
from kenesh.themes.mentions import find_countries
from kenesh.themes.names import name_keys, name_parts

KINDS: dict[str, str | Promise] = {
    "name": _("her name, or somebody's of this case"),
    "sound": _("sounds like a name of this case"),
    "phone": _("a phone"),
    "document": _("the number of a paper"),
    "employer": _("the other side"),
    "place": _("a place: the country is enough"),
    "date": _("a date: the year is enough"),
    "age": _("an age: leave it out, or say young or old"),
    "figure": _("an exact figure: round it, or leave it out"),
    "mention": _("perhaps the name of somebody or something"),
}
_NAMES = ("name", "name_latin", "name_cyrillic", "guardian")
_PLACES = ("where_place", "danger_where", "region", "registered_address", "stay_address")
_SHORTEST = 3
_LONGEST_ENDING = 5  # Айбек, Айбектин; Айгуль, Айгулью
_AGE = re.compile(
    r"(?<!\d)\d{1,2}[\s\u00a0-]*(?:лет|год[ау]?|жаш|жас|сол|yosh|yoshda|years? old|տարեկան)(?=\W|$|\w{1,6}(?=\W|$))", re.I
)
_FIGURE = re.compile(r"(?<![\w.])\d[\d\s\u00a0.,]{2,}\d(?!\w)|(?<!\w)\d{4,}(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CAPITAL = re.compile(r"(?<=[^\s.!?…։:«\"“(–—-])[ \u00a0]+(?P<word>[^\W\d_a-zа-яё][^\W\d_]{2,})")


@dataclass(frozen=True)
class Finding:
    """A stretch of the text and why it may lead to somebody. `plain`: it does, so that the text cannot be proposed."""

    start: int
    end: int
    kind: str
    plain: bool = False


@dataclass(frozen=True)
class Known:
    """What the case knows of its people and of the other side, for one request."""

    names: frozenset[str] = field(default_factory=frozenset, repr=False)
    employers: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    places: frozenset[str] = field(default_factory=frozenset, repr=False)


def known_of(bodies: Iterable[dict[str, Any]], parties: Iterable[dict[str, Any]]) -> Known:
    """From the opened persons, matters and answers of a case, and its other sides."""
    names: set[str] = set()
    places: set[str] = set()
    for body in bodies:
        for name in _NAMES:
            names.update(part for part in name_parts(str(body.get(name) or "")) if len(part) >= _SHORTEST)
        for name in _PLACES:
            places.update(word for word in _words(str(body.get(name) or "")) if len(word) > _SHORTEST)
    employers = []
    for party in parties:
        for name in ("name", "contractor", "client", "contact"):
            words = [word for word in _words(str(party.get(name) or "")) if terms.is_firm_word(word) and len(word) >= _SHORTEST]
            employers += [tuple(words)] if words else []
        places.update(word for word in _words(str(party.get("site") or "")) if len(word) > _SHORTEST)
    return Known(frozenset(names), tuple(employers), frozenset(places))


def findings(text: str, known: Known, language: str) -> list[Finding]:
    """What could lead to her, in the order of the text; a stretch is named once, by the worst that it is."""
    found = [*_numbers(text), *_people(text, known), *_whereabouts(text, known), *_mentions(text, language)]
    kept: list[Finding] = []
    for each in sorted(found, key=lambda one: (not one.plain, one.kind == "mention", one.start)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def pieces(text: str, found: Sequence[Finding]) -> list[tuple[str, Finding | None]]:
    """The text cut at its findings, for showing them in it."""
    cut: list[tuple[str, Finding | None]] = []
    at = 0
    for each in found:
        cut += [(text[at : each.start], None), (text[each.start : each.end], each)]
        at = each.end
    return [piece for piece in [*cut, (text[at:], None)] if piece[0]]


def _words(text: str) -> list[str]:
    return [analysis.normalise(token.word) for token in analysis.tokens(text)]


def _numbers(text: str) -> Iterator[Finding]:
    for match in terms.PHONE.finditer(text):
        if terms.phone_terms(match.group()):
            yield Finding(match.start(), match.end(), "phone", plain=True)
    for pattern in (terms.PASSPORT, terms.LONG_NUMBER):
        for match in pattern.finditer(text):
            yield Finding(match.start(), match.end(), "document", plain=True)
    for date in find_dates(text):
        yield Finding(date.start, date.end, "date")
    for match in _AGE.finditer(text):
        yield Finding(match.start(), match.end(), "age")
    for match in _FIGURE.finditer(text):
        if not _YEAR.fullmatch(match.group()):
            yield Finding(match.start(), match.end(), "figure")


def _people(text: str, known: Known) -> Iterator[Finding]:
    keys = {key.rstrip("+") for name in known.names for key in name_keys(name)}
    present = {word for name in known.employers for word in name if any(_is_form_of(one, word) for one in _words(text))}
    for token in analysis.tokens(text):
        word, capital = analysis.normalise(token.word), token.word[:1].isupper()
        # Without a capital it may be an ordinary word: Бакыт is happiness, and a name.
        if any(_is_form_of(word, analysis.normalise(name)) for name in known.names):
            yield Finding(token.start, token.end, "name", plain=capital)
        elif capital and any(key.rstrip("+") in keys for start in _stems(word) for key in name_keys(start)):
            yield Finding(token.start, token.end, "sound")
        for name in known.employers:
            if any(_is_form_of(word, one) for one in name):
                yield Finding(token.start, token.end, "employer", plain=capital and present.issuperset(name))


def _is_form_of(word: str, name: str) -> bool:
    """Whether the word is the name, with an ending at most."""
    return (word.startswith(name) and len(word) - len(name) <= _LONGEST_ENDING) or (
        len(name) > _SHORTEST + 1 and word[:-1] == name[:-1] and len(word) == len(name)
    )


def _stems(word: str) -> list[str]:
    return [word[:length] for length in range(len(word), max(_SHORTEST, len(word) - _LONGEST_ENDING) - 1, -1)]


def _whereabouts(text: str, known: Known) -> Iterator[Finding]:
    for place in find_places(text):
        yield Finding(place.start, place.end, "place")
    for token in analysis.tokens(text):
        word = analysis.normalise(token.word)
        if token.word[:1].isupper() and any(_is_form_of(word, place) for place in known.places):
            yield Finding(token.start, token.end, "place")


def _mentions(text: str, language: str) -> Iterator[Finding]:
    countries = [(one.start, one.end) for one in find_countries(text, language)]
    for match in _CAPITAL.finditer(text):
        start, end = match.span("word")
        if match["word"][0].isupper() and not any(first <= start < last for first, last in countries):
            yield Finding(start, end, "mention")
