"""Words of people that stand beside a problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from kenesh.problems.models import Problem, Quotation

FEW = 3  # on the problem's own page
PAGE = 20


@dataclass(frozen=True)
class QuotationPage:
    """Some quotations, newest month first, and the code after which the next ones come ("" on the last page)."""

    rows: list[Quotation]
    after: str


def quotations_of(problem: Problem, *, after: str = "", limit: int = PAGE) -> QuotationPage:
    """Those of problems that were joined to it too. Raises Http404 for an `after` that is not the code of one of them."""
    every = Quotation.objects.filter(Q(problem=problem) | Q(problem__merged_into=problem))
    rows = every.order_by("-month", "code")
    if after:
        last = every.filter(code=after).values_list("month", flat=True).first()
        if last is None:
            raise Http404
        rows = rows.filter(Q(month__lt=last) | Q(month=last, code__gt=after))
    found = list(rows[: limit + 1])
    return QuotationPage(found[:limit], found[limit - 1].code if len(found) > limit else "")


def still_public(codes: Iterable[str]) -> set[str]:
    """Those of these codes whose words everybody can read now."""
    several = list(codes)
    return set(Quotation.objects.filter(code__in=several).values_list("code", flat=True)) if several else set()
