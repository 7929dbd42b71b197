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


_FEW = 1000  # places that are read whole


@dataclass(frozen=True)
class Few:
    """What several keys leave, read whole: recommendation, stage, and the day after which it is late; the newest first."""

    places: list[tuple[int, str, date]]

    def of(self, status: str, today: date) -> list[int]:
        """Recommendations of this status; all for a status that there is not. As `in_status` says it."""
        if status not in Status:
            return [pk for pk, _stage, _late_after in self.places]
        return [pk for pk, stage, late_after in self.places if _status(stage, late_after, today) == status]

    def counts(self, today: date) -> dict[str, int]:
        found = Counter(_status(stage, late_after, today) for _pk, stage, late_after in self.places)
        return {status.value: found[status.value] for status in Status}


def _status(stage: str, late_after: date, today: date) -> str:
    return Status.OVERDUE if stage == Stage.WAITING and late_after < today else stage


def few(keys: list[str]) -> Few | None:
    """What several keys leave, for the counts and for the list in one look; None where it is much, or under one key."""
    if len(keys) < 2:
        return None
    rows = filed_under(keys).order_by("-recommendation_id").values_list("recommendation_id", "stage", "late_after")
    places = list(rows[: _FEW + 1])
    return Few(places) if len(places) <= _FEW else None


def counts_by_status(keys: list[str], today: date, read: Few | None = None) -> dict[str, int]:
    """How many published recommendations under all of these keys have each status. `read`: what was read of several keys.

    Under one key they are kept, and read with one query; what several keys leave is counted, beginning with the narrowest.
    """
    if read is not None:
        return read.counts(today)
    if len(keys) > 1:
        return filed_under(keys).aggregate(**{status.value: Count("pk", filter=in_status(status, today)) for status in Status})
    sums = {status.value: Sum("number", filter=in_status(status, today), default=0) for status in Status}
    return FiledCount.objects.filter(key=keys[0]).aggregate(**sums)
