"""What a case knows for a letter, in the letter's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kenesh.casework.letters.sources import Source
from kenesh.casework.models import Matter, Party, Person
from kenesh.casework.opening import Body, OpenCase, Opened
from kenesh.people.models import Organisation, User
from kenesh.themes import countries, dates, thesaurus


@dataclass(frozen=True)
class About:
    """For whom a letter is, against whom, about which matter."""

    person: Opened[Person]
    party: Opened[Party] | None
    matter: Opened[Matter] | None
    persons: list[Opened[Person]]
    parties: list[Opened[Party]]


def about(opened: OpenCase, *, person: str, party: str, matter: str) -> About | None:
    """The rows with these uids; the first person for one that is gone. None in a case without persons."""
    persons, matters = opened.persons(), opened.matters()
    parties = [opened.open(row) for row in opened.case.parties.order_by("id")]
    if not persons:
        return None
    return About(
        next((row for row in persons if str(row.row.uid) == person), persons[0]),
        next((row for row in parties if str(row.row.uid) == party), None),
        next((row for row in matters if str(row.row.uid) == matter), None),
        persons,
        parties,
    )


def parts(found: About, source: Source, office: Organisation, author: User) -> dict[str, dict[str, Any]]:
    """The facts by part of the template: person, party, matter, office, author."""
    language = source.language
    return {
        "person": person_facts(found.person.body, language),
        "party": _party(found),
        "matter": _matter(found.matter.body if found.matter else {}, language),
        "office": {"name": office.called_on(timezone.localdate(), language), "place": office.place.in_language(language)},
        "author": {"name": author.name},
    }


def person_facts(body: Body, language: str) -> dict[str, Any]:
    return {**body, "citizenship": _country(body.get("citizenship"), language)}


def _party(found: About) -> dict[str, Any]:
    """The other side; a contractor or client that the case knows as a party of its own stands in for one not written down."""
    body = dict(found.party.body) if found.party else {}
    for role in ("contractor", "client"):
        named = next((party.body["name"] for party in found.parties if party.body.get("role") == role), "")
        body[role] = body.get(role) or (named if body.get("name") != named else "")
    return body


def _matter(body: Body, language: str) -> dict[str, Any]:
    theme = str(body.get("theme") or "")
    named = thesaurus.label(theme, language) if theme in thesaurus.concepts() else ""
    return {**body, "theme": named, "country": _country(body.get("country"), language)}


def _country(code: Any, language: str) -> str:
    text = str(code or "")
    return countries.country_name(text, language) if len(text) == 2 else ""


def start_values(source: Source, office: Organisation) -> dict[str, str]:
    """What a new letter begins with: today, and the office's place."""
    return {
        "letter.date": dates.day(timezone.localdate(), source.language),
        "letter.place": office.place.in_language(source.language),
    }
