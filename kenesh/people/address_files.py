"""Correspondents out of a file: a table of Excel, or cards (.vcf, RFC 6350 and its older versions). Nothing here touches the database."""

from __future__ import annotations

import io
import quopri
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 2000
MOST_UNPACKED = 60 * 2**20  # bytes of a table once it is unpacked
_COLUMNS = {
    "name": (
        "имя", "фио", "ф.и.о.", "аты", "аты-жөнү", "аты жөнү", "name", "full name", "контакт",
        "ism", "ism-sharif", "ному насаб", "ном", "аты-жөні", "անուն", "անուն ազգանուն",
    ),
    "post": (
        "должность", "кызматы", "кызмат орду", "post", "position", "title", "job title",
        "lavozim", "lavozimi", "вазифа", "лауазым", "лауазымы", "պաշտոն",
    ),
    "organisation": (
        "организация", "уюм", "мекеме", "organisation", "organization", "company", "учреждение",
        "tashkilot", "ташкилот", "ұйым", "կազմակերպություն",
    ),
    "email": (
        "e-mail", "email", "почта", "электронная почта", "эл. почта", "мейл", "mail", "электрондук почта",
        "elektron pochta", "почтаи электронӣ", "электрондық пошта", "էլ. փոստ",
    ),
    "phones": (
        "телефон", "телефоны", "phone", "phones", "mobile", "тел.", "тел", "мобильный",
        "telefon", "հեռախոս",
    ),
    "languages": (
        "язык", "языки", "тил", "тилдер", "language", "languages",
        "til", "tillar", "забон", "забонҳо", "тіл", "тілдер", "լեզու", "լեզուներ",
    ),
    "country": (
        "страна", "өлкө", "country",
        "mamlakat", "davlat", "кишвар", "давлат", "ел", "երկիր",
    ),
    "role": (
        "роль", "ролу", "статус", "статусу", "категория", "категориясы", "role", "status", "category",
        "rol", "roli", "нақш", "рөл", "рөлі", "դեր",
    ),
    "body": (
        "орган", "органы", "совет", "кеңеш", "коалиция", "список", "тизме", "body", "council", "list",
        "kengash", "шӯро", "кеңес", "խորհուրդ",
    ),
}  # fmt: skip
_ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
_FOLDED = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=\r?\n")


class Unreadable(Exception):
    """The file is neither a table nor cards, or is too large. `why`: "kind", "columns", "rows" or "size"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Row:
    """One correspondent as the file says it. `number`: its row or card, from 1."""

    number: int
    name: str = ""
    post: str = ""
    organisation: str = ""
    email: str = ""
    phones: str = ""
    languages: list[str] = field(default_factory=list)  # as words, not codes
    country: str = ""  # as a word, not a code
    role: str = ""  # as a word, not a code
    body: str = ""  # how the council, coalition or committee is called, to which the correspondent belongs
    tags: list[str] = field(default_factory=list)  # of a card: some may name a role or a body

    def plain(self) -> dict[str, object]:
        return asdict(self)


def read(data: bytes) -> list[Row]:
    """The rows of a file, told by its content and not by its name. Raises Unreadable."""
    if data[:2] == b"PK":
        return _table(data)
    text = _decoded(data)
    if "BEGIN:VCARD" in text[:2000].upper():
        return _cards(text)
    raise Unreadable("kind")


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


# --- a table ----------------------------------------------------------------------------------------------------------


def _table(data: bytes) -> list[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise Unreadable("size")
        with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            return list(_rows(book.worksheets[0].iter_rows(values_only=True)))
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, IndexError, EOFError) as wrong:
        raise Unreadable("kind") from wrong


def _rows(cells: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    places: dict[str, int] = {}
    for number, row in enumerate(cells, 1):
        words = ["" if cell is None else str(cell).strip() for cell in row]
        if not places:
            places = _places(words)
            if not places and number >= 20:
                raise Unreadable("columns")
            continue
        if number > MOST_ROWS + 20:
            raise Unreadable("rows")
        said = {name: words[place][:300] for name, place in places.items() if place < len(words)}
        if any(said.values()):
            yield _row(number, said)
    if not places:
        raise Unreadable("columns")


def _places(words: list[str]) -> dict[str, int]:
    """Which column says what; none unless there is one for the name and one more."""
    heads = [" ".join(word.casefold().split()).rstrip(":") for word in words]
    found = {name: heads.index(each) for name, known in _COLUMNS.items() for each in reversed(known) if each in heads}
    return found if "name" in found and len(found) > 1 else {}


def _row(number: int, said: dict[str, str]) -> Row:
    address = _ADDRESS.search(said.get("email", ""))
    return Row(
        number,
        name=said.get("name", "")[:200],
        post=said.get("post", ""),
        organisation=said.get("organisation", ""),
        email=(address[0] if address else said.get("email", "")).lower(),
        phones=_phones(re.split(r"[;,\n]", said.get("phones", ""))),
        languages=[word.strip() for word in re.split(r"[;,/\s]+", said.get("languages", "")) if word.strip()],
        country=said.get("country", ""),
        role=said.get("role", ""),
        body=said.get("body", ""),
    )


def _phones(said: list[str]) -> str:
    return ", ".join(dict.fromkeys(one.strip() for one in said if one.strip()))[:200]


# --- cards ------------------------------------------------------------------------------------------------------------


def _cards(text: str) -> list[Row]:
    cards = re.split(r"(?im)^BEGIN:VCARD\s*$", _FOLDED.sub("", _soft(text)))[1:]
    if len(cards) > MOST_ROWS:
        raise Unreadable("rows")
    return [_card(number, card) for number, card in enumerate(cards, 1)]


def _soft(text: str) -> str:
    """Lines that quoted-printable has broken are put together."""
    return _SOFT.sub("", text) if "QUOTED-PRINTABLE" in text.upper() else text


def _card(number: int, card: str) -> Row:
    said: dict[str, list[str]] = {}
    for line in card.splitlines():
        head, colon, value = line.partition(":")
        if colon:
            name, *parameters = head.split(";")
            said.setdefault(name.rpartition(".")[2].upper(), []).append(_value(value, parameters))
    parts = [part.strip() for part in said.get("N", [""])[0].split(";")]
    name = said.get("FN", [""])[0] or " ".join(part for part in (parts[0], *parts[1:3]) if part)
    address = said.get("ADR", [""])[0].split(";")
    return Row(
        number,
        name=name.strip()[:200],
        post=said.get("TITLE", [""])[0][:300],
        organisation=" · ".join(part for part in said.get("ORG", [""])[0].split(";") if part)[:300],
        email=said.get("EMAIL", [""])[0].removeprefix("mailto:").strip().lower(),
        phones=_phones([phone.removeprefix("tel:") for phone in said.get("TEL", [])]),
        languages=said.get("LANG", []),
        country=address[-1].strip() if len(address) > 6 else "",
        role=said.get("ROLE", [""])[0][:300],
        tags=[tag.strip()[:100] for line in said.get("CATEGORIES", []) for tag in line.split(",") if tag.strip()],
    )


def _value(value: str, parameters: list[str]) -> str:
    named = [parameter.upper() for parameter in parameters]
    if any(parameter in {"ENCODING=QUOTED-PRINTABLE", "QUOTED-PRINTABLE"} for parameter in named):
        value = _decoded(quopri.decodestring(value.encode()))
    return value.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", " ").replace("\\\\", "\\").strip()
