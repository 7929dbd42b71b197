"""Buttons that put what waits on the agenda of a meeting."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions, references
from kenesh.council.models import Meeting
from kenesh.council.queries import coming
from kenesh.council.queries.meetings import meeting_to_keep
from kenesh.council.rules import Permission
from kenesh.council.views.meetings import act
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import User


@requires(Permission.KEEP_MEETINGS)
@require_POST
def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Makes a point of what the button names by its kind and its code."""
    user = person_of(request)
    meeting = meeting_to_keep(user, code)
    kind, what = request.POST.get("kind", ""), request.POST.get("code", "")
    if kind == "problem":
        problem = coming.problem_waiting(meeting, what)
        return act(
            request, meeting, lambda: actions.take_up_problem(meeting=meeting, problem=problem, by=user), _said(), "agenda"
        )
    if kind == "proposal":
        proposal = coming.proposal_left(meeting, what)
        said = _("The proposal stands on the agenda. The old one is marked as taken over.")
        return act(request, meeting, lambda: actions.take_over(proposal=proposal, meeting=meeting, by=user), said, "agenda")
    return _from_above(request, meeting, kind, what, user)


def _from_above(request: HttpRequest, meeting: Meeting, kind: str, code: str, user: User) -> HttpResponse:
    source = references.source_of(kind)
    candidate = source.candidate(meeting, code) if source else None
    if candidate is None:
        raise Http404
    return act(
        request, meeting, lambda: actions.take_up(meeting=meeting, kind=kind, candidate=candidate, by=user), _said(), "agenda"
    )


def _said() -> str:
    return _("It stands on the agenda now.")
