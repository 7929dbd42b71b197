"""What could come before a meeting: from rooms above, problems that the body took up, proposals that nobody decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.functional import Promise

from kenesh.council import counting, references
from kenesh.council.models import AgendaItem, Ballot, ItemProblem, ItemReference, Meeting, Proposal
from kenesh.council.references import Candidate
from kenesh.council.rules import keeps
from kenesh.people.models import User
from kenesh.problems.models import Problem

MOST = 20  # of each kind


@dataclass(frozen=True)
class Coming:
    """Nothing of it stands on the agenda of a meeting of this body that is planned or under way. `offered`: by kind and its name."""

    offered: list[tuple[str, str | Promise, list[Candidate]]]
    problems: list[Problem]
    proposals: list[Proposal]


def takes_points(meeting: Meeting) -> bool:
    """Whether points may still be put on its agenda before everybody: it is planned or under way, and is held here."""
    return meeting.status != Meeting.Status.CLOSED and meeting.called_off_at is None and meeting.away_since is None


def coming_before(meeting: Meeting) -> Coming:
    """At most MOST of each kind. One question more for each kind that a room above registered."""
    return Coming(_offered(meeting), list(problems_waiting(meeting)[:MOST]), list(proposals_left(meeting)[:MOST]))


def _offered(meeting: Meeting) -> list[tuple[str, str | Promise, list[Candidate]]]:
    there = set(ItemReference.objects.filter(item__meeting__in=_ahead(meeting)).values_list("kind", "code"))
    found = []
    for source in references.sources():
        waiting = [one for one in source.coming(meeting) if (source.kind, one.code) not in there]
        found.append((source.kind, source.plural, waiting[:MOST]))
    return [each for each in found if each[2]]


def _ahead(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings of the body that are planned or under way."""
    return Meeting.objects.filter(body=meeting.body_id, called_off_at=None).exclude(status=Meeting.Status.CLOSED)


def problems_waiting(meeting: Meeting) -> QuerySet[Problem]:
    """Problems that the body took up and that no meeting ahead of it has on its agenda, the oldest first."""
    there = ItemProblem.objects.filter(problem=OuterRef("pk"), item__meeting__in=_ahead(meeting))
    taken_up = Problem.objects.filter(body=meeting.body_id, status=Problem.Status.ACCEPTED)
    return taken_up.filter(~Exists(there)).order_by("accepted_on", "id")


def proposals_left(meeting: Meeting) -> QuerySet[Proposal]:
    """Proposals that lay before earlier meetings of the body, which are over, and were not decided, the latest meeting first. One
    that a vote has carried waits for its decision there."""
    carried = Ballot.objects.filter(proposal=OuterRef("pk"), outcome=counting.Why.ADOPTED)
    carried = carried.exclude(standing=Ballot.Standing.ANNULLED)
    earlier = Proposal.objects.filter(
        status=Proposal.Status.OPEN, item__meeting__body=meeting.body_id, item__meeting__status=Meeting.Status.CLOSED
    )
    left = earlier.exclude(item__meeting=meeting.pk).filter(~Exists(carried), item__meeting__starts_at__lt=meeting.starts_at)
    return left.select_related("item__meeting", "by_person", "by_organisation").order_by("-item__meeting__starts_at", "id")


def problem_waiting(meeting: Meeting, code: str) -> Problem:
    """Raises Http404. Also one that was put on this agenda a moment ago, so that a button pressed twice makes one point."""
    found = Problem.objects.filter(body=meeting.body_id, status=Problem.Status.ACCEPTED, code=code).first()
    if found is None:
        raise Http404
    return found


def proposal_left(meeting: Meeting, code: str) -> Proposal:
    """Raises Http404. Also one that this meeting took over a moment ago."""
    taken = Proposal.objects.filter(continued_by__item__meeting=meeting, code=code).select_related("item__meeting").first()
    found = taken or proposals_left(meeting).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class NextFor:
    """The next meeting of the body to which a problem was put, and the point under which it has it already."""

    meeting: Meeting
    item: AgendaItem | None


def next_meeting_for(problem: Problem, user: User) -> NextFor | None:
    """For the secretary of the body that took the problem up; None where no meeting is planned."""
    if problem.status != Problem.Status.ACCEPTED or not keeps(user, problem.body):
        return None
    ahead = Meeting.objects.filter(body=problem.body, called_off_at=None, away_since=None)
    ahead = ahead.exclude(status=Meeting.Status.CLOSED).select_related("body").order_by("starts_at", "id")
    there = AgendaItem.objects.filter(meeting__in=ahead, problem_rows__problem=problem).select_related("meeting")
    item = there.order_by("meeting__starts_at", "position").first()
    meeting = item.meeting if item else ahead.first()
    return NextFor(meeting, item) if meeting else None
