"""The page of those who keep the library: what waits to be checked, and what is checked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kenesh.kernel.access import requires
from kenesh.library.queries.batches import open_batches
from kenesh.library.queries.shelf import TABS, documents_under, numbers
from kenesh.library.rules import Permission


@requires(Permission.KEEP_LIBRARY)
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Documents under their tabs, the newest first."""
    tab = request.GET.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    page = documents_under(tab, before=request.GET.get("before", ""))
    context = {"page": page, "tab": tab, "counts": numbers(), "batches": open_batches()}
    return render(request, "library/shelf.html", context)
