"""Cases that carry one of the office's own words: found in the encrypted index, never in a column."""

from __future__ import annotations

from kenesh.casework import queries
from kenesh.casework.models import Case
from kenesh.casework.queries import Desk, Filter
from kenesh.casework.search import lookup, terms
from kenesh.people.keyring import KeyMissing, Keyring

MOST = 100  # the newest ones of each office


def tagged_cases(desk: Desk, chosen: Filter, keyring: Keyring) -> list[Case]:
    """In the order of the queue, as far as they fit the rest of the filter. Offices whose key one lacks are left out."""
    query = [[[terms.tag_term(chosen.tag)]]]
    ids: list[int] = []
    for office in desk.offices:
        if chosen.office not in ("", office.code):
            continue
        try:
            hits = lookup.find(keyring, office, query, limit=MOST, wanted=lambda row: isinstance(row, Case)).hits
        except KeyMissing:
            continue
        ids += [hit.case.pk for hit in hits if hit.case is not None]
    return sorted(queries.fitting_cases(desk, chosen, ids), key=lambda case: (not case.urgent, case.due_on, case.pk))
