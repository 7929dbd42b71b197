"""How well documents are read: precision, recall and F by field, against readings that a person wrote down.

An expected reading is a JSON file beside its document, `NAME.expected.json`, with the keys of docs/reading.schema.json:

    {"source": "press-release-ru.html",            the file beside it; the only key that must be there
     "language": "ru", "kind": "round_table",
     "title": ["В Оше прошёл круглый стол", …],    a list where one value is expected: any of them is right
     "dates": {"start": "2025-03-12", "end": null},
     "countries": ["KG", "UZ"],
     "organisations": [{"name": "ОФ «Ак Жол»", "role": "organiser"}, {"name": "МОМ"}],
     "persons": [],                                nobody is named: whoever is found is invented
     "may": {"countries": ["RU"], "themes": [{"concept": "wages"}]}}   right when found, no loss when not

A key that is absent is not scored, within an item too: the role of the second organisation is open. `at` is never scored.
Texts are compared without regard to case, to the kind of quotation marks and dashes, and to white space. A `null` says that
there is nothing: a value found there is invented, and finding nothing there earns nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kenesh.library.reading.reader import read_document

ENDING = ".expected.json"

# What an item of a list is known by; its other keys are fields of their own ("persons.post"), scored where the item was found.
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "places": ("name",),
    "organisations": ("name",),
    "persons": ("name",),
    "themes": ("concept",),
    "figures": ("value", "unit"),
    "questions": ("text",),
    "recommendations": ("text",),
    "dropped": ("text",),
    "warnings": ("kind",),
}
_NEVER = frozenset({"source", "at", "may", "label"})
_NEVER_OF_ITEMS = _NEVER - {"source"}  # of a figure it is who says so
_QUOTES = str.maketrans("«»“”„‟’‘ʻʼ`–—−‑\xa0\u202f", '""""""' + "'''''" + "----" + "  ")

Json = object
Key = tuple[str, ...]


@dataclass(frozen=True)
class FieldScore:
    """Counts of one field over all documents: how many values are right, were found, were to be found."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 1.0


@dataclass(frozen=True)
class Mistake:
    """A value that was missed, or one that was found and is not there."""

    source: str
    field: str
    what: Literal["missed", "invented"]
    value: str


@dataclass(frozen=True)
class Scores:
    """The score of each field, in the order of the fields' names, and each mistake."""

    fields: Mapping[str, FieldScore]
    mistakes: Sequence[Mistake]

    @property
    def overall(self) -> float:
        """The mean of the fields' F: a rare field weighs as much as a frequent one. 0 when no field was scored."""
        return sum(field.f for field in self.fields.values()) / len(self.fields) if self.fields else 0.0

    @property
    def all_values(self) -> FieldScore:
        """All values of all fields counted together: a frequent field weighs more."""
        fields = self.fields.values()
        return FieldScore(sum(f.right for f in fields), sum(f.found for f in fields), sum(f.expected for f in fields))


