"""Numbered questions ("2(b)" of a list of issues), the parts of numbered paragraphs, and symbols of UN documents."""

from __future__ import annotations

# patterns are read as one line each
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kenesh.library.reading.spans import Line, lines_of

_SYMBOL = re.compile(
    r"(?<![\w/])(?:A|E|S|ST|CMW|CCPR|CEDAW|CRC|CERD|CAT|CRPD|CED|HRI|CESCR|INT|PC\.DEC|HR)(?:/[A-Z0-9][A-Za-z0-9.()\-]*){1,7}(?<![.)\-])"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)][ \t\xa0]{1,8}(?P<text>\S[\s\S]*)")
_LETTERED = re.compile(r"\(?(?P<letter>[a-zа-яё]|[ivx]{1,4})\)[ \t\xa0]{1,8}(?P<text>\S[\s\S]*)")
_INLINE_LETTER = re.compile(r"(?<=[\s:;,.])\((?P<letter>[a-zа-яё])\)[ \xa0]+")
_NO_TEXT = re.compile(
    r"(?:GE\.\d\d-\d+.*|\d{1,3}(?:[/ ]\d{1,3})?|[A-Z]+/[A-Z0-9/.]+(?: .{0,12})?|\(?(?:R|E|F)\)?|(?:page|стр\.?)\s*\d+)", re.I
)
_HEADING = re.compile(
    r"(?:[A-ZА-ЯІӨҮҚҒҢҰ]|[IVX]{1,5})\.[ \t\xa0]|(?:Part|Section|Chapter|Annex|Часть|Раздел|Глава|Приложение|Бөлүм|Бөлім|Boʻlim|Бўлим|Қисми)\b"
)
_END_OF_SENTENCE = re.compile(r"[.;?!…։՞][»”\"')*]*$")
_LIST_END = re.compile(r"[;,](?:\s*(?:and|or|и|или|жана|және|va|ва))?\s*$")


@dataclass(frozen=True)
class Item:
    """A numbered question or recommendation; `lead` is the introduction that its part completes."""

    number: str | None
    text: str
    start: int
    end: int
    lead: str | None = None


def find_symbols(text: str) -> list[str]:
    """Symbols of UN documents (CMW/C/KGZ/CO/2), each once. "A/B" alone is none: one with letters needs two strokes and a number."""
    symbols = [match[0] for match in _SYMBOL.finditer(text) if match[0].count("/") >= 2 and any(c.isdigit() for c in match[0])]
    return list(dict.fromkeys(symbols))


def find_questions(text: str, *, asked: bool = False) -> list[Item]:
    """Numbered items that end in a question mark; all numbered items of a text that is `asked`, as a list of issues is."""
    numbered = numbered_items(text)
    items = [item for item in numbered if asked or item.text.rstrip().endswith(("?", "՞", "՞։"))]
    # An introduction ("Please provide information on:") is asked by its parts.
    parents = {_paragraph_of(item) for item in items if item.number and "(" in item.number}
    leads = {
        str(item.number): item.text for item in numbered if item.number in parents and not _END_OF_SENTENCE.search(item.text)
    }
    return [
        replace(item, lead=leads.get(_paragraph_of(item)) if item.number and "(" in item.number else None)
        for item in items
        if item.number not in leads
    ]


def _paragraph_of(item: Item) -> str:
    return (item.number or "").partition("(")[0]


def numbered_items(text: str) -> list[Item]:
    """Numbered paragraphs and their lettered parts, over several lines where they run on."""
    items: list[Item] = []
    number: str | None = None
    for start, end, numeral, letter in _paragraphs(text, lines_of(text)):
        if numeral is not None:
            number = numeral
        own = f"{number}({letter})" if letter is not None and number is not None else numeral or letter
        items += _split(text, own, start, end, divided=letter is None)
    return items


def _paragraphs(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int, str | None, str | None]]:
    """Start, end, number and letter of each numbered paragraph; lines that run on are taken in, mastheads and headings end it."""
    current: tuple[int, int, str | None, str | None] | None = None
    for line in lines:
        numbered, lettered = _NUMBERED.fullmatch(line.text), _LETTERED.fullmatch(line.text)
        match = numbered or lettered
        if match is not None:
            if current is not None:
                yield current
            begin = line.start + match.start("text")
            current = (
                begin,
                line.end,
                numbered["number"] if numbered else None,
                lettered["letter"] if lettered and not numbered else None,
            )
            continue
        if current is None or _NO_TEXT.fullmatch(line.text):
            continue
        if _runs_on(text, current[1], line):
            current = (current[0], line.end, current[2], current[3])
        else:
            yield current
            current = None
    if current is not None:
        yield current


def _runs_on(text: str, end: int, line: Line) -> bool:
    """Whether a line goes on with the paragraph that ended at `end`: no empty line between, or no end of a sentence."""
    if _HEADING.match(line.text) or line.text.isupper():
        return False
    apart = text[end : line.start].count("\n") > 1
    ended = _END_OF_SENTENCE.search(text[max(0, end - 4) : end]) is not None
    return (not apart and (not ended or line.text[0].islower())) or (not ended and line.text[0].islower())


def _split(text: str, number: str | None, start: int, end: int, *, divided: bool) -> list[Item]:
    """The paragraph, or its introduction and the parts "(a) …; (b) …" that stand in one line with it."""
    cuts = list(_INLINE_LETTER.finditer(text, start, end)) if divided else []
    if len(cuts) < 2 or cuts[0]["letter"] not in "aа":
        return [_item(text, number, start, end)]
    parts = [_item(text, number, start, cuts[0].start())]
    for index, cut in enumerate(cuts):
        stop = cuts[index + 1].start() if index + 1 < len(cuts) else end
        parts.append(_item(text, f"{number or ''}({cut['letter']})", cut.end(), stop))
    return [part for part in parts if part.text]


def _item(text: str, number: str | None, start: int, end: int) -> Item:
    piece = _LIST_END.sub("", text[start:end].rstrip())
    return Item(number, re.sub(r"\s*\n\s*", " ", piece), start, start + len(piece))
