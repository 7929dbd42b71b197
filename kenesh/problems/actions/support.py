"""An organisation says that it sees a problem too."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.people.models import Organisation, Publication, User
from kenesh.problems.actions.problems import ALIVE, NotNow
from kenesh.problems.actions.tallies import Counted, note_tally
from kenesh.problems.models import Problem, Support


class CountWasShown(Exception):
    """A count beside it was shown to everybody: later ones are compared with it, so it stays."""


@transaction.atomic
def support_problem(
    *,
    problem: Problem,
    organisation: Organisation,
    words: str,
    publication: str,
    today: date,
    by: User,
    counted: Counted | None = None,
) -> Support:
    """An organisation says that it sees the problem too; said again, its words are replaced. Raises NotNow.

    `counted`: what it has counted itself; None leaves what it said before.
    """
    current = Problem.objects.select_for_update().get(pk=problem.pk)
    if current.status not in ALIVE:
        raise NotNow
    support, _made = Support.objects.update_or_create(
        problem=current,
        organisation=organisation,
        defaults={"words": words, "publication": Publication(publication)},
        create_defaults={"words": words, "publication": Publication(publication), "on": today},
    )
    if counted is not None:
        note_tally(support, counted, by=by)
    trail.record(verb="support_problem", target=f"problem:{current.code}", by=by)
    return support


@transaction.atomic
def take_back_support(*, support: Support, by: User) -> None:
    """The organisation no longer says so: its words go, and what it counted. Taken back twice, it is once. Raises NotNow,
    CountWasShown."""
    current = Problem.objects.select_for_update().get(pk=support.problem_id)
    if current.status not in ALIVE:
        raise NotNow
    Organisation.objects.select_for_update().get(pk=support.organisation_id)  # none of its counts is shown meanwhile
    if support.tallies.filter(shown_first__isnull=False).exists():
        raise CountWasShown
    deleted, _rows = Support.objects.filter(pk=support.pk, problem=current).delete()
    if deleted:
        trail.record(verb="take_back_support", target=f"problem:{current.code}", by=by)
