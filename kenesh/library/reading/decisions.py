"""Recommendations in other words: what the minutes of a meeting decide that an organisation should do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenesh.library.reading.asking import ITEM
from kenesh.library.reading.organisations import Told
from kenesh.library.reading.recommendations import Recommendation
from kenesh.library.reading.spans import Line, lines_of

_HEADING = re.compile(
    r"(?<!\w)(?:решил\w*|решени[ея]|постанов\w+|чечим\w*|чечишти|токтом\w*|шешім\w*|шешті|қаулы\w*|qaror\w*|қарор\w*|decided|resolved|decisions?)(?!\w)",
    re.I,
)
# The heading of a paper that asks offices for something.
_RESOLUTION = re.compile(
    r"(?:итоговая |the )?(?:резолюция|resolution|резолютсия|rezolyutsiya|кайрылуу|үндөу)(?: \w+){0,4}[.:]?", re.I
)
_MOST_WORDS = 8  # of a heading
# What is to be done: an infinitive, "to prepare", "даярдасын", "tayyorlasin", "тайёр кунад".
_TO_DO = re.compile(
    r"(?<!\w)[а-яё]{2,}(?:ть|ться|ти|тись|чь)(?!\w)|\b(?:to|shall|should|will)\s+[a-z]{2,}|\w{2,}(?:сын|син|сун|сүн|сін|sin)(?!\w)|(?<!\w)(?:тапшырыл|жүктел|yuklat|topshiril|юклат|топширил)\w*|\w(?:над|янд|анд|яд|ҳад)[.;]?$",
    re.I,
)
_OPENING = re.compile(r"\w{0,5}\s*(?:[:,—–-]\s*)?(?:(?:to|shall|should|will)\s+)?", re.I)
_CLOSING = re.compile(r"[;,]\s*$")
_SHORTEST = 12  # characters


def find_decisions(text: str, told: Sequence[Told], known: Sequence[Recommendation]) -> list[Recommendation]:
    """Items of a list under "Decided:" that begin with an organisation and say what it is to do; not what is `known` already."""
    begins = {one.start: one for one in told}
    found = []
    for start, end, number in _items(text):
        asked = begins.get(start)
        if asked is None or any(start <= one.start < end for one in known):
            continue
        opening = _OPENING.match(text, asked.end, end)
        begin = opening.end() if opening else asked.end
        words = _CLOSING.sub("", text[begin:end])
        if len(words) >= _SHORTEST and _TO_DO.search(text, asked.end, end):
            found.append(Recommendation(words, asked.name, number, begin, begin + len(words)))
    return found


def _items(text: str) -> Iterator[tuple[int, int, str | None]]:
    inside = False
    for line in lines_of(text):
        match = ITEM.fullmatch(line.text)
        if match is None:
            inside = _opens(line)
        elif inside:
            group = "text" if match["number"] else "part" if match["letter"] else "bare"
            yield line.start + match.start(group), line.end, match["number"]


def _opens(line: Line) -> bool:
    if _RESOLUTION.fullmatch(line.text):
        return True
    return line.text.endswith(":") and line.words <= _MOST_WORDS and _HEADING.search(line.text) is not None
