"""What grows: counts over time, for everybody."""

from __future__ import annotations

import csv
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kenesh.kernel.access import public
from kenesh.kernel.tables import Form, as_file
from kenesh.problems import linked, queries
from kenesh.problems.forms import TrendFilterForm
from kenesh.problems.models import Trend

_CORRIDOR = re.compile(r"([a-z]{2})-([a-z]{2})")
COLUMNS = ("theme", "origin", "destination", "month", "persons", "expected_low", "expected_high", "growing_since", "chance")
MONTHS = (
    ("month", "#date+month"), ("persons", "#affected"), ("expected_low", "#range+low"), ("expected_high", "#range+high"),
    ("above_expected", "#indicator+flag"),
)  # fmt: skip
FLOWS = (("origin", "#country+code+origin"), ("destination", "#country+code+dest"), ("persons", "#affected"))
MARKS = (
    "#theme", "#country+code+origin", "#country+code+dest", "#date+month", "#affected", "#range+low", "#range+high", "#date+start",
    "#chance",
)  # fmt: skip


@public("sums of frozen blocks of five persons and more, over time")
@require_safe
def trend_list(request: HttpRequest) -> HttpResponse:
    """Themes over time: what grows first; from where to where people went in the last twelve months."""
    origins, destinations = queries.countries_of_trends()
    form = TrendFilterForm(
        request.GET, themes=queries.themes_of_trends(), origins=origins, destinations=destinations, auto_id="trend_%s"
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    after = request.GET.get("after", "0")
    page = queries.trends(
        theme=chosen.get("theme", ""),
        origin=chosen.get("origin", ""),
        destination=chosen.get("destination", ""),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0,
    )
    context = {
        "filters": form,
        "page": page,
        "map": queries.flow_map(chosen.get("theme", "")),
        "map_theme": chosen.get("theme", ""),
        "is_filtered": any(chosen.values()),
        "has_errors": bool(form.errors),
        "linked": linked.trends(),
    }
    return render(request, "problems/trends.html", context, status=422 if form.errors else 200)


@public("sums of frozen blocks of five persons and more, over time")
@require_safe
def trend_page(request: HttpRequest, theme: str, corridor: str = "") -> HttpResponse:
    """One theme over time, in all corridors or in one ("kg-ru"), with the table of its periods."""
    row = _trend(theme, corridor)
    context = {"trend": row, "picture": queries.picture_of(row), "periods": queries.periods_of(row)}
    return render(request, "problems/trend.html", context)


@public("sums of frozen blocks of five persons and more, over time")
@require_safe
def months_table(request: HttpRequest, theme: str, corridor: str = "") -> HttpResponse:
    """The months of one trend that its figure draws, as CSV with HXL tags."""
    row = _trend(theme, corridor)
    rows = [
        (
            bar.month.strftime("%Y-%m"),
            bar.persons,
            bar.low,
            bar.high,
            ("yes" if bar.grows else "no") if bar.high is not None else "",
        )
        for bar in queries.picture_of(row).bars
    ]
    return as_file(Form.CSV, "-".join(filter(None, ("trend", row.concept, row.corridor))), MONTHS, rows)


@public("sums of frozen blocks of five persons and more, over time")
@require_safe
def flows_table(request: HttpRequest) -> HttpResponse:
    """The map of one theme or of all, as CSV with HXL tags."""
    theme = request.GET.get("theme", "")
    if theme and theme not in queries.themes_of_trends():
        raise Http404
    rows = [(flow.origin, flow.destination, flow.persons) for flow in queries.flow_map(theme).flows]
    return as_file(Form.CSV, "-".join(filter(None, ("corridors", theme))), FLOWS, rows)


def _trend(theme: str, corridor: str) -> Trend:
    """In all corridors, or in one ("kg-ru"). Raises Http404."""
    ends = _CORRIDOR.fullmatch(corridor)
    if corridor and ends is None:
        raise Http404
    return queries.trend(theme, *((ends[1].upper(), ends[2].upper()) if ends else ("", "")))


@public("the same numbers as on the pages of trends, as a table")
@require_safe
def trends_table(request: HttpRequest) -> HttpResponse:
    """All trends by month as CSV (RFC 4180, UTF-8) with HXL tags in the second line; parts of longer periods are spread evenly."""
    response = HttpResponse(content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = 'attachment; filename="trends.csv"'
    table = csv.writer(response)
    table.writerow(COLUMNS)
    table.writerow(MARKS)
    for row in Trend.objects.order_by("place").iterator():
        for bar in queries.picture_of(row).bars:
            table.writerow(
                (
                    row.concept, row.origin, row.destination, bar.month.strftime("%Y-%m"), bar.persons, bar.low, bar.high,
                    row.growing_since.strftime("%Y-%m") if row.growing_since else "", row.chance,
                )
            )  # fmt: skip
    return response
