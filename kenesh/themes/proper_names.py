"""Finds names of a closed list in running text, in every case form of our languages, and gives them back uninflected.

Russian forms are made by rule from the basic form; the endings of Turkic languages, Tajik, Armenian and English are taken off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʻʼ‘`", "ʻ") | {"ё": "е"})
WORD = re.compile(r"[^\W\d_](?:[\w'’ʻʼ‘`]*[^\W_])?(?:[-‑][^\W_][\w'’ʻʼ‘`]*)*")
_SPACE = r"[ \t\xa0\u202f]+(?:\n[ \t]*)?|\n[ \t]*"
# Endings one after another: -lik, plural, possessive and case of Kyrgyz, Kazakh and Uzbek; izofa and -ро of Tajik.
_ENDING = (
    "лык|лик|лук|лүк|дык|дик|дук|дүк|тык|тик|тук|түк|лық|лік|дық|дік|тық|тік|луу|дуу|туу|"
    "лар|лер|лор|лөр|дар|дер|дор|дөр|тар|тер|тор|төр|ы|и|у|ү|і|сы|си|су|сү|сі|ибиз|ыбыз|убуз|үбүз|миз|ымыз|іміз|"
    "нын|нин|нун|нүн|дын|дин|дун|дүн|тын|тин|тун|түн|ның|нің|дың|дің|тың|тің|нинг|"
    "га|ге|го|гө|ка|ке|ко|кө|ға|қа|на|не|ны|ни|ну|нү|ды|ди|ду|дү|ты|ти|ту|тү|ні|ді|ті|"
    "да|де|до|дө|та|те|то|тө|нда|нде|ндо|ндө|дан|ден|дон|дөн|тан|тен|тон|төн|нан|нен|"
    "дагы|деги|догу|дөгү|тагы|теги|тогу|төгү|дағы|дегі|тағы|тегі|ндагы|ндеги|даги|мен|бен|пен|гача|дек|ча|чы|чи|"
    "ро|ҳо|он|иён|ӣ|ю|ву|"
    "ning|ga|ka|qa|ni|da|dan|dagi|gacha|lik|lar|dek|cha|i|si|im|imiz|ham|"
    "nın|nin|nun|nün|ın|in|un|ün|ya|ye|yı|yi|lı|li|lu|lü|a|e|ı|u|de|den|ta|te|tan|ten|daki|deki|"
    "ում|ի|ից|ը|ն|ով|ին|ում|ական|ցի|ցիներ|ա|s|ši"
)
_ENDINGS = re.compile(rf"ʻ?(?:{_ENDING}){{1,4}}")
_LONGEST_ENDING = 14
_SHORTEST_STEM = 4  # "Ош" takes only endings that nobody confuses
_SHORT_ENDINGS = re.compile(
    "дагы|дағы|тагы|dagi|даги|нын|ның|ға|то|тун|ту|ко|тон|тогу|тук|то|да|га|дан|нинг|ning|da|ga|dan|те|қа|тан"
)
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
_ADJECTIVE_ENDINGS = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем",
                      "ую", "юю", "ей", "ых", "их", "ыми", "ими")  # fmt: skip


# The ending of the basic form, and those that take its place; the first that fits counts.
_DECLENSIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("а", ("а", "ы", "е", "у", "ой", "ою")),
    ("я", ("я", "и", "е", "ю", "ей", "ею")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("й", ("й", "я", "ю", "ем", "е")),
    ("ы", ("ы", "", "ов", "ам", "ами", "ах")),
    ("во", ("во", "ва", "ву", "вом", "ве")),
    ("ино", ("ино", "ина", "ину", "ином", "ине")),
    *((vowel, (vowel,)) for vowel in "оеиуэю"),
    ("ец", ("ец", "ца", "цу", "цем", "це")),
    ("пет", ("пет", "пта", "пту", "птом", "пте")),
)


@dataclass(frozen=True)
class Found(Generic[Value]):
    """`base` is the name uninflected, as its list writes it; `capital`: the text writes it all in capitals."""

    value: Value
    base: str
    start: int
    end: int
    capitals: bool


def plain(word: str) -> str:
    """The word for comparing: lower case, one kind of apostrophe, е for ё."""
    return word.casefold().translate(_APOSTROPHES)


def russian_forms(word: str) -> list[str]:
    """All case forms that a Russian proper noun or adjective may have; more than exist do no harm."""
    first, joined, rest = word.partition("-на-")
    if joined:
        return [f"{form}-на-{rest}" for form in russian_forms(first)]
    if _ADJECTIVE.search(word):
        return [_ADJECTIVE.sub(ending, word) for ending in _ADJECTIVE_ENDINGS]
    if word.endswith(("ка", "ха", "жа", "ча", "ша", "ща", "га")):
        return [word[:-1] + ending for ending in ("а", "и", "е", "у", "ой", "ею")]
    for ending, endings in _DECLENSIONS:
        if word.endswith(ending):
            return [word.removesuffix(ending) + other for other in endings]
    return [word, *(f"{word}{ending}" for ending in ("а", "у", "ом", "е"))]


class Names(Generic[Value]):
    """A list of names to look for."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[Value, str]] = {}  # inflected forms that stand as they are
        self._bases: dict[str, tuple[Value, str]] = {}  # basic forms that take endings
        self._longer: dict[str, list[tuple[re.Pattern[str], Value, str]]] = defaultdict(list)

    def add(self, name: str, value: Value, *, russian: bool = False) -> None:
        """`name` uninflected; the first to claim a form keeps it. `russian` names have Russian forms beside the endings."""
        words = plain(name).split()
        if len(words) > 1:
            self._add_longer(words, name, value, russian=russian)
            return
        self._bases.setdefault(words[0], (value, name))
        for form in russian_forms(words[0]) if russian and words[0][-1:] not in "-" else ():
            self._forms.setdefault(form, (value, name))

    def _add_longer(self, words: list[str], name: str, value: Value, *, russian: bool) -> None:
        def forms(word: str) -> str:
            return "|".join(sorted({re.escape(form) for form in russian_forms(word)}, key=len, reverse=True))

        tail = []
        for word in words[1:]:
            tail.append(f"(?:{forms(word)})" if russian and len(word) > 2 else re.escape(word))
        ending = "" if russian else rf"(?:{_ENDINGS.pattern})?"
        pattern = re.compile(rf"(?:{_SPACE})" + rf"(?:{_SPACE})".join(tail) + rf"{ending}(?!\w)")
        for first in {words[0], *(russian_forms(words[0]) if russian else ())}:
            self._longer[first].append((pattern, value, name))
            self._longer[first].sort(key=lambda entry: -len(entry[2]))

    def find(self, text: str) -> Iterator[Found[Value]]:
        """Every mention that begins with a capital, in order; the longest name wins."""
        lowered = plain(text) if len(plain(text)) == len(text) else text.lower()
        end = 0
        for match in WORD.finditer(text):
            start = match.start()
            if start < end or not text[start].isupper():
                continue
            for found in self._at(text, lowered, match):
                yield found
                end = found.end

    def _at(self, text: str, lowered: str, match: re.Match[str]) -> Iterable[Found[Value]]:
        start, stop = match.span()
        word = lowered[start:stop]
        capitals = match[0].isupper() and len(match[0]) > 1
        for pattern, value, base in self._longer.get(word, ()):
            rest = pattern.match(lowered, stop)
            if rest is not None:
                return [Found(value, base, start, rest.end(), capitals)]
        entry = self._look_up(word)
        if entry is not None:
            return [Found(*entry, start, stop, capitals)]
        found = []
        if "-" in word or "‑" in word:  # "Сорос-Кыргызстан"
            for part in re.finditer(r"[^-‑]+", word):
                inner = (
                    self._look_up(part[0]) if len(part[0]) >= _SHORTEST_STEM and text[start + part.start()].isupper() else None
                )
                if inner is not None:
                    found.append(Found(*inner, start + part.start(), start + part.end(), capitals))
        return found

    def _look_up(self, word: str) -> tuple[Value, str] | None:
        entry = self._forms.get(word) or self._bases.get(word)
        if entry is not None:
            return entry
        for length in range(len(word) - 1, max(1, len(word) - _LONGEST_ENDING - 1), -1):
            entry = self._bases.get(word[:length])
            if entry is None:
                continue
            endings = _ENDINGS if length >= _SHORTEST_STEM else _SHORT_ENDINGS
            if endings.fullmatch(word, length):
                return entry
        return None
