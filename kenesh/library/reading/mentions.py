"""Persons, organisations, symbols of UN documents, questions and recommendations: few patterns, each of them careful.

A name that a pattern cannot bring to its basic form is left out rather than given wrongly.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Collection
from dataclasses import dataclass

from kenesh.library.reading.spans import lines_of

_CAP = r"[А-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІ][а-яёөүңқғҳҷӣӯәұһі]+"
_LATIN = r"[A-Z][a-zʻ’']+"
_QUOTED = r"(?:«[^«»\n]{2,80}»|“[^“”\n]{2,80}”|\"[^\"\n]{2,80}\")"


@dataclass(frozen=True)
class Item:
    """A numbered question or recommendation."""

    number: str | None
    text: str
    start: int
    end: int


# --- symbols, questions, recommendations ----------------------------------------------------------------------------
_SYMBOL = re.compile(
    r"(?<![\w/])(?:A|E|S|CMW|CCPR|CEDAW|CRC|CERD|CAT|CRPD|CED|HRI|CESCR)(?:/[A-Z0-9][A-Za-z0-9.()\-]*){1,6}(?<![.)\-])"
)
_RECOMMENDATIONS = re.compile(
    r"(?:рекомендаци\w*|recommendations?|сунуш\w*|ұсыныс\w*|tavsiya\w*|тавсия\w*|пешниҳод\w*|участники рекомендуют|[^.\n]{0,80}(?:рекомендуют|сунуштайт|recommend(?:s|ed)?))\s*:",
    re.I,
)
_ITEM = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)|(?P<dash>[-–—•*])\s+(?P<bare>\S.*)")


def find_symbols(text: str) -> list[str]:
    """Symbols of UN documents (CMW/C/KGZ/CO/2), each once. "A/B" alone is none: one with letters needs two strokes or a number."""
    symbols = [match[0] for match in _SYMBOL.finditer(text) if match[0].count("/") >= 2 and any(c.isdigit() for c in match[0])]
    return list(dict.fromkeys(symbols))


def find_recommendations(text: str, listed: Collection[int] = ()) -> list[Item]:
    """Items of a list under a heading that says "Recommendations:" in one of our languages.

    `listed` are places where the markup of a page begins list items, which carry no number of their own.
    """
    items: list[Item] = []
    inside = False
    for line in lines_of(text):
        match = _ITEM.fullmatch(line.text)
        if inside and match:
            items.append(_item(match, line.start))
        elif inside and line.start in listed:
            items.append(Item(None, line.text, line.start, line.end))
        else:
            inside = _RECOMMENDATIONS.fullmatch(line.text) is not None
    return items


def find_questions(text: str, *, asked: bool = False) -> list[Item]:
    """Numbered items that end in a question mark; all numbered items of a text that is `asked`, as a list of issues is."""
    found = [(match, line.start) for line in lines_of(text) if (match := _ITEM.fullmatch(line.text)) and match["number"]]
    return [_item(match, start) for match, start in found if asked or match["text"].rstrip().endswith(("?", "՞"))]


def _item(match: re.Match[str], offset: int) -> Item:
    group = "text" if match["number"] else "bare"
    return Item(match["number"], match[group].strip(), offset + match.start(group), offset + match.end(group))
