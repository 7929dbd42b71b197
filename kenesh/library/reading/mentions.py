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
class PersonFound:
    """A person as named, uninflected, with the post the text gives."""

    name: str
    post: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Item:
    """A numbered question or recommendation."""

    number: str | None
    text: str
    start: int
    end: int


# --- persons --------------------------------------------------------------------------------------------------------
_PATRONYMIC = re.compile(rf"(?<!\w)(?P<surname>{_CAP}) (?P<first>{_CAP}) (?P<father>{_CAP}(?:вич|вна|вича|вны))(?!\w)")
_RUSSIAN_POST = (
    r"(?:[Зз]аместител[ья] )?(?:[Мм]инистр(?:а)?|[Дд]иректор(?:а)?|[Пп]резидент(?:а)?|[Рр]уководител[ья]|[Пп]редседател[ья]|[Гг]лав[аы]|[Пп]осол|[Сс]екретар[ья]"
    r"|[Ээ]ксперт(?:а)?|[Кк]оординатор(?:а)?|[Оо]мбудсмен(?:а)?|[Пп]редставител[ья])"
)
_POST_BEFORE = re.compile(rf"(?P<post>{_RUSSIAN_POST}(?:\s[^.,;:\n]{{0,90}})?)\s*$")
_POSTED = re.compile(
    rf"(?<!\w)(?P<post>(?:[Зз]аместитель )?(?:[Пп]резидент|[Дд]иректор|[Мм]инистр|[Рр]уководитель|[Пп]редседатель|[Кк]оординатор|[Сс]екретарь)(?:\s[^.,;:\n–—]{{1,80}}?)??)"
    rf" (?P<name>{_CAP} {_CAP})(?=[.,;]|\s+(?:отметил|сказал|рассказал|подчеркнул|сообщил|заявил|поделил)|$)",
    re.MULTILINE,
)
_KYRGYZ = re.compile(
    rf"(?<!\w)(?P<post>(?:[а-яёөүң]+(?:[нтд][ыиуү]н) )?(?:аткаруучу |биринчи )?(?:министри|министр|орун басары|директору|директор|төрагасы|төрага|жетекчиси|президенти|катчысы"
    rf"|уюштуруучусу|координатору|өкүлү)) (?P<name>{_CAP} {_CAP})(?!\w|-)"
)
_ENGLISH = re.compile(
    rf"(?<!\w)(?P<post>(?:[Vv]ice-[Mm]inister|[Dd]eputy [Mm]inister|[Mm]inister|[Dd]irector|[Pp]resident|[Rr]egional [Cc]oordinator|[Cc]oordinator|[Ss]ecretary|[Cc]hair(?:person|man|woman)?"
    rf"|[Aa]mbassador|[Oo]mbudsman)(?:\s[^.,;:\n]{{2,100}}?)??) (?P<name>{_LATIN} {_LATIN})(?=[.,;]|\s+(?:noted|said|stressed|added|told|and (?:the |other )))"
)
_NOT_NAMES = frozenset(  # one list to read, and a list of strings would fill a screen
    [
        "Республики",
        "Республика",
        "Федерации",
        "Федерация",
        "Фонда",
        "Фонд",
        "Совета",
        "Совет",
        "Комитета",
        "Комитет",
        "Азия",
        "Азии",
        "Human",
        "Rights",
        "Central",
        "Asia",
        "International",
        "Labour",
        "Labor",
        "Organization",
        "Migration",
        "Development",
        "Republic",
        "Commission",
        "Committee",
        "Council",
        "Library",
        "Process",
    ]  # as above
)


def find_persons(text: str) -> list[PersonFound]:
    """Each person once, by first mention."""
    found: dict[str, PersonFound] = {}
    for match in _PATRONYMIC.finditer(text):
        before = _POST_BEFORE.search(text[max(0, match.start() - 130) : match.start()].rpartition("\n")[2])
        post = _basic_post(before["post"].strip()) if before else None
        person = PersonFound(_nominative(match), post, match.start(), match.end())
        found.setdefault(person.name, person)
    taken = [(person.start, person.end) for person in found.values()]
    for pattern in (_POSTED, _KYRGYZ, _ENGLISH):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            if any(start < stop and begin < end for begin, stop in taken) or _NOT_NAMES.intersection(match["name"].split()):
                continue
            found.setdefault(match["name"], PersonFound(match["name"], match["post"].strip(), start, end))
    return sorted(found.values(), key=lambda person: person.start)


def _nominative(match: re.Match[str]) -> str:
    """Brings "Панича Бориса Леонидовича" to its basic form; what ends in -вич or -вна is in it already."""
    surname, first, father = match["surname"], match["first"], match["father"]
    if father.endswith("вича"):
        surname = re.sub(r"(?<=[ое]в|ин|ич|ко|ук|юк)а$|(?<=[бвгджзклмнпрстфхцчшщ])а$", "", surname)
        surname = re.sub(r"(?:ого|его)$", "ий", surname)
        first = re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])а$", "", re.sub(r"я$", "й", first))
        father = father[:-1]
    elif father.endswith("вны"):
        surname = re.sub(r"(?<=[ое]в|ин)ой$", "а", re.sub(r"ской$", "ская", surname))
        first = re.sub(r"и$", "я", re.sub(r"ы$", "а", first))
        father = father[:-1] + "а"
    return f"{surname} {first} {father}"


def _basic_post(post: str) -> str:
    """The head word of a post in its basic form: "руководителя «Фонда»" → "руководитель «Фонда»"."""
    first, _, rest = post.partition(" ")
    first = re.sub(r"теля$", "тель", re.sub(r"(?<=[тр])а$", "", re.sub(r"таря$", "тарь", re.sub(r"^([Гг]лав)ы$", r"\1а", first))))
    return f"{first} {rest}".strip()


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
