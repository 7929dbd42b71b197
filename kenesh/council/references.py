"""What a point of the agenda may come from and refer to in a room above: a kind, a code and a title, resolved by who registered
the kind. So a council puts a recommendation on its agenda without knowing what a recommendation is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from kenesh.council.models import AgendaItem, ItemReference, Meeting
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class Candidate:
    """Something that could come before a meeting. `point`: what the point of the agenda would be called; `why`: why it could come
    now, in the active language; `address`: of its page for who works there."""

    code: str
    title: Translated
    point: dict[str, str]
    why: str
    address: str


@dataclass(frozen=True)
class Referred:
    """What a point refers to, as it may be shown. `address`: "" where there is no page of it for who reads."""

    name: str
    code: str
    title: Translated
    address: str


class Source(Protocol):
    """One kind of things in a room above. Each question costs the same number of queries however much there is."""

    kind: str

    @property
    def name(self) -> str | Promise:
        """Of one of them, in the reader's language."""

    @property
    def plural(self) -> str | Promise:
        """Of several."""

    def coming(self, meeting: Meeting) -> list[Candidate]:
        """What could come before the meeting, the most urgent first."""

    def candidate(self, meeting: Meeting, code: str) -> Candidate | None:
        """The one of this code, if it may come before the meeting."""

    def known(self, codes: Collection[str], *, meeting: Meeting | None) -> dict[str, tuple[Translated, str]]:
        """Title and address of those that the body of the meeting may read; without a meeting of those that are public."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """The same kind again takes the place of the one before."""
    _sources[source.kind] = source


def sources() -> list[Source]:
    return list(_sources.values())


def source_of(kind: str) -> Source | None:
    return _sources.get(kind)


def referred(items: Iterable[AgendaItem], *, meeting: Meeting | None) -> dict[int, list[Referred]]:
    """What each point refers to, by the id of the point; `reference_rows` must be prefetched. For the body of the meeting that is
    everything; without a meeting only what everybody may read. One question to each source."""
    rows = [row for item in items for row in item.reference_rows.all()]
    found: dict[int, list[Referred]] = {}
    for kind in dict.fromkeys(row.kind for row in rows):
        source = _sources.get(kind)
        mine = [row for row in rows if row.kind == kind]
        known = source.known({row.code for row in mine}, meeting=meeting) if source else {}
        for row in mine:
            if row.code in known or meeting is not None:
                found.setdefault(row.item_id, []).append(_shown(row, source, known.get(row.code)))
    return found


def _shown(row: ItemReference, source: Source | None, known: tuple[Translated, str] | None) -> Referred:
    title, address = known or (row.title, "")
    return Referred(str(source.name) if source else "", row.code, title, address)
