"""What the council shows on pages of the areas below: the front page, a problem's, a document's."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.council.queries import meetings as queries
from kenesh.council.queries.coming import next_meeting_for
from kenesh.council.rules import Permission
from kenesh.kernel.access import holds
from kenesh.library.models import Document
from kenesh.people.models import Project, User
from kenesh.problems.models import Problem


def problem_at_meetings(problem: Problem, request: HttpRequest) -> str:
    context = {
        "meetings": queries.public_meetings_on_problem(problem.pk),
        "decisions": queries.public_decisions_on(problem.pk),
    }
    return render_to_string("council/_problem_panel.html", context, request)


def problem_on_agenda(problem: Problem, request: HttpRequest) -> str:
    """On the page where a problem is worked on, for the secretary of its body: the next meeting, and the way onto its agenda."""
    user = getattr(request, "user", None)
    found = next_meeting_for(problem, user) if isinstance(user, User) else None
    if found is None:
        return ""
    context = {"problem": problem, "meeting": found.meeting, "item": found.item}
    return render_to_string("council/_problem_next.html", context, request)


def council_at_home(_: object, request: HttpRequest) -> str:
    context = {"meeting": queries.next_public_meeting(), "decision": queries.latest_public_decision()}
    return render_to_string("council/_home_panel.html", context, request)


def document_at_meetings(document: Document, request: HttpRequest) -> str:
    context = {"meetings": queries.public_meetings_with_document(document.pk)}
    return render_to_string("council/_document_panel.html", context, request)


def next_at_work(user: User, request: HttpRequest) -> str:
    """On the page that staff see first: the meeting that comes next in one's bodies."""
    meeting = queries.next_meeting_of(user) if holds(user, Permission.SEE_MEETINGS) else None
    return render_to_string("council/_work_home.html", {"meeting": meeting}, request) if meeting else ""


def project_documents(project: Project, request: HttpRequest) -> str:
    """On a project's page, for who keeps it: the ways to its documents and its meetings."""
    return render_to_string("council/_project_panel.html", {"project": project}, request)
