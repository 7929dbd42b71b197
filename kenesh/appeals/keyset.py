"""Pages of a long list, each read from ranges of an index: no page costs more than the first.

A list is a few ranges, each of one office and one status, in which an index already has the order (deadline, then id).
The first rows of each range are read and merged; nothing is sorted by the database, nothing is skipped over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

Range = tuple[int, QuerySet[Any]]  # urgency (0 before 1), and rows that an index keeps by due_on and id


@dataclass(frozen=True)
class QueuePlace:
    """After which row the next page begins: urgency, deadline, id of the last row."""

    urgency: int
    due_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.urgency}_{self.due_on.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> QueuePlace | None:
        """None for anything that is not the text of a place."""
        parts = text.split("_")
        try:
            return cls(int(parts[0]), date.fromisoformat(parts[1]), int(parts[2]))
        except (ValueError, IndexError):
            return None


def reads(ranges: Iterable[Range], *, after: QueuePlace | None, limit: int) -> list[tuple[int, QuerySet[Any, Any]]]:
    """The queries that a page needs: each reads at most `limit` rows from one place of one index."""
    found = []
    for urgency, rows in ranges:
        parts = [rows]
        if after is not None and urgency < after.urgency:
            continue
        if after is not None and urgency == after.urgency:
            parts = [rows.filter(due_on=after.due_on, id__gt=after.id), rows.filter(due_on__gt=after.due_on)]
        found += [(urgency, part.order_by("due_on", "id").values_list("due_on", "id")[:limit]) for part in parts]
    return found


def first_ids(ranges: Iterable[Range], *, after: QueuePlace | None, limit: int) -> list[int]:
    """Ids of the first `limit` rows after this place, in order. Rows without `due_on` are in no range.

    What is less urgent is not read while what is urgent fills the page.
    """
    found: list[tuple[int, date, int]] = []
    for urgency, read in sorted(reads(ranges, after=after, limit=limit), key=itemgetter(0)):
        if len(found) < limit or urgency == found[-1][0]:
            found += [(urgency, *row) for row in read]
    return [row[2] for row in sorted(found)[:limit]]


def in_order(rows: QuerySet[Any], ids: list[int]) -> list[Any]:
    """These rows, in the order of their ids in the list."""
    by_id = rows.in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]
