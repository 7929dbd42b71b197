"""What waits to be checked, and what is checked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404

from kenesh.library.models import Document

PAGE = 30


@dataclass(frozen=True)
class Shelf:
    """One page of documents, and the code behind which the next begins ("" at the end)."""

    documents: list[Document]
    next_before: str


TABS = {
    "waiting": Q(taken_out_at=None, checked_at=None),
    "checked": Q(taken_out_at=None, checked_at__isnull=False),
    "out": Q(taken_out_at__isnull=False),
}


def documents_under(tab: str, *, before: str = "", limit: int = PAGE) -> Shelf:
    """The newest first. Raises KeyError for an unknown tab, Http404 for a place that is none."""
    rows = Document.objects.light().filter(TABS[tab]).order_by("-id")
    if before:
        place = Document.objects.filter(code=before).values_list("pk", flat=True).first()
        if place is None:
            raise Http404
        rows = rows.filter(pk__lt=place)
    found = list(rows.select_related("checked_by", "resembles")[: limit + 1])
    return Shelf(found[:limit], found[limit - 1].code if len(found) > limit else "")


def numbers() -> dict[str, int]:
    """How many documents stand under each tab: those that wait, that are checked, that are hidden."""
    return Document.objects.aggregate(**{tab: Count("pk", filter=which) for tab, which in TABS.items()})
