"""What the index knows about somebody who has just come: the same person, the same employer, similar matters that went well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, KeptApart, Letter, Matter, Party, Person, Step
from kenesh.casework.search import lookup, subjects, terms
from kenesh.casework.search.contents import Contents, contents_of
from kenesh.casework.search.lookup import Hit
from kenesh.kernel import vault
from kenesh.people.keyring import Keyring
from kenesh.people.models import OrganisationEpoch

MOST_SAME = 5
MOST_SIMILAR = 5
MOST_COUNTED = 100
_SAME_EMPLOYER = ("e:inn:", "e:ogrn:", "e:bin:", "e:phone:", "e:site:", "e:name:")


@dataclass(frozen=True)
class Same:
    """A case or appeal in which the same person, phone or document seems to be; `why`: kinds of terms ("p", "d", "n")."""

    row: Case | Appeal
    is_case: bool
    why: tuple[str, ...]


@dataclass
class Duplicates:
    """What a person may join or keep apart. `employer`: how many other cases have the same other side (100: or more)."""

    same: list[Same] = field(default_factory=list)
    employer: int = 0


@dataclass(frozen=True)
class Similar:
    """A matter that went well: its case, outcome and what was done, titles only."""

    case: Case
    outcomes: tuple[str, ...]
    steps: tuple[str, ...]
    letters: tuple[str, ...]


def mark_of(index_key: bytes, one: Case | Appeal, other: Case | Appeal) -> bytes:
    """16 bytes that stand for the two, in whatever order."""
    return vault.prf(index_key, "kept-apart", "|".join(sorted((one.uid.hex, other.uid.hex))).encode(), 16)


def opened_row(keyring: Keyring, row: Case | Appeal) -> Contents | None:
    """What is in it; None for what this session cannot open, or what is restricted."""
    kinds = (Person, Party, Matter)
    opened = contents_of([row], [], keyring, kinds=kinds) if isinstance(row, Case) else contents_of([], [row], keyring)
    return opened[0] if opened else None


def duplicates(keyring: Keyring, row: Case | Appeal, contents: Contents) -> Duplicates:
    """Raises KeyMissing without the office's key, vault.Tampered."""
    bodies = [*contents.answers, *contents.of("person")]
    hits = _hits(keyring, row, bodies)
    apart = _kept_apart(keyring, row, [hit.row for hit in hits])
    same = [Same(hit.row, hit.case is not None, _kinds(hit)) for hit in hits if hit.row.uid not in apart]
    return Duplicates(same[:MOST_SAME], _same_employer(keyring, row, contents))


def _hits(keyring: Keyring, row: Case | Appeal, bodies: Iterable[dict[str, Any]]) -> list[Hit]:
    return _hits_of(keyring, row, _asked(bodies))


def _hits_of(keyring: Keyring, row: Case | Appeal, query: list[list[list[str]]]) -> list[Hit]:
    if not query:
        return []
    found = lookup.find(keyring, row.office, query, limit=MOST_SAME + 3, wanted=lambda other: not _one(other, row))
    return found.hits


def _asked(bodies: Iterable[dict[str, Any]]) -> list[list[list[str]]]:
    """The same phone or document; or every part of a name of at least two, in one case."""
    several = list(bodies)
    exact = [term for term in dict.fromkeys(subjects.person_terms(several)) if term[:2] in ("p:", "d:")]
    names = {tuple(terms.name_terms(str(body.get("name") or ""))) for body in several}
    return ([[exact]] if exact else []) + [[[term] for term in name] for name in sorted(names) if len(name) > 1]


def known_among(keyring: Keyring, cases: Sequence[Case]) -> list[Case]:
    """Those of these new cases of one office whose person seems to be in another case or appeal too: what `duplicates` tells of
    one, asked once for all. Raises KeyMissing."""
    opened = [contents for contents in contents_of(cases, [], keyring, kinds=(Person,)) if contents.case is not None]
    asked = {contents.case: _asked([*contents.answers, *contents.of("person")]) for contents in opened if contents.case}
    query = [words for own in asked.values() for words in own]
    if not query:
        return []
    found = lookup.find(keyring, cases[0].office, query, limit=lookup.MOST_LOOKED_AT)
    stands = [(hit.row, set(hit.matched)) for hit in found.hits]

    def known(case: Case, own: list[list[list[str]]]) -> bool:
        others = (matched for row, matched in stands if not _one(row, case))
        return any(all(matched & set(word) for word in words) for matched in others for words in own)

    # Names that very many have fill the page of the one question: then those that it left out are asked about by themselves.
    return [case for case, own in asked.items() if known(case, own) or (found.older is not None and _hits_of(keyring, case, own))]


def _one(other: Case | Appeal, row: Case | Appeal) -> bool:
    return type(other) is type(row) and other.pk == row.pk  # an appeal that became a case has lost its handle


def _kinds(hit: Hit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term[0] for term in hit.matched))


def _kept_apart(keyring: Keyring, row: Case | Appeal, others: list[Case | Appeal]) -> set[Any]:
    """The uids of those that somebody keeps apart from this one, under any epoch's key."""
    if not others:
        return set()
    marks: dict[bytes, Any] = {}
    for epoch in OrganisationEpoch.objects.filter(organisation=row.office):
        key = keyring.index_key(epoch)
        marks.update({mark_of(key, row, other): other.uid for other in others})
    stored = KeptApart.objects.filter(mark__in=list(marks)).values_list("mark", flat=True)
    return {marks[bytes(mark)] for mark in stored}


def _same_employer(keyring: Keyring, row: Case | Appeal, contents: Contents) -> int:
    strong = [
        term for party in subjects.parties_of(contents) for term in subjects.party_terms(party) if term.startswith(_SAME_EMPLOYER)
    ]
    if not strong:
        return 0
    found = lookup.find(keyring, row.office, [[strong]], limit=MOST_COUNTED, wanted=lambda other: not _one(other, row))
    return len(found.hits)


def similar(keyring: Keyring, case: Case, contents: Contents) -> list[Similar]:
    """Up to five other cases with a matter of the same fine theme that went well, those of the same country first."""
    matters = [(str(m.get("theme") or ""), str(m.get("country") or "")) for m in contents.of("matter") if m.get("theme")]
    found: dict[int, Case] = {}
    for countries in (True, False):
        wanted = [terms.matter_term(theme, country if countries else "", subjects.WORKED_GROUP) for theme, country in matters]
        if wanted and len(found) < MOST_SIMILAR:
            for hit in lookup.cases_with(keyring, case.office, wanted, every=False, limit=MOST_SIMILAR + 1):
                if hit.case is not None and hit.case.pk != case.pk:
                    found.setdefault(hit.case.pk, hit.case)
    themes = {theme for theme, _ in matters}
    opened = contents_of(list(found.values())[:MOST_SIMILAR], [], keyring, kinds=(Matter, Step, Letter))
    return [_what_worked(each, themes) for each in opened]


def _what_worked(contents: Contents, themes: set[str]) -> Similar:
    if contents.case is None:
        raise ValueError("only cases have matters")
    matters = [m for m in contents.of("matter") if m.get("theme") in themes and m.get("outcome") in subjects.WORKED]
    return Similar(
        contents.case,
        tuple(dict.fromkeys(str(matter["outcome"]) for matter in matters)),
        tuple(dict.fromkeys(str(step["kind"]) for step in contents.of("step") if step.get("kind"))),
        tuple(dict.fromkeys(str(letter["title"]) for letter in contents.of("letter") if letter.get("title"))),
    )
