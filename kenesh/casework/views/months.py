"""What an office counts by hand: one form, a row for each month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.casework.actions.months import keep_month
from kenesh.casework.forms.months import LABELS, MonthForm
from kenesh.casework.models import BY_HAND
from kenesh.casework.opening import ChangedMeanwhile
from kenesh.casework.queries.keeping import offices_of
from kenesh.casework.queries.months import month_kept, months_kept
from kenesh.casework.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import Organisation
from kenesh.themes import dates

BACK = 24  # months that can still be filled in


def _months(today: date) -> list[date]:
    """First days of this month and of those before it."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last, last - BACK, -1)]


@requires(Permission.SEE_STATISTICS)
def months(request: HttpRequest, code: str) -> HttpResponse:
    """The months of this office, and the form for one: the present month, or `?month=2026-05`."""
    office = next((office for office in offices_of(person_of(request)) if office.code == code), None)
    if office is None:
        raise Http404
    days = _months(timezone.localdate())
    if request.method != "POST":
        chosen = next((day for day in days if f"{day:%Y-%m}" == request.GET.get("month", "")), days[0])
        return _page(request, office, days, MonthForm(months=days, initial=_initial(office, chosen)))
    form = MonthForm(request.POST, months=days)
    if not form.is_valid():
        return _page(request, office, days, form)
    month, seen = form.cleaned_data["month"], form.cleaned_data["version"]
    try:
        keep_month(office=office, month=month, numbers=form.numbers(), version=seen, by=person_of(request))
    except ChangedMeanwhile:
        return _page(request, office, days, _again(request, office, month, days))
    messages.success(request, _("The month is kept."))
    return HttpResponseRedirect(reverse("casework_work:months", args=[office.code]))


def _initial(office: Organisation, month: date) -> dict[str, Any]:
    row = month_kept(office, month)
    numbers = {name: getattr(row, name) if row else 0 for name in BY_HAND}
    return {"month": f"{month:%Y-%m}", "version": row.version if row else 0, **numbers}


def _again(request: HttpRequest, office: Organisation, month: date, days: list[date]) -> MonthForm:
    """What was typed, to be saved over the numbers that the list shows."""
    mine = request.POST.copy()
    mine["version"] = str(_initial(office, month)["version"])
    form = MonthForm(mine, months=days)
    form.add_error(None, _("This month is in the list already. Compare its numbers, and save again to replace them."))
    return form


def _page(request: HttpRequest, office: Organisation, days: list[date], form: MonthForm) -> HttpResponse:
    language = get_language() or "ru"
    rows = [
        {
            "code": f"{row.month:%Y-%m}",
            "words": dates.month((row.month.year, row.month.month), language),
            "numbers": [getattr(row, name) for name in BY_HAND],
        }
        for row in months_kept(office, since=days[-1])
    ]
    context = {"office": office, "form": form, "rows": rows, "labels": [LABELS[name] for name in BY_HAND]}
    return render(request, "casework/statistics_months.html", context, status=422 if form.errors else 200)
