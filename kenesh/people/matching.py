"""Which organisations, bodies and persons of the node a name in a document may mean, across languages and scripts.

Every answer has a score and says in words why; nothing is joined here. Names in other letters are compared by sound
(`themes.names`): "Ак Жол" and "Ak Jol", "Рахмонов" and "Rahmonov" sound alike.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from kenesh.kernel.findings import Candidate, Words, best
from kenesh.people.offices import Office, is_office, office_of
from kenesh.themes.international import known_body
from kenesh.themes.mentions import find_countries
from kenesh.themes.names import name_keys, name_parts
from kenesh.themes.stemming import stem
from kenesh.themes.texts import Translated

SAME = (1.0, _("the same name"))
CONFIRMED = (0.98, _("somebody confirmed that this name means it"))
MOST_OF_ANY_COUNTRY = 0.8  # each country may have an office of this name
CONFIRMED_ONCE = (MOST_OF_ANY_COUNTRY, CONFIRMED[1])  # elsewhere the same name may mean another
SAME_SOUND = (0.95, _("the same name in other letters"))
SAME_CORE = (0.92, _("the same name in quotation marks"))
SAME_SHORT = (0.9, _("the same short name"))
SAME_INITIALS = (0.85, _("its first letters make this name"))
SAME_BODY = (0.85, _("another name of the same organisation"))
SAME_OFFICE = (0.7, _("an office of the same kind in the same country, for the same things"))
SUCH_OFFICE = (0.6, _("an office of the same kind, for the same things"))
LOOKED_FOR = (0.0, _("it has the words that you looked for"))
MOST_FOUND = 12
MOST_WORDS = _("most words of the name are the same")
WITHIN = (0.6, _("one name contains the other"))
SAME_PARTS = (0.88, _("the same first name and surname; one has a part more"))
SAME_ROOT = (0.75, _("the same name with another ending"))
SURNAME_AND_LETTER = (0.7, _("the same surname and first letter"))
SAME_POST = (0.45, _("the same post at the same organisation, under another name"))

_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]{2,80})[»”“\"]")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼʻ-][^\W\d_]+)*|\d+")
# How an organisation is registered says little of its name, and is written or left out.
_LEGAL_FORMS = frozenset({
    "ооо", "оо", "оф", "нпо", "нко", "ано", "оюл", "зао", "оао", "пао", "ип", "кб", "қб", "нпм", "мчж", "жчк", "llc", "ngo", "npo", "inc",
    "общественный", "общественная", "общественное", "объединение", "фонд", "фонды", "фонди", "фонду", "коомдук", "қоғамдық", "қор", "қоры",
    "бірлестігі", "бирикмеси", "бирикме", "jamoat", "fondi", "public", "foundation", "association",
})  # fmt: skip
_SMALL_WORDS = frozenset({
    "и", "в", "на", "по", "о", "об", "для", "при", "с", "из", "к", "за", "the", "of", "and", "for", "on", "in", "to", "de", "la", "жана",
    "және", "va", "ва", "у", "бо", "аз", "дар",
})  # fmt: skip
_SURNAME_ENDING = re.compile(r"(?:ов|ев|ёв|ова|ева|ёва|ин|ина|зода|ий|ov|ev|ova|eva|zoda|zade|ӣ)$", re.I)


def plain(name: str) -> str:
    """Small letters, no quotation marks, one space between words."""
    lowered = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    return " ".join(_WORD.findall(lowered))


def core(name: str) -> str:
    """What stands in quotation marks, else the name without its legal form."""
    quoted = _QUOTED.search(name)
    if quoted:
        return plain(quoted[1])
    words = [word for word in plain(name).split() if word not in _LEGAL_FORMS]
    return " ".join(words) or plain(name)


@functools.lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    return "".join(name_keys(word))


def sound(name: str) -> tuple[str, ...]:
    """The words of a name by sound."""
    return tuple(key for key in map(_sound, plain(name).split()) if key)


def initials(name: str) -> str:
    """The first letters of the words that count: "Международная организация по миграции" → "мом"."""
    return "".join(word[0] for word in plain(name).split() if word not in _SMALL_WORDS)


@functools.lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    return stem(word, language)


def stems(name: str, language: str) -> frozenset[str]:
    return frozenset(_stem(word, language) for word in plain(name).split() if word not in _SMALL_WORDS and len(word) > 2)


@functools.lru_cache(maxsize=50_000)
def country_in(name: str, language: str) -> str:
    """The country that a name names first, "" for none: "Министерство труда Кыргызской Республики", "МВД РФ" → KG, RU.
    `language`: whose abbreviations of States are read; Russian ones where it is not known."""
    return next((found.code for found in find_countries(name, language or "ru")), "")


def _is_telling(name: str, language: str) -> bool:
    """Whether a name that meant somebody in one document means the same in every other: not one of a single word, nor one with
    initials, nor that of an office without its country."""
    words = _WORD.findall(name)
    initial = any(len(word) == 1 and word.isupper() for word in words)
    return len(words) > 1 and not initial and not _is_of_any_country(name, language)


def _is_of_any_country(name: str, language: str) -> bool:
    """Whether a name is that of an office which other countries have too, and does not say of which it is: "Ministry of Labour",
    «МВД». Bodies that are one in the world, and what has a name of its own in quotation marks, are not."""
    known = known_body(name)
    if known is not None:
        return known in _OF_MANY and country_in(name, language) == ""
    return is_office(name) and _QUOTED.search(name) is None and country_in(name, language) == ""


# --- organisations and bodies -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """A row that a name may mean."""

    target: str
    label: str
    name: Translated
    short_name: Translated
    confirmed: tuple[tuple[str, str], ...] = ()  # language and name, as documents had it and people confirmed it
    country: str | None = None  # None: offices of countries are not compared

    @property
    def all_names(self) -> list[tuple[str, str]]:
        return [*self.name.items(), *self.short_name.items(), *self.confirmed]


# Ministries and societies of several countries have these names in common.
_OF_MANY = frozenset({"MVD", "MID", "Caritas", "Red Crescent"})


class NameIndex:
    """Names of many rows, prepared once for all findings of a page."""

    def __init__(self, rows: Iterable[Named]) -> None:
        self._rows = list(rows)
        self._ways: dict[str, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._stems: list[list[frozenset[str]]] = []
        for number, row in enumerate(self._rows):
            for language, name in row.name.items():
                for way, key in (
                    ("plain", plain(name)),
                    ("core", core(name)),
                    ("sound", sound(core(name))),
                    ("first", initials(name)),
                ):
                    self._ways[way][key].append(number)
                for each in stems(name, language):
                    self._ways["stem"][each].append(number)
            for short in row.short_name.values():
                self._ways["short"][plain(short)].append(number)
            for _language, name in row.confirmed:
                self._ways["confirmed"][plain(name)].append(number)
            for _language, name in row.all_names:
                self._ways["body"][_body(name)].append(number)
            self._stems.append([stems(name, language) for language, name in row.name.items()])
        self._offices: list[list[Office]] = [
            [] if row.country is None else [office for _, name in row.all_names if (office := office_of(name))]
            for row in self._rows
        ]

    def candidates(self, name: str, language: str, country: str = "") -> list[Candidate]:
        """The rows that this name may mean, the likeliest first. `country`: whose the name says that it is, "" for none.

        The name of an office without its country is never enough, however exactly it is that of a row: a person says whose it is.
        """
        found = best([*self._all(name, language), *self._by_office(name, country)])
        if country or not _is_of_any_country(name, language):
            return found
        return [replace(each, score=min(each.score, MOST_OF_ANY_COUNTRY)) for each in found]

    def looked_for(self, words: str) -> list[Candidate]:
        """The rows that have all these words, or their beginnings, in a name, as they are written or as they sound."""
        wanted = plain(words).split()
        found = [
            Candidate(row.target, row.label, *LOOKED_FOR)
            for row in self._rows
            if wanted and any(_has(name, wanted) for _, name in row.all_names)
        ]
        return sorted(found, key=lambda each: each.label)[:MOST_FOUND]

    def _by_office(self, name: str, country: str) -> Iterator[Candidate]:
        asked = office_of(name)
        for number, row in enumerate(self._rows if asked else ()):
            if asked and any(asked.may_be(office) for office in self._offices[number]):
                if country and country == row.country:
                    yield self._candidate(number, *SAME_OFFICE)
                elif not (country and row.country):
                    yield self._candidate(number, *SUCH_OFFICE)

    def _all(self, name: str, language: str) -> Iterator[Candidate]:
        written = plain(name)
        ways: list[tuple[str, object, tuple[float, Words]]] = [
            ("confirmed", written, CONFIRMED if _is_telling(name, language) else CONFIRMED_ONCE),
            ("body", _body(name), SAME_BODY),
            ("plain", written, SAME),
            ("short", written, SAME_SHORT),
            ("sound", sound(core(name)), SAME_SOUND),
            ("core", core(name), SAME_CORE),
        ]
        if 2 < len(written) < 9 and " " not in written:
            ways.append(("first", written, SAME_INITIALS))
        if len(first := initials(name)) > 2:
            ways.append(("short", first, SAME_INITIALS))
        for way, key, (score, reason) in ways:
            if key:
                for number in self._ways[way].get(key, ()):
                    yield self._candidate(number, score, reason)
        yield from self._by_words(stems(name, language))

    def _by_words(self, wanted: frozenset[str]) -> Iterator[Candidate]:
        if len(wanted) < 2:
            return
        near = {number for each in wanted for number in self._ways["stem"].get(each, ())}
        for number in near:
            owns = [own for own in self._stems[number] if own]
            share = max(len(wanted & own) / max(len(wanted), len(own)) for own in owns)
            # A name of one word would be "inside" of any name that has it.
            inside = max((len(wanted & own) / min(len(wanted), len(own)) for own in owns if len(own) > 1), default=0.0)
            if share >= 0.6:
                yield self._candidate(number, round(0.4 + 0.48 * share, 2), MOST_WORDS)
            elif inside == 1:
                yield self._candidate(number, *WITHIN)

    def _candidate(self, number: int, score: float, reason: Words) -> Candidate:
        row = self._rows[number]
        return Candidate(row.target, row.label, score, reason)


@functools.lru_cache(maxsize=50_000)
def _body(name: str) -> str:
    """By which key a body of many names is known, "" for others."""
    key = known_body(name)
    return "" if key is None or key in _OF_MANY else key


def _has(name: str, wanted: Sequence[str]) -> bool:
    """Whether for each of the words one of the name begins so, in whichever letters."""
    words = plain(name).split()
    sounds = [_sound(word) for word in words]
    return all(
        any(word.startswith(each) for word in words) or (len(each) > 2 and any(own == _sound(each) for own in sounds))
        for each in wanted
    )


# --- persons ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NamedPerson:
    """A person of the node. `organisation`: its target, "" for none."""

    target: str
    label: str
    names: Translated
    posts: Translated
    organisation: str
    confirmed: tuple[str, ...] = ()  # names under which documents had this person and people confirmed it

    @property
    def all_names(self) -> list[str]:
        return [*self.names.values(), *self.confirmed]


@dataclass(frozen=True)
class _Parts:
    keys: frozenset[str]
    roots: frozenset[str]
    letters: frozenset[str]  # initials that stand alone, by sound


@functools.lru_cache(maxsize=50_000)
def _parts(name: str) -> _Parts:
    words = name_parts(name)
    keys = frozenset(_sound(word) for word in words) - {""}
    roots = frozenset(_sound(_SURNAME_ENDING.sub("", word) or word) for word in words) - {""}
    letters = frozenset(_sound(letter) for letter in re.findall(r"(?<!\w)(\w)\.", name.casefold())) - {""}
    return _Parts(keys, roots, letters)


def person_candidates(name: str, post: str, organisation: str, language: str, known: Iterable[NamedPerson]) -> list[Candidate]:
    """Persons who may be meant. `organisation`: the target of the one that the document names with the post, "" for none."""
    asked, written = _parts(name), plain(name)
    found = []
    for person in known:
        likeliest = max(_likenesses(asked, written, person, language), key=_score, default=None)
        if (
            likeliest is None
            and organisation
            and person.organisation == organisation
            and _same_post(post, language, person.posts)
        ):
            likeliest = SAME_POST
        if likeliest is not None:
            found.append(Candidate(person.target, person.label, *likeliest))
    return best(found)


def persons_looked_for(words: str, known: Iterable[NamedPerson]) -> list[Candidate]:
    """Persons who have all these words, or their beginnings, in a name, as they are written or as they sound."""
    wanted = plain(words).split()
    found = [
        Candidate(person.target, person.label, *LOOKED_FOR)
        for person in known
        if wanted and any(_has(name, wanted) for name in person.all_names)
    ]
    return sorted(found, key=lambda each: each.label)[:MOST_FOUND]


def _score(likeness: tuple[float, Words] | None) -> float:
    return likeness[0] if likeness else 0.0


def _likenesses(asked: _Parts, written: str, person: NamedPerson, language: str) -> Iterator[tuple[float, Words] | None]:
    for name in person.names.values():
        yield _likeness(asked, written, name, SAME)
    for name in person.confirmed:
        yield _likeness(asked, written, name, CONFIRMED if _is_telling(name, language) else CONFIRMED_ONCE)


def _likeness(asked: _Parts, written: str, name: str, same: tuple[float, Words]) -> tuple[float, Words] | None:
    known = _parts(name)
    common = len(asked.keys & known.keys)
    if written == plain(name):
        return same
    if common >= 2:
        return SAME_SOUND if asked.keys == known.keys else SAME_PARTS
    if len(asked.roots & known.roots) >= 2:
        return SAME_ROOT
    if common == 1 and (_letter_fits(asked, known) or _letter_fits(known, asked)):
        return SURNAME_AND_LETTER
    return None


def _letter_fits(short: _Parts, whole: _Parts) -> bool:
    """Whether an initial of one begins a part of the other that both do not share."""
    return any(_begins(part, letter) for letter in short.letters for part in whole.keys - short.keys)


def _begins(part: str, letter: str) -> bool:
    """A key of sounds begins with 0 and its vowel, or with 1, its first vowel and then its first consonant; short ones as they sound."""
    return part.startswith((letter, f"0{letter}")) or (part.startswith("1") and part[2:].startswith(letter))


def _same_post(post: str, language: str, posts: Translated) -> bool:
    wanted = stems(post, language)
    return bool(wanted) and any(len(wanted & stems(own, code)) / len(wanted) >= 0.6 for code, own in posts.items())
