"""What everybody can read: the problems that councils took up, and their counts."""

from __future__ import annotations

import csv
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kenesh.kernel.access import public
from kenesh.kernel.feeds import ENTRIES, Entry, as_atom
from kenesh.kernel.tables import no_formula
from kenesh.problems import linked, queries
from kenesh.problems.forms import FilterForm
from kenesh.problems.models import Problem


@public("lists only problems that a body has taken up or closed, with frozen counts")
@require_safe
def problem_list(request: HttpRequest) -> HttpResponse:
    """Problems, newest first, by theme and country."""
    asked = request.GET
    form = FilterForm(
        asked, themes=queries.themes_of_public_problems(), countries=queries.countries_of_public_problems(), auto_id="filter_%s"
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    theme, country = chosen.get("theme", ""), chosen.get("country", "")
    status = Problem.Status.CLOSED if asked.get("status") == "closed" else Problem.Status.ACCEPTED
    page = queries.public_problems(theme=theme, country=country, status=status, after=asked.get("after", ""))
    context = {"filters": form, "page": page, "status": status, "is_filtered": bool(theme or country)}
    return render(request, "problems/list.html", context)


@public("lists only problems that a body has taken up")
@require_safe
def problem_feed(request: HttpRequest) -> HttpResponseBase:
    """Problems that were taken up, as an Atom feed."""
    lines = queries.public_problems(limit=ENTRIES).lines
    entries = [_entry(line.problem) for line in lines]
    return as_atom(request, title=_("Problems"), page=reverse("problems:list"), entries=entries)


def _entry(problem: Problem) -> Entry:
    address = reverse("problems:problem", args=[problem.code])
    return Entry("problem", problem.code, str(problem.title), str(problem.statement), address, problem.accepted_on or date.min)


@public("shows a problem that a body has taken up or closed; sums of frozen blocks of five persons and more")
@require_safe
def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    """One problem; for one that was joined to another, the way there."""
    problem = queries.problem_for_public(code)
    if problem.merged_into is not None:
        return render(request, "problems/merged.html", {"problem": problem, "target": problem.merged_into})
    context = {
        "problem": problem,
        "counts": queries.counts_over_time(problem),
        "supporters": queries.supporters_shown(problem),
        "quotations": queries.quotations_of(problem, limit=queries.FEW),
        "went_to": queries.went_to_for_public(problem),
        "came_from": queries.came_from(problem),
        "documents": queries.documents_shown(problem),
        "linked": linked.problem(problem),
    }
    return render(request, "problems/problem.html", context)


@public("words that a person has agreed to, and a second caseworker has checked; they name nobody")
@require_safe
def quotations(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that people say of a problem, newest month first."""
    problem = queries.problem_for_public(code)
    if problem.merged_into is not None:
        return render(request, "problems/merged.html", {"problem": problem, "target": problem.merged_into})
    page = queries.quotations_of(problem, after=request.GET.get("after", ""))
    return render(request, "problems/quotations.html", {"problem": problem, "quotations": page})


COLUMNS = ("theme", "of_wider_theme", "origin", "destination", "region", "period_start", "period_months", "persons")


@public("the same frozen blocks as on the problem's page, as a table")
@require_safe
def counts_table(request: HttpRequest, code: str) -> HttpResponse:
    """The problem's blocks as CSV (RFC 4180, UTF-8): one line for each, countries as ISO 3166-1 alpha-2, dates as ISO 8601."""
    problem = queries.problem_for_public(code)
    problem = problem.merged_into or problem
    response = HttpResponse(content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="problem-{problem.code}-counts.csv"'
    table = csv.writer(response)
    table.writerow(COLUMNS)
    for counted in queries.blocks_for(problem):
        block = counted.block
        table.writerow(
            (
                block.concept,
                "yes" if counted.is_wider else "no",
                block.origin,
                block.destination,
                no_formula(block.region),
                block.period_start.isoformat(),
                block.period_months,
                block.persons,
            )
        )
    return response
