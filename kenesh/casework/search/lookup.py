"""Which cases and unopened appeals of an office stand under given terms, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from kenesh.appeals.models import LIVE, Appeal
from kenesh.casework.models import Case, Handle, IndexState, Status
from kenesh.casework.search.cursors import AllOf, AnyOf, Cursor, Postings
from kenesh.casework.search.indexing import OpenIndex, open_indexes
from kenesh.casework.search.multimap import LARGEST, Multimap
from kenesh.kernel import reading
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, User

MOST_LOOKED_AT = 600  # numbers for one page, when filters refuse most of them

# Any of these conjunctions; each is a list of words; each word may stand under any of its terms.
Query = Sequence[Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Hit:
    """A case or an appeal that nobody has taken up yet (one of the two is None), and which of the terms it stands under."""

    case: Case | None
    appeal: Appeal | None
    matched: tuple[str, ...]

    @property
    def row(self) -> Case | Appeal:
        found = self.case or self.appeal
        if found is None:
            raise ValueError("a hit is a case or an appeal")
        return found


@dataclass(frozen=True)
class Place:
    """Where the next page begins: at which index (the number of its state), below which number."""

    index: int
    number: int

    def __str__(self) -> str:
        return f"{self.index}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """None for anything that is not the text of a place."""
        index, _, number = text.partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 12 for part in (index, number)):
            return None
        return cls(int(index), int(number))


@dataclass
class Found:
    """A page of hits. `older`: where the next page begins, None at the end."""

    hits: list[Hit] = field(default_factory=list)
    older: Place | None = None


def cases_with(keyring: Keyring, office: Organisation, terms: list[str], *, every: bool = True, limit: int = 30) -> list[Hit]:
    """Newest first. `every`: all terms must stand there, else any. Raises KeyMissing without the office's key, vault.Tampered."""
    words: list[list[str]] = [[term] for term in terms] if every else [terms]
    return find(keyring, office, [words], limit=limit).hits if terms else []


def find(
    keyring: Keyring,
    office: Organisation,
    query: Query,
    *,
    after: Place | None = None,
    limit: int = 30,
    wanted: Callable[[Case | Appeal], bool] = lambda row: True,
) -> Found:
    """A page of what stands under the query, in all indexes of the office. Raises KeyMissing, vault.Tampered.

    What the lists still name although it is gone (erased, changed since, taken up) is taken out of them in passing.
    """
    found = Found()
    indexes = open_indexes(keyring, office)
    begin = next((at for at, index in enumerate(indexes) if after and index.state.pk == after.index), 0)
    looked_at = 0
    for at, index in enumerate(indexes[begin:], start=begin):
        below = after.number if after and at == begin and index.state.pk == after.index else LARGEST
        cursor = _cursor(index.map, query)
        standing = _standing(cursor, below - 1 if below != LARGEST else LARGEST)
        gone: dict[str, dict[int, set[int]]] = {}
        try:
            while some := list(islice(standing, limit + 1)):
                looked_at += len(some)
                for number, hit in _rows(index, office, some, gone):
                    if not wanted(hit.row):
                        continue
                    if len(found.hits) == limit:
                        return found
                    found.hits.append(hit)
                    found.older = Place(index.state.pk, number)
                if looked_at >= MOST_LOOKED_AT:
                    found.older = Place(index.state.pk, some[-1][0])
                    return found
        finally:
            _purge(index, gone)
    found.older = None
    return found


def _cursor(index: Multimap, query: Query) -> Cursor:
    """Heads of all terms of the query in one question."""
    heads = index.heads({term for words in query for word in words for term in word})

    def any_of(word: Sequence[str]) -> Cursor:
        return AnyOf([Postings(index, term, heads[term]) for term in dict.fromkeys(word) if term in heads])

    return AnyOf([AllOf([any_of(word) for word in words]) for words in query if words])


def _standing(cursor: Cursor, number: int) -> Iterator[tuple[int, list[tuple[str, int]]]]:
    """The numbers at which the cursor stands, newest first, with the terms and their blocks."""
    while number and (number := cursor.seek(number)):
        yield number, cursor.places()
        number -= 1


def first(index: Multimap, query: Query, limit: int) -> list[tuple[int, list[tuple[str, int]]]]:
    """The newest numbers under a query, with the terms and blocks in which they stand. Raises vault.Tampered."""
    return list(islice(_standing(_cursor(index, query), LARGEST), limit))


def _rows(
    index: OpenIndex,
    office: Organisation,
    some: list[tuple[int, list[tuple[str, int]]]],
    gone: dict[str, dict[int, set[int]]],
) -> Iterator[tuple[int, Hit]]:
    """What the numbers stand for, in their order; those that stand for nothing any more go to `gone`."""
    handles = {index.map.handle(number): number for number, _ in some}
    # By the primary key alone: with the state beside it, SQLite walks through all handles of the state.
    known = [row for row in reading.rows_of(Handle, "id", handles) if row.state_id == index.state.pk]
    _join(known)
    by_number = {handles[row.pk]: row for row in known if _lies_with(row, office)}
    for number, places in some:
        row = by_number.get(number)
        if row is None:
            for term, place in places:
                gone.setdefault(term, {}).setdefault(place, set()).add(number)
        elif _shown(row):
            yield number, Hit(row.case, row.appeal, tuple(term for term, _ in places))


def _join(rows: list[Handle]) -> None:
    """Gives the handles what they stand for, and the cases their assignees."""
    cases = {case.pk: case for case in reading.rows_of(Case, "id", [row.case_id for row in rows if row.case_id])}
    new = {appeal.pk: appeal for appeal in reading.rows_of(Appeal, "id", [row.appeal_id for row in rows if row.appeal_id])}
    assigned = {case.assignee_id for case in cases.values() if case.assignee_id}
    people = {user.pk: user for user in reading.rows_of(User, "id", assigned)}
    for case in cases.values():
        case.assignee = people.get(case.assignee_id or 0)
    for row in rows:
        row.case, row.appeal = cases.get(row.case_id or 0), new.get(row.appeal_id or 0)


def _lies_with(row: Handle, office: Organisation) -> bool:
    """Whether it is this office's; then the row is given the office, which is at hand."""
    found = row.case or row.appeal
    if found is None or found.office_id != office.pk:
        return False
    found.office = office
    return True


def _shown(row: Handle) -> bool:
    """Nothing that its person has taken back or is erasing, and nothing that has become restricted since."""
    if row.case is not None:
        return row.case.status != Status.ERASING and not row.case.restricted
    return row.appeal is not None and row.appeal.status in LIVE and not row.appeal.restricted


def _purge(index: OpenIndex, gone: dict[str, dict[int, set[int]]]) -> None:
    if not gone:
        return
    with transaction.atomic():
        IndexState.objects.select_for_update().get(pk=index.state.pk)
        for term, places in gone.items():
            index.map.purge(term, places)
