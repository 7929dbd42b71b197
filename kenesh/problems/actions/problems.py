"""What can be done with problems. Each act leaves its entry in the trail.

NotNow             the problem is not in a state in which this can be done
ChangedMeanwhile   somebody else edited the problem since this form was opened
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, User
from kenesh.problems import signals
from kenesh.problems.models import (
    Problem,
    ProblemCorridor,
    ProblemDocument,
    ProblemStep,
    ProblemTheme,
    ProblemVersion,
    new_request_key,
)
from kenesh.search.actions import keep
from kenesh.themes import thesaurus
from kenesh.themes.texts import Translated

UNDECIDED = (Problem.Status.PROPOSED, Problem.Status.DEFERRED)
ALIVE = (*UNDECIDED, Problem.Status.ACCEPTED)
TO_TAKE_UP = (*UNDECIDED, Problem.Status.CLOSED)


class NotNow(Exception):
    """The problem is not in a state in which this can be done."""


class ChangedMeanwhile(Exception):
    """Somebody else edited the problem since this form was opened."""


@dataclass(frozen=True)
class Content:
    """What a problem says. `corridors`: pairs of country codes, each may be ""; `since`: ISO 8601, as exact as is known."""

    title: Translated
    statement: Translated
    affected: Translated
    tried: Translated
    law: Translated
    since: str
    themes: tuple[str, ...]
    corridors: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What a version keeps: documents by their codes."""
        return {
            "title": self.title,
            "statement": self.statement,
            "affected": self.affected,
            "tried": self.tried,
            "law": self.law,
            "since": self.since,
            "themes": list(self.themes),
            "corridors": [list(corridor) for corridor in self.corridors],
            "documents": [document.code for document in self.documents],
        }


# --- putting forward and editing ---------------------------------------------------------------------------------------


def propose_problem(
    *, body: Body, organisation: Organisation | None, content: Content, today: date, by: User, request_key: str = ""
) -> Problem:
    """Puts a problem to a body, for an organisation or (None) for the body itself; a repeated key gives the same problem.

    Raises thesaurus.UnknownConcept.
    """
    key = request_key or new_request_key()
    try:
        with transaction.atomic():
            problem = Problem(body=body, proposed_by=organisation, created_on=today, request_key=key)
            write(problem, content)
            ProblemVersion.objects.create(problem=problem, number=1, content=content.as_json(), by=by, request_key=key)
            note_step(problem, by, on=today)
            trail.record(verb="propose_problem", target=f"problem:{problem.code}", by=by)
    except IntegrityError:
        # The same form was sent twice, and the other one was first. Anything else is an error.
        if (first := Problem.objects.filter(request_key=key).first()) is None:
            raise
        return first
    return problem


def edit_problem(*, problem: Problem, content: Content, seen_version: int, by: User, request_key: str = "") -> Problem:
    """Writes a new version; a repeated key changes nothing more. Raises ChangedMeanwhile, NotNow, thesaurus.UnknownConcept."""
    key = request_key or new_request_key()
    with transaction.atomic():
        current = Problem.objects.select_for_update().get(pk=problem.pk)
        if ProblemVersion.objects.filter(request_key=key, problem=current).exists():
            return current
        if current.status not in ALIVE:
            raise NotNow
        if current.version != seen_version:
            raise ChangedMeanwhile
        current.version += 1
        write(current, content)
        ProblemVersion.objects.create(problem=current, number=current.version, content=content.as_json(), by=by, request_key=key)
        trail.record(verb="edit_problem", target=f"problem:{current.code}", by=by)
    return current


def write(problem: Problem, content: Content) -> None:
    """Stores what a problem says. Raises thesaurus.UnknownConcept."""
    for concept in content.themes:
        thesaurus.concept(concept)
    problem.title, problem.statement, problem.affected = content.title, content.statement, content.affected
    problem.tried, problem.law, problem.since = content.tried, content.law, content.since
    problem.save()
    problem.themes.all().delete()
    problem.corridors.all().delete()
    problem.documents.all().delete()
    ProblemTheme.objects.bulk_create(ProblemTheme(problem=problem, concept=concept) for concept in dict.fromkeys(content.themes))
    ProblemCorridor.objects.bulk_create(
        ProblemCorridor(problem=problem, origin=origin, destination=destination)
        for origin, destination in dict.fromkeys(content.corridors)
    )
    ProblemDocument.objects.bulk_create(
        ProblemDocument(problem=problem, document=document) for document in dict.fromkeys(content.documents)
    )
    keep("problem", [problem.code])  # once more: only now its themes and corridors are stored


# --- deciding ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept_problem(*, problem: Problem, today: date, by: User) -> Problem:
    """The body takes it up, or takes one up again that it had closed: from now on everybody can read it. Done twice, it is done
    once. Raises NotNow."""
    current = _locked(problem)
    if current.status == Problem.Status.ACCEPTED:
        return current
    refuse_unless(current, TO_TAKE_UP)
    current.status, current.reason, current.closed_on = Problem.Status.ACCEPTED, "", None
    current.accepted_on = current.accepted_on or today
    current.save()
    note_step(current, by, on=today)
    signals.problem_accepted.send(sender=Problem, problem=current, by=by)
    trail.record(verb="accept_problem", target=f"problem:{current.code}", by=by)
    return current


@transaction.atomic
def defer_problem(*, problem: Problem, reason: str, by: User) -> Problem:
    """The body puts it off; it can be taken up later. Raises NotNow."""
    current = _locked(problem)
    refuse_unless(current, UNDECIDED)
    current.status, current.reason = Problem.Status.DEFERRED, reason
    current.save()
    note_step(current, by, on=timezone.localdate())
    trail.record(verb="defer_problem", target=f"problem:{current.code}", by=by)
    return current


@transaction.atomic
def close_problem(*, problem: Problem, reason: str, today: date, by: User) -> Problem:
    """The problem is solved, or no longer one; its page stays. Done twice, it is done once. Raises NotNow."""
    current = _locked(problem)
    if current.status == Problem.Status.CLOSED:
        return current
    refuse_unless(current, (Problem.Status.ACCEPTED,))
    current.status, current.reason, current.closed_on = Problem.Status.CLOSED, reason, today
    current.save()
    note_step(current, by, on=today)
    trail.record(verb="close_problem", target=f"problem:{current.code}", by=by)
    return current


def note_step(problem: Problem, by: User, *, on: date) -> None:
    """Keeps the state that a problem has now come to, and why, for who put it forward."""
    ProblemStep.objects.create(problem=problem, status=problem.status, reason=problem.reason, on=on, by=by)


def _locked(problem: Problem) -> Problem:
    return Problem.objects.select_for_update().get(pk=problem.pk)


def refuse_unless(problem: Problem, statuses: tuple[Problem.Status, ...]) -> None:
    if problem.status not in statuses:
        raise NotNow
