"""The public list of centres to which a person may turn. No account, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kenesh.kernel.access import public
from kenesh.people.forms.organisations import CentreFilter
from kenesh.people.queries import names_of_offices_that_take_appeals
from kenesh.people.queries.centres import centre_for_public, centres_page
from kenesh.people.queries.slicing import page_number

WHY = "shows of an office what it publishes itself"


@public(WHY)
@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """Centres by country and name, narrowed by country and language."""
    form = CentreFilter(request.GET, auto_id="filter_%s")
    chosen = form.chosen()
    number = page_number(request.GET.get("page", "1"))
    page = centres_page(**chosen, number=number, reader=(get_language() or "en").split("-")[0])
    form.offer(page.countries, page.languages)
    context = {"page": page, "filter": form, "is_filtered": any(chosen.values()), "before": number - 1}
    return render(request, "people/centres.html", context)


@public(WHY)
@require_safe
def centre(request: HttpRequest, code: str) -> HttpResponse:
    """One centre."""
    shown = centre_for_public(code)
    takes_now = any(office.pk == shown.pk for office in names_of_offices_that_take_appeals())
    return render(request, "people/centre.html", {"centre": shown, "takes_now": takes_now})
