"""What was searched for, and what the pages show of it. Everything here takes the keys of an open session."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Matter, Note, Party, Person, SealedQuery, SealedRow, Status
from kenesh.casework.search import asking, lookup
from kenesh.casework.search.contents import Contents, Opened, opened_of
from kenesh.casework.search.excerpts import Excerpt, Seeker, beginning
from kenesh.kernel import inserting, reading, vault
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation, Role
from kenesh.people.rules import organisations_as
from kenesh.themes import thesaurus

KEPT = timedelta(hours=24)
PAGE = 20
# By the kind of a term (search/terms.py): in which rows of a case the name stands that was found.
_NAMED: Mapping[str, type[SealedRow]] = {"e": Party, "n": Person}


@dataclass(frozen=True)
class Shown:
    """One line of the results: the row, its finest theme, where it happened, why it was found, and some of its words."""

    row: Case | Appeal
    is_case: bool
    theme: str
    place: str
    why: tuple[str, ...]
    concepts: tuple[str, ...]
    before: str = ""
    hit: str = ""
    after: str = ""


@dataclass
class Results:
    """A page of results. `older`: the address part of the next one, "" at the end. `no_key`: offices that this account cannot search."""

    rows: list[Shown] = field(default_factory=list)
    older: str = ""
    no_key: list[Organisation] = field(default_factory=list)


def offices_to_search(keyring: Keyring) -> list[Organisation]:
    return reading.rows_of(Organisation, "id", organisations_as(keyring.user, Role.CASEWORKER), order="id")


def keep_query(keyring: Keyring, *, words: str, show: str) -> uuid.UUID:
    """Seals a query to its author for a day; gives what the address names it by."""
    row = SealedQuery(user=keyring.user, expires_at=timezone.now() + KEPT)
    row.sealed = vault.seal(_key(keyring), json.dumps({"words": words, "show": show}).encode(), _place(row))
    with transaction.atomic():
        SealedQuery.objects.filter(expires_at__lte=timezone.now()).delete()
        inserting.insert(row)
    return row.uid


def kept_query(keyring: Keyring, view: str) -> dict[str, str]:
    """Raises Http404 for one that is forgotten by now, or another's."""
    try:
        uid = uuid.UUID(view)
    except ValueError:
        raise Http404 from None
    rows = reading.rows_with(SealedQuery, uid=uid, user_id=keyring.user.pk)
    row = next((one for one in rows if one.expires_at > timezone.now()), None)
    if row is None:
        raise Http404
    query: dict[str, str] = json.loads(vault.open_sealed(_key(keyring), bytes(row.sealed), _place(row)))
    return query


def _key(keyring: Keyring) -> bytes:
    return vault.B(keyring.secret, "search-query")


def _place(row: SealedQuery) -> vault.Place:
    return vault.Place("casework_sealedquery", "sealed", row.uid.hex)


def results(keyring: Keyring, offices: list[Organisation], *, words: str, show: str, after: str = "") -> Results:
    """A page of what was found, office by office; opens what it shows. `after`: the `older` of the page before."""
    asked, found = asking.parse(words), Results()
    begin, _, place = after.partition(".")
    first = int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 9 else 0
    hits: list[lookup.Hit] = []
    for at, office in enumerate(offices):
        if at < first:
            continue
        start = lookup.Place.parse(place) if begin == str(at) else None
        try:
            page = lookup.find(keyring, office, asked.query, after=start, limit=PAGE - len(hits), wanted=_filter(keyring, show))
        except KeyMissing:
            found.no_key.append(office)
            continue
        hits += page.hits
        if page.older is not None:
            found.older = f"{at}.{page.older}"
            break
        if len(hits) >= PAGE and at + 1 < len(offices):
            found.older = f"{at + 1}."
            break
    found.rows = _shown(keyring, hits, asked)
    return found


def _filter(keyring: Keyring, show: str) -> Callable[[Case | Appeal], bool]:
    def wanted(row: Case | Appeal) -> bool:
        if show == "new":
            return isinstance(row, Appeal)
        if not show:
            return True
        if not isinstance(row, Case):
            return False
        if show == "mine":
            return row.assignee_id == keyring.user.pk
        return (row.status == Status.CLOSED) == (show == "closed")

    return wanted


def _shown(keyring: Keyring, hits: Sequence[lookup.Hit], asked: asking.Asked) -> list[Shown]:
    """Of each row is opened what its line shows; more only where the word that was looked for does not stand in that."""
    named = {_NAMED[term[0]] for hit in hits for term in hit.matched if term[0] in _NAMED}
    opened = opened_of(
        [hit.case for hit in hits if hit.case],
        [hit.appeal for hit in hits if hit.appeal],
        keyring,
        kinds=(Matter, *named),
        talk=False,
    )
    by_row = {one.case or one.appeal: one for one in opened.contents}
    rows = [(hit, by_row.get(hit.row)) for hit in hits]
    return [_line(hit, one, excerpt) for (hit, one), excerpt in zip(rows, _excerpts(rows, opened, asked, named), strict=True)]


def _excerpts(
    rows: list[tuple[lookup.Hit, Contents | None]], opened: Opened, asked: asking.Asked, read: set[type[SealedRow]]
) -> list[Excerpt]:
    """`read`: kinds of rows that were read already."""
    seeker = Seeker(asked.words)
    found = [seeker.find(one.texts(), hit.matched) if one else Excerpt() for hit, one in rows]
    rest = {id(one) for (hit, one), excerpt in zip(rows, found, strict=True) if not excerpt and seeker.seeks(hit.matched)}
    opened.read_talk(rest)
    kinds: tuple[type[SealedRow], ...] = (Note, *_NAMED.values())
    opened.read_rows([kind for kind in kinds if kind not in read], rest)
    for at, (hit, one) in enumerate(rows):
        if one and not found[at]:
            found[at] = (seeker.find(one.texts(), hit.matched) if id(one) in rest else None) or beginning(one.texts())
    return [excerpt or Excerpt() for excerpt in found]


def _line(hit: lookup.Hit, contents: Contents | None, excerpt: Excerpt) -> Shown:
    kinds = tuple(dict.fromkeys(term[0] for term in hit.matched))
    concepts = tuple(dict.fromkeys(term[2:] for term in hit.matched if term.startswith("c:")))
    if contents is None:
        return Shown(hit.row, hit.case is not None, hit.row.theme, "", kinds, concepts)
    chosen = [*contents.of("matter"), *contents.answers]
    fine = next((str(body["theme"]) for body in chosen if body.get("theme") in thesaurus.concepts()), hit.row.theme)
    place = next((str(body["region"]) for body in contents.of("matter") if body.get("region")), "")
    place = place or next((str(body["where_place"]) for body in contents.answers if body.get("where_place")), "")
    return Shown(hit.row, hit.case is not None, fine, place, kinds, concepts, *excerpt)
