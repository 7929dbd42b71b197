"""What the pages of lower areas show of recommendations. Only what is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from kenesh.council.models import Decision
from kenesh.followup import queries
from kenesh.followup.models import Recommendation, Status
from kenesh.followup.models.changed import Counted
from kenesh.followup.queries import ministry, shadows
from kenesh.followup.rules import Permission, bodies_kept_by
from kenesh.kernel.access import holds
from kenesh.people.models import Body, User
from kenesh.problems.models import Problem

MOST_CAME_IN = 8


def of_problem(problem: Problem, request: HttpRequest) -> str:
    """On a problem's page: what was recommended, and what came of it."""
    lines = queries.of_problem(problem)
    return render_to_string("followup/_problem_panel.html", {"lines": lines}, request) if lines else ""


def of_decision(decision: Decision, request: HttpRequest) -> str:
    """On a decision's page: the recommendation that follows it up; an internal one for the people of its body alone."""
    lines = queries.of_decision(decision)
    user = getattr(request, "user", None)
    own = queries.work_code_of_decision(user, decision) if isinstance(user, User) else ""
    return render_to_string("followup/_decision_panel.html", {"lines": lines, "own": own}, request) if lines or own else ""


def of_body(body: Body, request: HttpRequest) -> str:
    """On a council's page: what it asked last, and how far that has come."""
    context = {"lines": queries.newest_of_body(body), "body": body}
    return render_to_string("followup/_body_panel.html", context, request) if context["lines"] else ""


def newest_results(subject: Any, request: HttpRequest) -> str:
    """On the front page: what was checked or answered last."""
    lines = queries.newest_results()
    return render_to_string("followup/_home_panel.html", {"lines": lines}, request) if lines else ""


def late_at_work(user: User, request: HttpRequest) -> str:
    """On the page that staff see first: which answers are late."""
    if not holds(user, Permission.SEE_RECOMMENDATIONS):
        return ""
    page = queries.work_list(user, status=Status.OVERDUE)
    return render_to_string("followup/_work_home.html", {"lines": page.lines}, request) if page.lines else ""


def came_in_at_work(user: User, request: HttpRequest) -> str:
    """On the page that staff see first: what came from addressees and waits for the secretary."""
    if not holds(user, Permission.KEEP_RECOMMENDATIONS):
        return ""
    rows = ministry.came_in(user, most=MOST_CAME_IN + 1)
    context = {"rows": rows[:MOST_CAME_IN], "more": len(rows) > MOST_CAME_IN}
    return render_to_string("followup/_came_in.html", context, request) if rows else ""


def beside(recommendation: Recommendation, request: HttpRequest) -> str:
    """On a recommendation's page: who says what of it, and which courts decide the same; internal things on the page of its body alone."""
    user = getattr(request, "user", None)
    work = request.resolver_match is not None and request.resolver_match.namespace == "followup_work"
    said = shadows.side_by_side(recommendation, public=not work)
    mine = shadows.may_speak_for(user, recommendation, timezone.localdate()) if work and isinstance(user, User) else ()
    context = {
        "speaks_for": {one.pk for one in mine} if said.shadows else set(),
        "recommendation": recommendation,
        "work": work,
        "keeps": work and isinstance(user, User) and recommendation.body_id in bodies_kept_by(user),
        "beside": said,
        "shadows": [(str(one.organisation) if work else shadows.name_shown(one), one) for one in said.shadows],
        "counted": Counted.objects.filter(recommendation=recommendation).first(),
        "proceedings": shadows.proceedings(recommendation, public=not work),
        "reminders": shadows.reminders_of(recommendation) if work else [],
    }
    return render_to_string("followup/_beside.html", context, request)
