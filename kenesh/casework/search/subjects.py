"""The terms of a whole case or appeal: under what it is to be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kenesh.casework.outcomes import OUTCOMES
from kenesh.casework.search import terms
from kenesh.casework.search.contents import Contents

WORKED = frozenset({"R1", "R2", "R3", "R4"})
WORKED_GROUP = "R"
_LONG_ENOUGH = 12  # characters of a text that may speak of a theme
_NAMES = ("name", "name_latin", "name_cyrillic")
_PHONES = ("phone", "danger_phone")
_DOCUMENTS = ("passport", "inn", "snils", "iin")


@dataclass(frozen=True)
class Makers:
    """What makes the terms of a text, of a person's name, of an employer. Who indexes the same ones again and again caches them."""

    text: Callable[[str], Sequence[str]]
    name: Callable[[str], Sequence[str]] = terms.name_terms
    employer: Callable[..., Sequence[str]] = terms.employer_terms


def terms_of(contents: Contents, by: Makers | None = None) -> list[str]:
    """Without repetition: what tells people and employers apart first, then themes, then the words."""
    by = by or USUAL
    words = (term for text in contents.texts() for term in by.text(text))
    return list(dict.fromkeys([*identity_terms(contents, by), *_themes(contents), *words]))


def identity_terms(contents: Contents, by: Makers | None = None) -> Iterator[str]:
    """Persons, phones, documents, the other side, tags, the code."""
    by = by or USUAL
    row = contents.case or contents.appeal
    if row is not None:
        yield code_term(row.code)
    yield from person_terms([*contents.answers, *contents.of("person")], by)
    for party in parties_of(contents):
        yield from party_terms(party, by)
    for body in contents.of("tags"):
        yield from (terms.tag_term(tag) for tag in body.get("tags", []))


def parties_of(contents: Contents) -> list[dict[str, Any]]:
    """The other sides of a case, and whom the person named in the form."""
    named = [{"name": answers["culprit_name"]} for answers in contents.answers if answers.get("culprit_name")]
    return [*contents.of("party"), *named]


def person_terms(bodies: Iterable[dict[str, Any]], by: Makers | None = None) -> Iterator[str]:
    by = by or USUAL
    for body in bodies:
        for name in _NAMES:
            yield from by.name(str(body.get(name) or ""))
        for name in _PHONES:
            yield from terms.phone_terms(str(body.get(name) or ""))
        for name in _DOCUMENTS:
            yield from terms.document_terms(str(body.get(name) or ""))


def party_terms(party: dict[str, Any], by: Makers | None = None) -> list[str]:
    """The other side, as the case's facts have it: name, numbers, phone, place of work, general contractor."""
    by = by or USUAL
    name, phone, site, contractor = (str(party.get(each) or "") for each in ("name", "phone", "site", "contractor"))
    found = [*by.employer(name, phone=phone, site=site), *by.employer(contractor)]
    for number in re.findall(r"\d[\d ]{6,}\d", str(party.get("tax_number") or "")):
        found += terms.employer_terms("", inn=number)
    return list(dict.fromkeys(found))


def code_term(code: str) -> str:
    return f"#:{code.lower()}"


def _themes(contents: Contents) -> Iterator[str]:
    for answers in contents.answers:
        yield from terms.theme_terms(str(answers.get("theme") or ""))
    for matter in contents.of("matter"):
        theme, country, outcome = (str(matter.get(name) or "") for name in ("theme", "country", "outcome"))
        yield from terms.theme_terms(theme)
        if theme and outcome in WORKED and outcome in OUTCOMES:
            yield terms.matter_term(theme, "", WORKED_GROUP)
            yield terms.matter_term(theme, country, WORKED_GROUP)


def text_terms(text: str) -> list[str]:
    """Themes, phones, documents, names and words of one text."""
    concepts = terms.concept_terms(text) if len(text) >= _LONG_ENOUGH else []
    return [
        *concepts,
        *terms.phone_terms(text),
        *terms.document_terms(text),
        *terms.mention_terms(text),
        *terms.word_terms(text),
    ]


USUAL = Makers(text_terms)
