"""Panels beside an appeal and a case: who may be the same, how many have the same employer, what worked in similar matters."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.appeals.models import Appeal
from kenesh.casework import queries
from kenesh.casework.models import Case
from kenesh.casework.search import indexing, suggestions
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.middleware import keys_of


def known_already(keyring: Keyring, cases: Iterable[Case]) -> list[Case]:
    """Those of these new cases whose person seems to be in another case or appeal too; a fixed number of queries for each office.
    Raises KeyMissing."""
    by_office: dict[int, list[Case]] = {}
    for case in cases:
        by_office.setdefault(case.office_id, []).append(case)
    found = []
    for of_one in by_office.values():
        indexing.work_off(keyring, [of_one[0].office])
        found += suggestions.known_among(keyring, of_one)
    return found


def beside_appeal(appeal: Appeal, request: HttpRequest) -> str:
    """Cases and other appeals in which the same person seems to be."""
    keyring = keys_of(request)
    try:
        contents = suggestions.opened_row(keyring, appeal)
        found = suggestions.duplicates(keyring, appeal, contents) if contents else None
    except KeyMissing:
        return ""
    if not found or not (found.same or found.employer):
        return ""
    context = {"row": appeal, "is_case": False, "found": found, "parts": []}
    return render_to_string("casework/_duplicates.html", context, request)


def beside_case(case: Case, request: HttpRequest) -> str:
    """The same for a case, the appeals that were joined to it, and similar matters that went well."""
    keyring = keys_of(request)
    try:
        contents = suggestions.opened_row(keyring, case)
        if contents is None:
            return ""
        found = suggestions.duplicates(keyring, case, contents)
        similar = suggestions.similar(keyring, case, contents)
    except KeyMissing:
        return ""
    parts = queries.joined_appeals(case)
    shown = ""
    if found.same or found.employer or parts:
        context = {"row": case, "is_case": True, "found": found, "parts": parts}
        shown = render_to_string("casework/_duplicates.html", context, request)
    return shown + (render_to_string("casework/_similar.html", {"similar": similar}, request) if similar else "")
