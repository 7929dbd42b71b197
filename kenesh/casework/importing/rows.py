"""A row of a register as a case: what stands in its cells, and what to tell the person about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kenesh.casework.importing import amounts, days, meanings, phones, words
from kenesh.casework.importing.fields import FIELDS
from kenesh.casework.importing.words import plain
from kenesh.casework.retention import MONEY, months_later
from kenesh.casework.search import terms
from kenesh.themes import thesaurus

STAGES = ("claimed", "awarded", "received")
LONGEST_NAME = 200
_PLACE = re.compile(r"[^\d@/:]{0,60}")  # what MatterForm takes for a region


@dataclass(frozen=True)
class Reader:
    """How the rows of one register are read."""

    mapping: Sequence[str]
    headings: Sequence[str]
    options: dict[str, str]
    home: str
    today: date
    from_1904: bool
    caseworkers: dict[str, str]  # plain name → uid in hexadecimal
    months: int
    months_of_money: int
    meanings: meanings.Meanings = field(default_factory=dict)  # what a person has said that values mean

    def texts(self, cells: Sequence[str | None]) -> dict[str, list[str]]:
        """Field → what stands in its columns."""
        found: dict[str, list[str]] = {}
        for name, cell in zip(self.mapping, cells, strict=False):
            if name and cell:
                found.setdefault(name, []).append(cell)
        return found

    def whole(self, cells: Sequence[str | None]) -> str:
        """The row in words, for the note: everything, also what is not imported."""
        lines = []
        for number, cell in enumerate(cells):
            heading = self.headings[number] if number < len(self.headings) else ""
            if cell:
                lines.append(f"{heading or number + 1}: {cell}")
        return "\n".join(lines)


@dataclass
class Read:
    """What a row says. Sums: stage, digits, currency. `same`: what tells this person apart, "" when nothing does."""

    number: int
    person: dict[str, str]
    theme: str = ""
    country: str = ""
    region: str = ""
    outcome: str = ""
    employer: str = ""
    story: str = ""
    whole: str = ""
    sums: list[tuple[str, str, str]] = field(default_factory=list)
    opened_on: date = date.min
    closed: bool = False
    closed_on: date | None = None
    keep_until: date | None = None
    keep_months: int = 0
    caseworker: str = ""
    own_number: str = ""
    group: str = ""
    warnings: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # field, words, guess: what a person may explain

    def warn(self, *warnings: str) -> None:
        self.warnings += [each for each in warnings if each and each not in self.warnings]

    @property
    def empty(self) -> bool:
        """Nothing of it would make a case."""
        return not (self.person["name"] or self.person["phone"] or self.story or self.theme or self.employer)

    @property
    def same(self) -> str:
        phone = next(iter(terms.phone_terms(self.person["phone"])), "")
        names = " ".join(sorted(terms.name_terms(self.person["name"])))
        return f"{phone} {names}" if phone and names else ""

    def past(self, today: date) -> bool:
        """Closed so long ago that the office would have destroyed it by now."""
        return self.keep_until is not None and self.keep_until <= today


def read_row(reader: Reader, number: int, cells: Sequence[str | None]) -> Read:
    """Nothing is refused here: what is not understood is told, and stays in the note."""
    texts = reader.texts(cells)

    def first(name: str) -> str:
        return (texts.get(name) or [""])[0]

    row = Read(number, _person(reader, texts), whole=reader.whole(cells))
    if any(cell is None and name for name, cell in zip(reader.mapping, cells, strict=False)):
        row.warn("formula_empty")
    row.story = "\n\n".join([*texts.get("story", []), *texts.get("notes", [])])
    row.employer = first("employer")[:LONGEST_NAME]
    row.own_number, row.group = first("number")[:40], plain(first("group"))
    _read_person(reader, row, texts)
    _read_days(reader, row, first("appealed_on"), first("closed_on"))
    _read_matter(reader, row, first("theme"), first("country"), first("region"), first("outcome"))
    _read_sums(reader, row, texts)
    row.caseworker = _meant(reader, row, "caseworker", first("caseworker"), lambda name: _colleague(reader, name))
    _read_status(reader, row, first("status"))
    return row


def _meant(reader: Reader, row: Read, name: str, text: str, guess: Callable[[str], tuple[str, str]]) -> str:
    """The code of a value: what a person has said that it means, where the guess is not sure; else the guess, with a warning."""
    code, warning = guess(text)
    if not warning:
        return code
    row.asked.append((name, text, code))
    chosen = reader.meanings.get(name, {}).get(meanings.name_of(text), "")
    row.warn("" if chosen else warning)
    return {"": code, meanings.NOTE: ""}.get(chosen, chosen)


def _colleague(reader: Reader, name: str) -> tuple[str, str]:
    known = reader.caseworkers.get(plain(name), "")
    return known, "" if known or not name else "caseworker_unknown"


def _person(reader: Reader, texts: dict[str, list[str]]) -> dict[str, str]:
    name = " ".join((texts.get("name") or [""])[0].split())[:LONGEST_NAME]
    return {"name": name, "phone": "", "sex": "", "age": "", "citizenship": "", "guardian": ""}


def _read_person(reader: Reader, row: Read, texts: dict[str, list[str]]) -> None:
    several = ", ".join(texts.get("phone", []))
    row.person["phone"], phone = phones.understand(several, home=reader.home)
    row.warn("" if row.person["name"] else "name_missing", phone)
    row.person["sex"] = _meant(reader, row, "sex", (texts.get("sex") or [""])[0], words.sex)
    row.person["citizenship"] = _meant(reader, row, "citizenship", (texts.get("citizenship") or [""])[0], words.country)
    row.person["age"], age = days.age_band((texts.get("birth") or [""])[0], on=reader.today)
    row.warn(age)


def _read_days(reader: Reader, row: Read, appealed: str, closed: str) -> None:
    opened_on, warning = days.understand(appealed, today=reader.today, from_1904=reader.from_1904)
    row.warn(warning)
    row.closed_on, warning = days.understand(closed, today=reader.today, from_1904=reader.from_1904)
    row.warn(warning)
    if opened_on is None:
        row.warn("day_missing")
    row.opened_on = min(opened_on or row.closed_on or reader.today, reader.today)
    if row.closed_on and row.closed_on < row.opened_on:
        row.warn("closed_before")


def _read_matter(reader: Reader, row: Read, theme: str, country: str, region: str, outcome: str) -> None:
    row.theme = _meant(reader, row, "theme", theme, words.theme)
    if not row.theme and row.story:
        row.theme = words.guessed_theme(row.story)
        if row.theme:
            row.warnings = [warning for warning in row.warnings if warning != "theme_unknown"]
            row.warn("theme_guessed")
    if row.theme and "R" in thesaurus.concept(row.theme).flags:
        row.warn("theme_restricted")
    row.country = _meant(reader, row, "country", country, words.country)
    if _PLACE.fullmatch(region):
        row.region = region
    else:
        row.warn("region_no_place")
    row.outcome = _meant(reader, row, "outcome", outcome, words.outcome)


def _read_sums(reader: Reader, row: Read, texts: dict[str, list[str]]) -> None:
    column = _meant(reader, row, "currency", (texts.get("currency") or [""])[0], _currency)
    for stage in STAGES:
        digits, currency, warning = amounts.understand((texts.get(stage) or [""])[0])
        row.warn(warning)
        chosen = currency or column or reader.options["currency"]
        if digits and chosen:
            row.sums.append((stage, digits, chosen))
        elif digits:
            row.warn("currency_missing")


def _currency(text: str) -> tuple[str, str]:
    known = amounts.currency_in(text)
    return known, "" if known or not plain(text) else "currency_unknown"


def _read_status(reader: Reader, row: Read, status: str) -> None:
    said = _meant(reader, row, "status", status, _status)
    closed = {meanings.CLOSED: True, meanings.OPEN: False}.get(said)
    if closed is None:
        unsaid = reader.options["unsaid"]
        closed = bool(row.closed_on) or unsaid == "closed" or (unsaid == "outcome" and bool(row.outcome))
    row.closed = closed
    if not closed:
        return
    if row.closed_on is None:
        row.warn("closing_day_missing")
    money = bool(row.sums) or (row.theme and thesaurus.top_of(row.theme) == MONEY)
    row.keep_months = reader.months_of_money if money else reader.months
    row.keep_until = months_later(min(row.closed_on or reader.today, reader.today), row.keep_months)


def _status(text: str) -> tuple[str, str]:
    closed, warning = words.closed(text)
    return "" if closed is None else meanings.CLOSED if closed else meanings.OPEN, warning


def field_label(name: str) -> str:
    """What a column is, in words."""
    return str(FIELDS[name].label) if name else _("do not import")


def line(row: Read) -> dict[str, Any]:
    """What the report keeps of a row before it is decided what becomes of it."""
    return {"row": row.number, "name": row.person["name"], "group": row.group, "warnings": row.warnings}
