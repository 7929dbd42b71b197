"""The other side with its conflict check, the sheet of a case, and themes that were suggested."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework import registers
from kenesh.casework.actions.cases import open_from_appeal
from kenesh.casework.actions.writing import add_row, change_row, store, target
from kenesh.casework.models import Case, Matter, Party, Person, Sheet
from kenesh.casework.opening import Body, ChangedMeanwhile, open_case
from kenesh.casework.opening_many import open_cases
from kenesh.casework.retention import kept_longer
from kenesh.casework.search import indexing, lookup, terms
from kenesh.kernel import reading, trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation
from kenesh.themes import thesaurus

PAGE = 30  # cases that are opened at a time to see whether a name in them is a client's
MOST_PAGES = 20
ENOUGH = 10  # clients that are shown


@dataclass(frozen=True)
class Conflict:
    """A client of the office who may be the other side of somebody else: which case, and by what.

    `case`: None when more files have the name than could be looked through, and none so far was a client's.
    """

    case: Case | None
    name: str
    by: str  # "name", "phone" or "unfinished"


def conflicts(*, keyring: Keyring, office: Organisation, name: str, phone: str = "", but: Case | None = None) -> list[Conflict]:
    """Clients of the office who have the other side's name, in any script, or its phone. Raises KeyMissing.

    What waits to be searchable is worked off first, for a moment; `not_yet_searchable` says whether something is left.
    """
    indexing.work_off(keyring, [office])
    groups, phones = terms.names_to_find(name), terms.phone_terms(phone)
    queries: list[list[list[str]]] = [words for words in (groups, [phones] if phones else []) if words]
    found: dict[tuple[int, str], Conflict] = {}
    whole = True
    for query in queries:
        after: lookup.Place | None = None
        for _page in range(MOST_PAGES):
            page = lookup.find(
                keyring, office, [query], after=after, limit=PAGE, wanted=lambda row: isinstance(row, Case) and row != but
            )
            cases = [hit.case for hit in page.hits if hit.case is not None]
            found |= {(pk, one.name): one for pk, one in _clients_who_match(cases, keyring, groups, set(phones))}
            after = page.older
            if after is None or len(found) >= ENOUGH:
                break
        whole &= after is None
    return list(found.values()) if found or whole else [Conflict(None, name, "unfinished")]


def not_yet_searchable(office: Organisation) -> int:
    """How many files of the office no conflict check can see yet."""
    return indexing.waiting([office])


def _clients_who_match(
    cases: list[Case], keyring: Keyring, groups: list[list[str]], phones: set[str]
) -> Iterator[tuple[int, Conflict]]:
    """With the number of each one's case; a name that stands in it as a witness or an employer is no client's.

    What is restricted or taken back stays closed: the rest of the office may not learn that somebody is in it.
    """
    opened = open_cases(cases, keyring)
    for row in reading.rows_of(Person, "case_id", opened, order="id"):
        case = opened[row.case_id]
        if row.latched or row.epoch not in case.keys:
            continue
        body = case.open(row).body
        name, own = str(body.get("name", "")), _names_of(body)
        if groups and all(own & set(group) for group in groups):
            yield row.case_id, Conflict(case.case, name, "name")
        elif phones & set(terms.phone_terms(str(body.get("phone", "")))):
            yield row.case_id, Conflict(case.case, name, "phone")


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
        opened, row = open_case(case, keyring), Sheet(case=case)
        with kept_longer(opened, row):
            store(opened, row, changes)
        trail.record(verb="add_sheet", target=target(case), by=keyring.user, chain=case.office.chain)


def accept_theme(*, keyring: Keyring, matter: Matter, concept: str, version: int) -> None:
    """A suggested theme becomes the matter's; a case without a theme gets the topmost one. Raises ChangedMeanwhile."""
    with transaction.atomic():
        case = Case.objects.select_for_update().select_related("office").get(pk=matter.case_id)
        change_row(keyring=keyring, row=matter, changes={"theme": concept}, version=version)
        if not case.theme and not case.restricted:
            Case.objects.filter(pk=case.pk).update(theme=thesaurus.top_of(concept))
