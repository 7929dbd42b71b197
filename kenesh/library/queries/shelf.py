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


def documents_to_check(*, checked: bool, before: str = "", limit: int = PAGE) -> Shelf:
    """The newest first. Raises Http404 for a place that is none."""
    rows = Document.objects.light().filter(checked_at__isnull=not checked).order_by("-id")
    if before:
        place = Document.objects.filter(code=before).values_list("pk", flat=True).first()
        if place is None:
            raise Http404
        rows = rows.filter(pk__lt=place)
    found = list(rows.select_related("checked_by", "resembles")[: limit + 1])
    return Shelf(found[:limit], found[limit - 1].code if len(found) > limit else "")


def numbers() -> dict[str, int]:
    """How many documents wait, and how many are checked."""
    waiting, checked = Q(checked_at__isnull=True), Q(checked_at__isnull=False)
    return Document.objects.aggregate(waiting=Count("pk", filter=waiting), checked=Count("pk", filter=checked))
