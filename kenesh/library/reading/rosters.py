"""Tables of people: a row a person, with the name in one column and the post in another, under a head that says which is which."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kenesh.library.reading.spans import Span, lines_of

_CELL = re.compile(r"[^\t|]+")
_HEAD_OF_NAMES = re.compile(
    r"(?:ф\.?\s?и\.?\s?о\.?|фамилия|имя|участник|аты[\s,-]+жөн[үі]|аты[\s,-]+фамилиясы|тегі|f\.?\s?i\.?\s?(?:sh|o)\.?|ф\.?\s?и\.?\s?ш\.?|familiya|фамилия|ism|исм|ному насаб|насаб|(?:full |first )?name|surname|participant)",
    re.I,
)
_HEAD_OF_POSTS = re.compile(
    r"(?:должност|(?:ээлеген |иштеген )?кызмат|лауазым|қызмет|lavozim|лавозим|вазифа|мансаб|position|title|post\b|function|job)",
    re.I,
)
_PART = r"(?:[^\W\d_a-zа-яё][\w’'ʻʼ‘`-]*\.?|уулу|кызы|ұлы|қызы|o.g.li|qizi|ўғли|қизи)"
_NAME = re.compile(rf"{_PART}(?:[ \xa0]?{_PART}){{1,4}}")
_LONGEST = 170  # characters of a post


@dataclass(frozen=True)
class Listed:
    """A person of a table: where the name stands, the post beside it, and where the row is."""

    name: Span
    post: str | None
    row: Span


def find_listed(text: str) -> Iterator[Listed]:
    """The people of tables whose cells stand between tabs or bars."""
    columns: tuple[int, int] | None = None
    for line in lines_of(text):
        cells = [_stripped(match) for match in _CELL.finditer(line.text)]
        if len(cells) < 2:
            columns = None
            continue
        if columns is None:
            columns = _columns([line.text[start:end] for start, end in cells])
            continue
        if max(columns) >= len(cells):
            continue  # a cell is empty: whose it is nobody knows
        name, post = cells[columns[0]], cells[columns[1]]
        if _NAME.fullmatch(line.text, *name):
            told = line.text[slice(*post)]
            yield Listed(
                (line.start + name[0], line.start + name[1]),
                re.sub(r"\s+", " ", told) if 2 < len(told) <= _LONGEST else None,
                (line.start, line.end),
            )


def _stripped(cell: re.Match[str]) -> Span:
    words = cell[0].strip()
    start = cell.start() + cell[0].index(words)
    return start, start + len(words)


def _columns(head: list[str]) -> tuple[int, int] | None:
    """Which columns hold names and posts; None where the row is no such head."""
    name = next((number for number, cell in enumerate(head) if _HEAD_OF_NAMES.match(cell)), None)
    post = next((number for number, cell in enumerate(head) if _HEAD_OF_POSTS.search(cell) and number != name), None)
    return (name, post) if name is not None and post is not None else None
