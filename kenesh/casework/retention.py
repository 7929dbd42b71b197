"""How many months a closed case is kept by its office's rule, and what a change of a closed case does to its day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from kenesh.casework.models import Case, Matter, RetentionOfType, RetentionRule, SealedRow, Sheet, Status, Sum
from kenesh.casework.opening import OpenCase
from kenesh.people.models import Organisation
from kenesh.themes import thesaurus

MONEY = "pay"  # the top theme of wages


def rule_of(office: Organisation) -> RetentionRule:
    """The office's rule; unsaved with the usual months when it has none of its own."""
    return RetentionRule.objects.filter(office=office).first() or RetentionRule(office=office)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_of(opened: OpenCase) -> int:
    """Those of the case's way of working where the office has set them; else those of money or the usual ones."""
    of_type = _months_of_type(opened)
    return of_type if of_type is not None else months_by_money(opened.case.office, about_money(opened))


def months_by_money(office: Organisation, money: bool) -> int:
    """One of the two numbers of the office's rule."""
    rule = rule_of(office)
    return rule.months_of_money if money else rule.months


def _months_of_type(opened: OpenCase) -> int | None:
    of_types = months_of_types(opened.case.office)
    sheet = Sheet.objects.filter(case=opened.case).first() if of_types else None
    return None if sheet is None else of_types.get(str(opened.open(sheet).body.get("type") or ""))


def months_of_types(office: Organisation) -> dict[str, int]:
    """Way of working → months, of those that the office has set."""
    return dict(RetentionOfType.objects.filter(office=office).values_list("case_type", "months"))


def about_money(opened: OpenCase) -> bool:
    """Whether a sum or a theme of wages stands in the case."""
    return (
        opened.about()["theme"] == MONEY
        or opened.case.sums.exists()
        or any(item.body.get("currency") or _is_of_wages(item.body.get("theme")) for item in opened.matters())
    )


def _is_of_wages(theme: object) -> bool:
    return theme in thesaurus.concepts() and thesaurus.top_of(str(theme)) == MONEY


@contextmanager
def kept_longer(opened: OpenCase, row: SealedRow) -> Iterator[None]:
    """Around a change of a case, inside its transaction: a closed one that comes under more months by it (a sum is found out at
    the check after closing) is kept by the difference longer, counted at most from today; nothing makes it shorter."""
    case = None
    if isinstance(row, (Sum, Matter, Sheet)):
        case = Case.objects.filter(pk=opened.case.pk, status=Status.CLOSED, keep_until__isnull=False).first()
    before = months_of(opened) if case is not None else 0
    yield
    if case is None or case.keep_until is None:
        return
    after = months_of(opened)
    if after > before:
        longer = min(months_later(case.keep_until, after - before), months_later(timezone.localdate(), after))
        Case.objects.filter(pk=case.pk, keep_until__lt=longer, status=Status.CLOSED).update(keep_until=longer)