def score(readings: Sequence[Mapping[str, Json]], expected: Sequence[Mapping[str, Json]]) -> Scores:
    """Compares readings (`Reading.as_json()`) with the expected ones, pair by pair. ValueError when their numbers differ."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    mistakes: list[Mistake] = []
    for reading, wanted in zip(readings, expected, strict=True):
        may = wanted.get("may")
        for field, found, right, allowed in _fields(reading, wanted, may if isinstance(may, dict) else {}):
            missed, invented = right - found, found - right - allowed
            counts[field].update(right=(right & found).total(), found=(right & found).total() + invented.total())
            counts[field].update(expected=right.total())
            source = str(wanted["source"])
            mistakes += [Mistake(source, field, "missed", " · ".join(key)) for key in missed.elements()]
            mistakes += [Mistake(source, field, "invented", " · ".join(key)) for key in invented.elements()]
    fields = {field: FieldScore(n["right"], n["found"], n["expected"]) for field, n in sorted(counts.items())}
    return Scores(fields, mistakes)


def score_samples(folder: Path) -> Scores:
    """Reads every document of the folder that has an expected reading, and scores it."""
    expected = expected_readings(folder)
    names = [str(wanted["source"]) for wanted in expected]
    return score([dict(read_document((folder / name).read_bytes(), name).as_json()) for name in names], expected)


def expected_readings(folder: Path) -> list[dict[str, Json]]:
    """The expected readings that lie in the folder, by name. ValueError for one that names no document beside it."""
    readings = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        wanted = json.loads(path.read_text(encoding="utf-8"))
        if not (folder / str(wanted.get("source", "/"))).is_file():
            raise ValueError(f'{path.name}: "source" names no file beside it')
        readings.append(wanted)
    return readings


def _fields(
    reading: Mapping[str, Json], wanted: Mapping[str, Json], may: Mapping[str, Json]
) -> Iterator[tuple[str, Counter[Key], Counter[Key], Counter[Key]]]:
    """Each scored field with the values found, expected and allowed."""
    for field in [*wanted, *(name for name in may if name not in wanted)]:
        if field in _NEVER:
            continue
        value, found, allowed = wanted.get(field), reading.get(field), may.get(field)
        if isinstance(found, list) or field in _KNOWN_BY:
            if field in wanted:
                yield field, _values(field, found), _values(field, value), _values(field, allowed)
            yield from _details(field, _items(found), [*_items(value), *_items(allowed)])
        elif isinstance(value, dict):
            parts, open_parts = found if isinstance(found, dict) else {}, allowed if isinstance(allowed, dict) else {}
            for name, part in value.items():
                yield f"{field}.{name}", *_part(parts.get(name), part, open_parts.get(name))
        elif field in wanted:
            yield field, *_single(found, value, allowed)


def _part(found: Json, value: Json, allowed: Json) -> tuple[Counter[Key], Counter[Key], Counter[Key]]:
    """One part of an object: a list of items ("dates.others") as a set, anything else as one value."""
    if isinstance(found, list) and all(isinstance(each, dict) for each in [*found, *(value if isinstance(value, list) else [])]):
        return _values("", found), _values("", value), _values("", allowed)
    return _single(found, value, allowed)


def _single(found: Json, value: Json, allowed: Json) -> tuple[Counter[Key], Counter[Key], Counter[Key]]:
    """One value; of several right ones the one that was found is taken, else the first."""
    choices: list[Key] = [(_plain(choice),) for choice in (value if isinstance(value, list) else [value]) if choice is not None]
    got: Counter[Key] = Counter() if found is None else Counter([(_plain(found),)])
    right: Counter[Key] = Counter([next((choice for choice in choices if choice in got), choices[0])] if choices else [])
    open_values = allowed if isinstance(allowed, list) else [allowed]
    return got, right, Counter((_plain(each),) for each in open_values if each is not None)


def _values(field: str, values: Json) -> Counter[Key]:
    if not isinstance(values, list):
        return Counter()
    return Counter(_key(field, value) if isinstance(value, dict) else (_plain(value),) for value in values)


def _items(values: Json) -> list[dict[str, Json]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _details(
    field: str, found: list[dict[str, Json]], wanted: list[dict[str, Json]]
) -> Iterator[tuple[str, Counter[Key], Counter[Key], Counter[Key]]]:
    """The other keys of the items that were found and are right."""
    by_key = {_key(field, item): item for item in reversed(found)}
    for item in wanted:
        match = by_key.get(_key(field, item))
        if match is None:
            continue
        for name, value in item.items():
            if name not in _NEVER_OF_ITEMS and name not in _KNOWN_BY.get(field, ()):
                yield f"{field}.{name}", *_single(match.get(name), value, None)


def _key(field: str, item: Mapping[str, Json]) -> Key:
    return tuple(_plain(item.get(name)) for name in _KNOWN_BY.get(field, tuple(sorted(set(item) - _NEVER))))


def _plain(value: Json) -> str:
    """A value as it is compared: 5 and 5.0 are the same, and so are «Ак Жол» and "АК  ЖОЛ"."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.12g}"
    text = unicodedata.normalize("NFKC", str(value)).translate(_QUOTES).casefold()
    return re.sub(r"\s+", " ", text).strip(" .;,")
