"""What everybody may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenesh.followup import queries
from kenesh.followup.forms import FilterForm
from kenesh.kernel.access import public
from kenesh.problems.queries import OPEN_TO_ALL


@public("shows only recommendations that their bodies published")
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Recommendations, with what came of each."""
    form = FilterForm(request.GET or None, organisations=queries.organisations_addressed(), bodies=queries.bodies_with_public())
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    filters = queries.Filters(chosen.get("status", ""), chosen.get("addressee", ""), chosen.get("body", ""))
    page = queries.public_list(filters, after=request.GET.get("after", ""))
    return render(request, "followup/list.html", {"filter": form, "filtered": any(chosen.values()), "page": page})


@public("shows a published recommendation, and of its answers and verdicts only what the body published")
def recommendation_page(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked, of whom, what came back, what was done, and what the body found."""
    recommendation = queries.recommendation_for_public(code)
    page = queries.public_page(recommendation)
    problem = recommendation.problem
    shown = problem if problem and problem.status in OPEN_TO_ALL else None
    decision = recommendation.decision if recommendation.decision and recommendation.decision.is_public else None
    return render(
        request,
        "followup/recommendation.html",
        {"page": page, "recommendation": page.recommendation, "problem": shown, "decision": decision},
    )
