"""The secretary says what a recommendation is about, where it comes from and how one can tell that it was carried out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions, queries
from kenesh.followup.forms import DetailsForm, SourceForm
from kenesh.followup.rules import Permission
from kenesh.followup.views.keeping import to_cockpit
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of


@requires(Permission.KEEP_RECOMMENDATIONS)
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Why it is asked, whom it concerns, by which figure one can tell."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    form = DetailsForm(request.POST or None, recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        actions.edit_details(recommendation=recommendation, details=form.details(), by=user)
        messages.success(request, _("The changes are saved."))
        return to_cockpit(recommendation)
    context = {"form": form, "recommendation": recommendation, "themes": [form[name] for name in form.boxes]}
    return render(request, "followup/details.html", context, status=422 if form.errors else 200)


@requires(Permission.KEEP_RECOMMENDATIONS)
def sources(request: HttpRequest, code: str) -> HttpResponse:
    """The decisions and documents that ask for it; on POST one more."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    form = SourceForm(request.POST or None, recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        actions.add_source(recommendation=recommendation, line=form.line(), by=user)
        messages.success(request, _("The source is added."))
        return _to_sources(code)
    context = {"form": form, "recommendation": recommendation, "sources": queries.sources_of(recommendation)}
    return render(request, "followup/sources.html", context, status=422 if form.errors else 200)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def remove_source(request: HttpRequest, code: str, source_id: int) -> HttpResponse:
    """Takes a source away that was entered by mistake."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    actions.remove_source(source=queries.source_to_keep(recommendation, source_id), by=user)
    messages.success(request, _("The source is taken away."))
    return _to_sources(code)


def _to_sources(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("followup_work:sources", args=[code]))
