"""The numbers of Word's automatic lists, which stand nowhere in the text (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class _List:
    """The levels of one list, and how far it has counted. Lists of the same abstract one count on together."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives the paragraphs of a document their labels, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract_of: dict[str, str] = {}
        self._restarts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._load(numbering)
        self._of_style = _of_styles(styles)

    def _load(self, numbering: Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {_number(level, "ilvl"): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._lists[abstract.get(f"{W}abstractNumId", "")] = _List(levels)
        for number in numbering.iter(f"{W}num"):
            identity = number.get(f"{W}numId", "")
            self._abstract_of[identity] = _value(number, "abstractNumId")
            for override in number.iter(f"{W}lvlOverride"):
                if start := _value(override, "startOverride"):
                    self._restarts[identity][_number(override, "ilvl")] = _integer(start, 1)

    def label_of(self, paragraph: Element) -> str:
        """ "2.", "(b)", "•"; "" for a paragraph of no list. Counts the list on."""
        identity, depth = self._place_of(paragraph)
        counted = self._lists.get(self._abstract_of.get(identity, ""))
        if counted is None or not 0 <= depth < _LEVELS:
            return ""
        level = counted.levels.get(depth, _Level())
        restart = self._restarts[identity].pop(depth, None)
        if restart is not None:
            counted.counts[depth] = restart
        else:
            counted.counts[depth] = counted.counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            counted.counts.pop(deeper, None)
        if level.form == "bullet":
            return "•"
        return re.sub(r"%([1-9])", lambda found: self._part(counted, int(found[1]) - 1), level.text).strip()

    @staticmethod
    def _part(counted: _List, depth: int) -> str:
        level = counted.levels.get(depth, _Level())
        return _written(counted.counts.get(depth, level.start), level.form)

    def _place_of(self, paragraph: Element) -> tuple[str, int]:
        """The list and the level of a paragraph, from itself or from its style; "0" takes it out of the style's list."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        identity, depth = self._of_style.get(style.get(f"{W}val", "") if style is not None else "", ("", 0))
        if own is not None:
            identity = _value(own, "numId") or identity
            depth = _integer(_value(own, "ilvl"), depth)
        return identity, depth


def _of_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    """The list that each paragraph style carries, its own or of the style that it is based on."""
    own: dict[str, tuple[str, int]] = {}
    based_on: dict[str, str] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.get(f"{W}styleId", "")
        based_on[name] = _value(style, "basedOn")
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None:
            own[name] = (_value(number, "numId"), _integer(_value(number, "ilvl"), 0))
    found = {}
    for name in based_on:
        ancestor = name
        for _ in range(20):  # a chain of styles; a ring of them ends here
            if ancestor in own or ancestor not in based_on:
                break
            ancestor = based_on[ancestor]
        if ancestor in own:
            found[name] = own[ancestor]
    return found


def _level(level: Element) -> _Level:
    return _Level(_integer(_value(level, "start"), 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText"))


def _value(parent: Element, name: str) -> str:
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _number(element: Element, name: str) -> int:
    return _integer(element.get(f"{W}{name}", ""), 0)


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else otherwise


def _written(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        return _lettered(number, "abcdefghijklmnopqrstuvwxyz", upper=form == "upperLetter")
    if form in {"russianLower", "russianUpper"}:
        return _lettered(number, _RUSSIAN, upper=form == "russianUpper")
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman.upper() if form == "upperRoman" else roman
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _lettered(number: int, alphabet: str, *, upper: bool) -> str:
    """a, b, … z, aa, bb, …"""
    if number < 1:
        return str(number)
    letters = alphabet[(number - 1) % len(alphabet)] * min((number - 1) // len(alphabet) + 1, 9)
    return letters.upper() if upper else letters
