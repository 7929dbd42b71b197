"""Pieces of long lists, and the one row of an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

PAGE = 30
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """A piece of a long list, newest first. `after`: what the next piece begins behind; "" at the end."""

    rows: list[Row]
    after: str


def sliced(rows: QuerySet[Row], after: str, key: str = "pk") -> Slice[Row]:
    """Raises Http404 for a place that is no number."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Http404
    if after:
        rows = rows.filter(**{f"{key}__lt": int(after)})
    here = list(rows.order_by(f"-{key}")[: PAGE + 1])
    return Slice(here[:PAGE], str(getattr(here[PAGE - 1], key)) if len(here) > PAGE else "")


def found(rows: QuerySet[Row]) -> Row:
    """The only row. Raises Http404."""
    row = rows.first()
    if row is None:
        raise Http404
    return row


def page_number(asked: str, most: int = 999) -> int:
    """Of a list that is numbered by pages; the first for what is no number."""
    return min(max(int(asked), 1), most) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
