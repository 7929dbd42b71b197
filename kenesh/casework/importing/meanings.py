"""What the words of a column with fixed choices mean where the guess does not know it: a person says it once for each value.

The dry run counts the values that it has to ask about; what was chosen is kept with the columns, sealed, by a hash of the value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kenesh.casework import sectors
from kenesh.casework.case_types import CASE_TYPES
from kenesh.casework.importing.amounts import CURRENCIES
from kenesh.casework.importing.kinds import WAITS, WAYS
from kenesh.casework.importing.words import plain
from kenesh.casework.outcomes import OUTCOMES
from kenesh.themes import countries, thesaurus

NOTE = "note"  # it means nothing that we could count: it stays in the note of the case
OPEN, CLOSED = "open", "closed"
FIELDS = (
    "theme", "outcome", "status", "waits", "sex", "citizenship", "country", "sector", "type", "way", "currency", "caseworker",
)  # fmt: skip
MOST_KINDS = 300  # different values of one column that are counted; a column with more is prose
LONGEST = 120

Meanings = dict[str, dict[str, str]]  # field → name of a value → code
Tally = dict[str, dict[str, list[Any]]]  # field → name of a value → how many rows, the words, the code that was guessed


@dataclass(frozen=True)
class Asked:
    """A value that the guess does not know, or is not sure of. `chosen`: what a person has said, "" for nothing yet."""

    field: str
    name: str
    words: str
    rows: int
    guess: str
    chosen: str


def name_of(text: str) -> str:
    """How a value is called in forms and in what is remembered: the same for all ways of writing it big or small."""
    return hashlib.blake2b(plain(text).encode(), digest_size=8).hexdigest()


def count(tally: Tally, asked: Collection[tuple[str, str, str]]) -> None:
    """Adds what one row asks about: field, words, the code that was guessed."""
    for field, text, guess in asked:
        kinds = tally.setdefault(field, {})
        name = name_of(text)
        if name in kinds:
            kinds[name][0] += 1
        elif len(kinds) < MOST_KINDS:
            kinds[name] = [1, " ".join(text.split())[:LONGEST], guess]


def asked(tally: Tally, meanings: Mapping[str, Mapping[str, str]]) -> list[Asked]:
    """Column by column; in each what nobody has decided yet comes first, the more frequent before the others."""
    found = [
        Asked(field, name, words, rows, guess, meanings.get(field, {}).get(name, ""))
        for field in FIELDS
        for name, (rows, words, guess) in tally.get(field, {}).items()
    ]
    return sorted(found, key=lambda one: (FIELDS.index(one.field), bool(one.chosen), -one.rows, one.words))


def still_known(meanings: Mapping[str, Mapping[str, str]], *, colleagues: Collection[str]) -> Meanings:
    """Without codes that exist no more: themes of another version, colleagues who have left. `colleagues`: uids in hexadecimal."""
    known: dict[str, Collection[str]] = {
        "theme": thesaurus.concepts().keys(),
        "outcome": OUTCOMES.keys(),
        "status": (OPEN, CLOSED, *WAITS),
        "waits": WAITS.keys(),
        "sector": sectors.codes(),
        "type": CASE_TYPES.keys(),
        "way": WAYS.keys(),
        "sex": ("female", "male"),
        "currency": CURRENCIES,
        "caseworker": colleagues,
    }
    lands = {code for code, _name in countries.country_list("en")}
    return {
        field: {name: code for name, code in chosen.items() if code == NOTE or code in known.get(field, lands)}
        for field, chosen in meanings.items()
        if field in FIELDS
    }
