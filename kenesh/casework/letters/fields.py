"""The fields that a letter template may ask for, what each means, and where the case keeps what was asked for a letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BLANK = "____________________"  # where something is not known yet: a line to fill in by hand


class Kept(TextChoices):
    """Whose fact it is. The letter's own are kept with the letter alone."""

    PERSON = "person"
    PARTY = "party"
    MATTER = "matter"
    LETTER = "letter"
    GIVEN = "given"  # known to the system: never asked


@dataclass(frozen=True)
class Field:
    """A field of templates. `part` and `name`: {{ part.name }}; `rows`: how many lines a person may write."""

    part: str
    name: str
    label: str | Promise
    kept: Kept
    rows: int = 1

    @property
    def path(self) -> str:
        return f"{self.part}.{self.name}"


def _fields(part: str, kept: Kept, rows: Mapping[str, int], **labels: str | Promise) -> list[Field]:
    return [Field(part, name, label, kept, rows.get(name, 1)) for name, label in labels.items()]


PERSON = _fields(
    "person",
    Kept.PERSON,
    {},
    name=_("Name, as in the passport"),
    name_latin=_("Name in Latin letters"),
    name_cyrillic=_("Name in Cyrillic letters"),
    born_on=_("Date of birth"),
    phone=_("Phone"),
    passport=_("Passport: series and number"),
    passport_issuer=_("Passport: issued by whom, and when"),
    registered_address=_("Address of registration"),
    stay_address=_("Address where the person really stays"),
    inn=_("Tax number (INN)"),
    snils=_("Insurance number (SNILS)"),
    iin=_("Personal number (IIN or PIN)"),
)
PARTY = _fields(
    "party",
    Kept.PARTY,
    {},
    name=_("Name of the other side"),
    tax_number=_("Tax or registration number (INN, OGRN, BIN)"),
    site=_("Place of work or address"),
    phone=_("Phone of the other side"),
    contact=_("Contact person"),
    contractor=_("General contractor"),
    client=_("Client who ordered the work"),
)
MATTER = _fields(
    "matter",
    Kept.MATTER,
    {"witnesses": 2},
    job=_("Work that was done"),
    began_on=_("Work began on"),
    ended_on=_("Work ended on"),
    promised=_("Pay that was promised"),
    paid=_("Pay that was received, and when"),
    paid_how=_("How it was paid: card, cash, through the foreman"),
    promised_by=_("Who promised it"),
    witnesses=_("Witnesses"),
)
LETTER = _fields(
    "letter",
    Kept.LETTER,
    {"facts": 8, "request": 4, "attachments": 5, "addressee_address": 2, "powers": 4},
    addressee=_("To whom the letter goes"),
    addressee_address=_("Address of the addressee"),
    facts=_("What happened, for the addressee"),
    request=_("What we ask for"),
    attachments=_("Attachments, one in a line"),
    place=_("Place of writing"),
    date=_("Date of the letter"),
    representative=_("Who is authorised: name"),
    representative_passport=_("Who is authorised: passport"),
    powers=_("Further powers"),
    valid_until=_("Valid until"),
)
GIVEN = [
    Field("person", "citizenship", _("Citizenship"), Kept.GIVEN),
    Field("matter", "theme", _("Theme"), Kept.GIVEN),
    Field("matter", "country", _("Country where it happened"), Kept.GIVEN),
    Field("matter", "region", _("Region or town"), Kept.GIVEN),
    Field("matter", "currency", _("Currency"), Kept.GIVEN),
    Field("matter", "claimed", _("Claimed"), Kept.GIVEN),
    Field("matter", "awarded", _("Awarded"), Kept.GIVEN),
    Field("matter", "received", _("Received"), Kept.GIVEN),
    Field("office", "name", _("Name of the office"), Kept.GIVEN),
    Field("office", "place", _("Place of the office"), Kept.GIVEN),
    Field("author", "name", _("Who writes the letter"), Kept.GIVEN),
]
KNOWN: dict[str, Field] = {field.path: field for field in [*PERSON, *PARTY, *MATTER, *LETTER, *GIVEN]}
LISTS: dict[str, str | Promise] = {
    "persons[]": _("every person of the case"),
    "letter.attachments[]": _("every attachment"),
}
# What an item of a list has: the persons' own facts; an attachment is a text.
_IN_LISTS = {f"persons[].{field.name}" for field in PERSON} | {"persons[].citizenship"}


def unknown(asked: Iterable[str]) -> list[str]:
    """Which of the fields that a template names do not exist."""
    single = KNOWN.keys() - {path.removesuffix("[]") for path in LISTS}
    return sorted(path for path in asked if path not in single and path not in LISTS and path not in _IN_LISTS)


def to_ask(asked: Iterable[str], known: Mapping[str, Mapping[str, Any]]) -> list[Field]:
    """The fields that this template needs and that the case does not know yet, in the order of the list above.

    `known`: for each part ("person", "party", …) its facts.
    """
    wanted = {path.removesuffix("[]") for path in asked}
    return [
        field
        for field in KNOWN.values()
        if field.path in wanted
        and field.kept != Kept.GIVEN
        and (field.kept == Kept.LETTER or not known.get(field.part, {}).get(field.name))
    ]


def context(
    asked: Mapping[str, bool], parts: Mapping[str, Mapping[str, Any]], persons: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """What the sandbox gets: texts only. What a letter prints and nobody knows yet becomes a line to fill in by hand."""
    filled: dict[str, Any] = {}
    for field in KNOWN.values():
        value = printable(str(parts.get(field.part, {}).get(field.name) or ""))
        filled.setdefault(field.part, {})[field.name] = value or (BLANK if asked.get(field.path) else "")
    names = [path.removeprefix("persons[].") for path in _IN_LISTS]
    filled["persons"] = [
        {name: printable(str(person.get(name) or "")) or (BLANK if name == "name" else "") for name in names}
        for person in persons
    ]
    if "letter.attachments[]" in asked:
        text = printable(str(parts.get("letter", {}).get("attachments") or ""))
        filled["letter"]["attachments"] = [line for line in (line.strip() for line in text.split("\n")) if line]
    return filled


_BIDI = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def printable(text: str) -> str:
    """Without characters that a document may not hold, or that turn the direction of what stands beside them."""
    text = re.sub(r"\r\n?", "\n", text).translate(_BIDI)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
