"""What a reader of the public list may choose, and the keys under which recommendations are filed for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from kenesh.followup.models import Filed, FiledCount, Stage, Status

ALL = "all"
# Name of a filter → the kind of its key. In this order the first that was chosen leads: it is likely to narrow the most.
KINDS = {"addressee": "to", "theme": "theme", "source": "from", "country": "in", "body": "body"}


def key(kind: str, value: str) -> str:
    """The key of a place in the list."""
    return f"{kind}:{value}"


@dataclass(frozen=True)
class Filters:
    """What a reader chose; empty values choose everything."""

    status: str = ""
    addressee: str = ""
    body: str = ""
    country: str = ""
    theme: str = ""
    source: str = ""

    @property
    def keys(self) -> list[str]:
        """The keys under all of which a recommendation must be filed, the one to begin with first."""
        return [key(kind, value) for name, kind in KINDS.items() if (value := getattr(self, name))] or [ALL]


def in_status(status: str, today: date, *, day: str = "late_after") -> Q:
    """Rows of this status; every row for a status that there is not. `day`: the column after which an answer is late."""
    waiting = Q(stage=Stage.WAITING)
    if status == Status.OVERDUE:
        return waiting & Q(**{f"{day}__lt": today})
    if status == Status.WAITING:
        return waiting & Q(**{f"{day}__gte": today})
    return Q(stage=status) if status in Stage.values else Q()


def filed_under(keys: list[str]) -> QuerySet[Filed]:
    """The places under the first key of what is filed under all of them."""
    rows = Filed.objects.filter(key=keys[0])
    for other in keys[1:]:
        rows = rows.filter(Exists(Filed.objects.filter(recommendation=OuterRef("recommendation_id"), key=other)))
    return rows


Place = tuple[int, Status]  # a recommendation and its public status


def with_statuses(rows: QuerySet[Filed], most: int, today: date) -> list[Place]:
    """The newest places, at most `most`, each with its status as `in_status` says it."""
    places = rows.order_by("-recommendation_id").values_list("recommendation_id", "stage", "late_after")[:most]
    return [
        (pk, Status.OVERDUE if stage == Stage.WAITING and late_after < today else Status(stage))
        for pk, stage, late_after in places
    ]


_FEW = 1000  # places that are read whole


@dataclass(frozen=True)
class Few:
    """What several keys leave, read whole; the newest first."""

    places: list[Place]

    def of(self, status: str) -> list[Place]:
        """Those of this status; all for a status that there is not."""
        return [place for place in self.places if place[1] == status] if status in Status else self.places

    def counts(self) -> dict[str, int]:
        found = Counter(status for _pk, status in self.places)
        return {status.value: found[status] for status in Status}


def few(keys: list[str], today: date) -> Few | None:
    """What several keys leave, for the counts and for the list in one look; None where it is much, or under one key."""
    if len(keys) < 2:
        return None
    places = with_statuses(filed_under(keys), _FEW + 1, today)
    return Few(places) if len(places) <= _FEW else None


def counts_by_status(keys: list[str], today: date, read: Few | None = None) -> dict[str, int]:
    """How many published recommendations under all of these keys have each status. `read`: what was read of several keys.

    Under one key they are kept, and read with one query; what several keys leave is counted, beginning with the narrowest.
    """
    if read is not None:
        return read.counts()
    if len(keys) > 1:
        return filed_under(keys).aggregate(**{status.value: Count("pk", filter=in_status(status, today)) for status in Status})
    sums = {status.value: Sum("number", filter=in_status(status, today), default=0) for status in Status}
    return FiledCount.objects.filter(key=keys[0]).aggregate(**sums)
