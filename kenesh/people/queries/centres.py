"""Offices to which anybody may turn, for the public list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from kenesh.people.models import Organisation
from kenesh.people.queries.joined import found_or_joined
from kenesh.themes import countries

CENTRES_ON_A_PAGE = 15


@dataclass(frozen=True)
class CentresPage:
    """A page of the list. `countries` and `languages`: what there is to choose from, of all centres; `after`: number of the next
    page, 0 at the end."""

    rows: list[Organisation]
    countries: list[str]
    languages: list[str]
    after: int


def public_centres() -> QuerySet[Organisation]:
    """Organisations that take appeals and have not ended."""
    return Organisation.objects.filter(takes_appeals=True, ended_on__isnull=True)


def centre_for_public(code: str) -> Organisation:
    """Raises JoinedInto, Http404."""
    return found_or_joined(public_centres(), code)


def centres_page(*, country: str, language: str, number: int, reader: str) -> CentresPage:
    """By country and name in the order of the reader's alphabet: a node has dozens of them, so all are read and sorted here."""
    rows = list(public_centres().order_by("country", "id"))
    chosen = [row for row in rows if country in ("", row.country) and (not language or language in row.languages)]
    chosen.sort(key=lambda row: (_in_alphabet(row, reader), row.pk))
    start = (number - 1) * CENTRES_ON_A_PAGE
    return CentresPage(
        chosen[start : start + CENTRES_ON_A_PAGE],
        list(dict.fromkeys(row.country for row in rows if row.country)),
        list(dict.fromkeys(code for row in rows for code in row.languages)),
        number + 1 if len(chosen) > start + CENTRES_ON_A_PAGE else 0,
    )


def _in_alphabet(row: Organisation, reader: str) -> tuple[tuple[int, ...], ...]:
    country = countries.country_name(row.country, reader) if row.country else ""
    return countries.collation_key(country, reader), countries.collation_key(row.name.in_language(reader), reader)


def centres_by_country() -> Counter[str]:
    """How many there are in each country; one query."""
    return Counter(public_centres().order_by().values_list("country", flat=True))
