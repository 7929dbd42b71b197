"""The other side with its conflict check, the sheet of a case, and themes that were suggested."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework import registers
from kenesh.casework.actions.cases import open_from_appeal
from kenesh.casework.actions.writing import add_row, change_row, store, target
from kenesh.casework.models import Case, Matter, Party, Sheet
from kenesh.casework.opening import Body, ChangedMeanwhile, open_case
from kenesh.casework.search import indexing, lookup, terms
from kenesh.kernel import trail
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation
from kenesh.themes import thesaurus

MOST_CHECKED = 10  # cases that are opened to see whether a name in them is a client's


@dataclass(frozen=True)
class Conflict:
    """A client of the office who may be the other side of somebody else: which case, and by what."""

    case: Case
    name: str
    by: str  # "name" or "phone"


def conflicts(*, keyring: Keyring, office: Organisation, name: str, phone: str = "", but: Case | None = None) -> list[Conflict]:
    """Clients of the office who have the other side's name, in any script, or its phone. Raises KeyMissing.

    What waits to be searchable is worked off first, for a moment; `not_yet_searchable` says whether something is left.
    """
    indexing.work_off(keyring, [office])
    groups, phones = terms.names_to_find(name), terms.phone_terms(phone)
    queries = [[groups]] if groups else []
    queries += [[[phones]]] if phones else []
    cases: dict[int, Case] = {}
    for query in queries:
        for hit in lookup.find(keyring, office, query, limit=MOST_CHECKED).hits:
            if hit.case is not None and (but is None or hit.case.pk != but.pk):
                cases[hit.case.pk] = hit.case
    found: list[Conflict] = []
    for case in cases.values():
        found += _clients_who_match(case, keyring, groups, set(phones))
    return found


def not_yet_searchable(office: Organisation) -> int:
    """How many files of the office no conflict check can see yet."""
    return indexing.waiting([office])


def _clients_who_match(case: Case, keyring: Keyring, groups: list[list[str]], phones: set[str]) -> list[Conflict]:
    """Of one case; a name that stands in it as a witness or an employer is no client."""
    try:
        persons = open_case(case, keyring).persons()
    except KeyMissing:
        return []  # restricted or taken back: the rest of the office may not learn that somebody is in it
    found = []
    for person in persons:
        name, own = str(person.body.get("name", "")), _names_of(person.body)
        if groups and all(own & set(group) for group in groups):
            found.append(Conflict(case, name, "name"))
        elif phones & set(terms.phone_terms(str(person.body.get("phone", "")))):
            found.append(Conflict(case, name, "phone"))
    return found


def _names_of(body: Body) -> set[str]:
    names = (str(body.get(field) or "") for field in ("name", "name_latin", "name_cyrillic"))
    return {term for name in names for term in terms.name_terms(name)}


def decided(*, keyring: Keyring, why: str) -> Body:
    """What the file keeps of the decision that there is no conflict."""
    return {"why": why, "by": keyring.user.name, "on": timezone.localdate().isoformat()}


def with_registers(body: Body) -> Body:
    """The other side with its number under the names by which employers are compared."""
    return {**body, **registers.by_register(str(body["tax_number"]))} if "tax_number" in body else body


def add_party(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    add_row(keyring=keyring, case=case, row=Party(case=case), body=with_registers(body), key=key, verb="add_party")


def change_party(*, keyring: Keyring, party: Party, changes: Body, version: int) -> None:
    """Raises ChangedMeanwhile."""
    change_row(keyring=keyring, row=party, changes=with_registers(changes), version=version)


def take_up_checked(*, keyring: Keyring, appeal: Appeal, party: Body) -> Case:
    """Opens a case although the other side has the name of a client; the reason is sealed with the other side.

    Raises TakenAlready, KeyMissing.
    """
    with transaction.atomic():
        case = open_from_appeal(keyring=keyring, appeal=appeal)
        opened = open_case(case, keyring)
        first = case.parties.order_by("id").first()
        row = first or Party(case=case)
        before = opened.open(first).body if first else {}
        row.version += 1 if first else 0
        store(opened, row, {**before, **party})
        trail.record(verb="no_conflict", target=target(case), by=keyring.user, chain=case.office.chain)
    return case


def keep_sheet(*, keyring: Keyring, case: Case, changes: Body, version: int) -> None:
    """Way of working and evidence. `version`: 0 when there was no sheet yet. Raises ChangedMeanwhile."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        row = Sheet.objects.filter(case=case).select_related("case", "case__office").first()
        if row is not None:
            change_row(keyring=keyring, row=row, changes=changes, version=version)
            return
        if version:
            raise ChangedMeanwhile({})
        store(open_case(case, keyring), Sheet(case=case), changes)
        trail.record(verb="add_sheet", target=target(case), by=keyring.user, chain=case.office.chain)


def accept_theme(*, keyring: Keyring, matter: Matter, concept: str, version: int) -> None:
    """A suggested theme becomes the matter's; a case without a theme gets the topmost one. Raises ChangedMeanwhile."""
    with transaction.atomic():
        case = Case.objects.select_for_update().select_related("office").get(pk=matter.case_id)
        change_row(keyring=keyring, row=matter, changes={"theme": concept}, version=version)
        if not case.theme and not case.restricted:
            Case.objects.filter(pk=case.pk).update(theme=thesaurus.top_of(concept))
