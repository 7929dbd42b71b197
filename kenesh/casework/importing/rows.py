"""A row of a register as a case: what stands in its cells, and what to tell the person about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kenesh.casework.importing import amounts, days, kinds, meanings, phones, words
from kenesh.casework.importing.fields import FIELDS
from kenesh.casework.importing.words import plain
from kenesh.casework.retention import MONEY, months_later
from kenesh.casework.search import terms
from kenesh.themes import thesaurus

STAGES = ("promised", "claimed", "acknowledged", "awarded", "received", "fee_returned")
DATED = ("claimed", "awarded", "received")  # stages whose days registers keep
TEXTS_OF_PERSON = {"passport": 60, "iin": 40, "stay": 300}  # column → how long its text may be
LONGEST_NAME = 200
LONGEST_TOLD = 80  # of a value that the report quotes
MOST_PERSONS, MOST_CHILDREN = 100_000, 1000  # as MatterForm and OutcomeForm take them
_NOTHING = re.compile(
    r"0+(?:[.,]0+)?(?: ?\w+)?|нет|не платил\w*|бесплатно|жок|акысыз|yo.?q|tekin|бепул|ройгон|жоқ|тегін|none|nothing|free", re.I
)
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
    """What a row says. Sums: stage, digits, currency, its own day or None. `same`: what tells this person apart, "" when nothing does."""

    number: int
    person: dict[str, str]
    theme: str = ""
    country: str = ""
    region: str = ""
    outcome: str = ""
    employer: str = ""
    story: str = ""
    whole: str = ""
    sums: list[tuple[str, str, str, date | None]] = field(default_factory=list)
    sector: str = ""
    type: str = ""
    way: str = ""
    job: str = ""
    tax_number: str = ""
    persons: int = 1
    children: int | None = None
    outcome_on: date | None = None
    deadline_on: date | None = None
    deadline_what: str = ""
    waits: str = ""  # a code of kinds.WAITS
    opened_on: date = date.min
    closed: bool = False
    closed_on: date | None = None
    keep_until: date | None = None
    keep_months: int = 0
    caseworker: str = ""
    own_number: str = ""
    group: str = ""
    warnings: list[str] = field(default_factory=list)
    quoted: dict[str, list[str]] = field(default_factory=dict)  # warning → what stood there
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # field, words, guess: what a person may explain

    def warn(self, *warnings: str, of: str = "") -> None:
        """`of`: the value that the warning is about."""
        self.warnings += [each for each in warnings if each and each not in self.warnings]
        for each in filter(None, warnings if of else ()):
            self.quoted.setdefault(each, []).append(" ".join(of.split())[:LONGEST_TOLD])

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
    row.tax_number, row.job = first("tax_number")[:60], first("job")[:LONGEST_NAME]
    row.own_number, row.group = first("number")[:40], plain(first("group"))
    _read_person(reader, row, texts)
    column = _meant(reader, row, "currency", first("currency"), _currency)
    _read_recruitment(reader, row, first("cost"), first("wage"), column)
    _read_days(reader, row, first("appealed_on"), first("closed_on"))
    _read_matter(reader, row, first("theme"), first("country"), first("region"), first("outcome"))
    _read_sums(reader, row, texts, column)
    row.sector = _meant(reader, row, "sector", first("sector"), kinds.sector)
    row.type = _meant(reader, row, "type", first("type"), kinds.case_type)
    row.way = _meant(reader, row, "way", first("way"), kinds.way)
    row.persons = _number(row, first("persons"), MOST_PERSONS) or 1
    row.caseworker = _meant(reader, row, "caseworker", first("caseworker"), lambda name: _colleague(reader, name))
    _read_status(reader, row, first("status"))
    _read_outcome(reader, row, first("outcome_on"), first("children"))
    _read_what_is_open(reader, row, first("waits"), first("deadline"), first("deadline_what"))
    return row


def _meant(reader: Reader, row: Read, name: str, text: str, guess: Callable[[str], tuple[str, str]]) -> str:
    """The code of a value: what a person has said that it means, where the guess is not sure; else the guess, with a warning."""
    code, warning = guess(text)
    if not warning:
        return code
    row.asked.append((name, text, code))
    chosen = reader.meanings.get(name, {}).get(meanings.name_of(text), "")
    row.warn("" if chosen else warning, of=text)
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
    row.warn("" if row.person["name"] else "name_missing")
    row.warn(phone, of=several)
    row.person["sex"] = _meant(reader, row, "sex", (texts.get("sex") or [""])[0], words.sex)
    row.person["citizenship"] = _meant(reader, row, "citizenship", (texts.get("citizenship") or [""])[0], words.country)
    birth = (texts.get("birth") or [""])[0]
    row.person["age"], age = days.age_band(birth, on=reader.today)
    row.warn(age, of=birth)
    born, inexact = days.understand(birth, today=reader.today, from_1904=reader.from_1904)
    if born is not None and inexact not in ("day_month_only", "day_future") and row.person["age"]:
        row.person["born_on"] = f"{born:%d.%m.%Y}"
        row.warn(inexact if inexact in ("day_first", "month_first") else "", of=birth)
    kept = {"passport": "passport", "iin": "iin", "stay": "stay_address"}
    for column, most in TEXTS_OF_PERSON.items():
        if text := " ".join((texts.get(column) or [""])[0].split())[:most]:
            row.person[kept[column]] = text


def _read_recruitment(reader: Reader, row: Read, cost: str, wage: str, column: str) -> None:
    """What getting the work had cost, and the pay of the first month there: in one currency, or the pay is left out."""
    otherwise = column or reader.options["currency"]
    nothing = bool(_NOTHING.fullmatch(plain(cost)))
    paid, of_cost = ("0", "") if nothing else _sum_of(row, cost, otherwise)
    first, of_pay = _sum_of(row, wage, otherwise)
    if first and of_cost and of_cost != of_pay:
        row.warn("currencies_differ", of=wage)
        first = ""
    if paid or first:
        chosen = of_cost or of_pay or otherwise
        row.person |= {"recruitment_cost": paid, "recruitment_wage": first, "recruitment_currency": chosen}


def _sum_of(row: Read, text: str, otherwise: str) -> tuple[str, str]:
    """Digits and their currency, both or neither. `otherwise`: the currency when none is named beside the digits."""
    digits, currency, warning = amounts.understand(text)
    row.warn(warning, of=text)
    currency = currency or otherwise
    row.warn("currency_missing" if digits and not currency else "")
    return (digits, currency) if digits and currency else ("", "")


def _number(row: Read, text: str, most: int) -> int | None:
    """A whole number; None for an empty cell, and with a warning for what is none."""
    found = kinds.number(text, most=most) if text else None
    row.warn("number_unknown" if text and found is None else "", of=text)
    return found


def _day(reader: Reader, row: Read, text: str, *, may_come: bool = False) -> date | None:
    """`may_come`: whether it may lie in the future."""
    found, warning = days.understand(text, today=reader.today, from_1904=reader.from_1904)
    row.warn("" if may_come and warning == "day_future" else warning, of=text)
    return found


def _read_days(reader: Reader, row: Read, appealed: str, closed: str) -> None:
    opened_on = _day(reader, row, appealed)
    row.closed_on = _day(reader, row, closed)
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
        row.warn("region_no_place", of=region)
    row.outcome = _meant(reader, row, "outcome", outcome, words.outcome)


def _read_sums(reader: Reader, row: Read, texts: dict[str, list[str]], column: str) -> None:
    """`column`: the currency that a column of its own names, "" for none."""
    for stage in STAGES:
        digits, currency = _sum_of(row, (texts.get(stage) or [""])[0], column or reader.options["currency"])
        day = _day(reader, row, (texts.get(f"{stage}_on") or [""])[0]) if stage in DATED else None
        if digits:
            row.sums.append((stage, digits, currency, day))


def _currency(text: str) -> tuple[str, str]:
    known = amounts.currency_in(text)
    return known, "" if known or not plain(text) else "currency_unknown"


def _read_status(reader: Reader, row: Read, status: str) -> None:
    said = _meant(reader, row, "status", status, _status)
    closed = {"": None, meanings.CLOSED: True}.get(said, False)
    row.waits = said if said in kinds.WAITS else ""
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
    if not closed and (whom := kinds.waits_in_status(text)):
        return whom, "waits_guessed"
    return "" if closed is None else meanings.CLOSED if closed else meanings.OPEN, warning


def _read_outcome(reader: Reader, row: Read, on: str, children: str) -> None:
    """The day since which the outcome is known, and the children who came back through it."""
    day, back = _day(reader, row, on), _number(row, children, MOST_CHILDREN)
    if not row.outcome:
        row.warn("outcome_day_alone" if day else "", of=on)
        row.warn("children_no_outcome" if back else "", of=children)
        return
    row.outcome_on, row.children = day or row.closed_on, back


def _read_what_is_open(reader: Reader, row: Read, waits: str, deadline: str, what: str) -> None:
    """For whom an open case waits, and by when something must be done in it."""
    row.waits = _meant(reader, row, "waits", waits, kinds.waits) or row.waits
    due = _day(reader, row, deadline, may_come=True)
    if row.closed:
        row.warn("waits_closed" if row.waits else "", of=waits)
        row.warn("deadline_closed" if due and due >= reader.today else "", of=deadline)
        row.waits = ""
        return
    if due is None:
        row.warn("deadline_day_missing" if what else "", of=what)
        return
    row.warn("deadline_past" if due < reader.today else "", of=deadline)
    row.deadline_on, row.deadline_what = due, what[:LONGEST_NAME]


def field_label(name: str) -> str:
    """What a column is, in words."""
    return str(FIELDS[name].label) if name else _("do not import")


def line(row: Read) -> dict[str, Any]:
    """What the report keeps of a row before it is decided what becomes of it."""
    return {"row": row.number, "name": row.person["name"], "group": row.group, "warnings": row.warnings, "quoted": row.quoted}
