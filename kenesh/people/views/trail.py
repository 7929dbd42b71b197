"""What was done on the node, for its administrator. Whether the chain holds is asked on the command line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from kenesh.kernel.access import requires
from kenesh.people import queries
from kenesh.people.rules import Permission


@requires(Permission.READ_TRAIL)
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The newest entries of the node's own chain; the chains of the offices belong to the offices."""
    page = queries.trail_of_the_node(after=request.GET.get("after", ""))
    names = queries.names_in_trail(page.rows)
    lines = [
        {
            "entry": entry,
            "at": parse_datetime(entry.at) if "T" in entry.at else None,
            "actor": names.get(entry.actor, entry.actor),
            "target": names.get(entry.target.partition("@")[0], ""),
        }
        for entry in page.rows
    ]
    return render(request, "people/trail.html", {"page": page, "lines": lines})
