"""The queue: new appeals, open cases, mine, closed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.appeals import queries as appeals
from kenesh.casework import queries
from kenesh.casework.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of

PAGE = 30
TABS = ("new", "open", "mine", "closed")


@requires(Permission.WORK_ON_CASES)
def queue(request: HttpRequest) -> HttpResponse:
    """New appeals, open cases, mine, closed: what is urgent first. Nothing is decrypted for a list."""
    user = person_of(request)
    tab = request.GET.get("show", "new")
    tab = tab if tab in TABS else "new"
    after = request.GET.get("after", "")
    rows: list[Any]
    if tab == "new":
        rows = appeals.unopened_appeals(user, after=appeals.QueuePlace.parse(after), limit=PAGE)
        more = [str(appeals.place_of(row)) for row in rows[PAGE - 1 : PAGE]]
    else:
        place = queries.CasePlace.parse(after)
        rows = queries.cases_of_offices(user, closed=tab == "closed", mine=tab == "mine", after=place, limit=PAGE)
        more = [str(queries.CasePlace(row.due_on, row.id)) for row in rows[PAGE - 1 : PAGE]]
    counts = queries.queue_counts(user)
    names = {"new": _("New"), "open": _("Open cases"), "mine": _("Mine"), "closed": _("Closed")}
    context = {
        "tab": tab,
        "tabs": [{"key": key, "label": names[key], "count": counts[key], "current": key == tab} for key in TABS],
        "rows": rows[:PAGE],
        "next": more[0] if more and len(rows) > PAGE else "",
        "today": timezone.localdate(),
    }
    return render(request, "casework/queue.html", context)
