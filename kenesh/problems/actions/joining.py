"""A problem is joined to another of the same body, and separated again when that was a mistake."""

from __future__ import annotations

from typing import TypedDict

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kenesh.kernel import trail
from kenesh.people.models import User
from kenesh.problems.actions.problems import ALIVE, NotNow, note_step, refuse_unless
from kenesh.problems.models import OwnTally, Problem, ProblemFigure, Support


class Joined(TypedDict):
    """What a problem had before it was joined: its status, and by their ids what went over to the other one."""

    status: str
    supports: list[int]
    tallies: list[tuple[int, int]]  # each with the support that it belonged to
    figures: list[int]
    problems: list[int]  # joined to this one before


@transaction.atomic
def merge_problems(*, problem: Problem, into: Problem, by: User) -> Problem:
    """Joins a problem to one that the same body has taken up: its page points there, and who supported it supports that.

    Done twice, it is done once. Raises NotNow, also for another body's problem and for itself.
    """
    current, target = _both(problem.pk, into.pk)
    if current.merged_into_id == target.pk:
        return current
    refuse_unless(current, ALIVE)
    refuse_unless(target, (Problem.Status.ACCEPTED,))
    if current.pk == target.pk or current.body_id != target.body_id:
        raise NotNow
    figures = list(current.figures.order_by("pk").values_list("pk", flat=True))
    before = list(current.merged.order_by("pk").values_list("pk", flat=True))
    supports, tallies = _move_supports(current, target)
    current.merged.update(merged_into=target)
    current.figures.update(problem=target)
    current.joined = Joined(status=current.status, supports=supports, tallies=tallies, figures=figures, problems=before)
    current.status, current.merged_into = Problem.Status.MERGED, target
    current.save()
    note_step(current, by, on=timezone.localdate())
    trail.record(verb="merge_problems", target=f"problem:{current.code} into {target.code}", by=by)
    return current


@transaction.atomic
def separate_problem(*, problem: Problem, by: User) -> Problem:
    """Takes a joining back: what went over and is still there comes back, and the problem stands where it stood before.

    Raises NotNow: it is joined to none, or nobody knows any more what went over.
    """
    if problem.merged_into_id is None:
        raise NotNow
    current, target = _both(problem.pk, problem.merged_into_id)
    if current.merged_into_id != target.pk or not current.joined:
        raise NotNow
    kept: Joined = current.joined
    for tally, support in kept["tallies"]:
        if Support.objects.filter(pk=support, problem=current).exists():
            OwnTally.objects.filter(pk=tally, support__problem=target).update(support=support)
    Support.objects.filter(pk__in=kept["supports"], problem=target).update(problem=current)
    ProblemFigure.objects.filter(pk__in=kept["figures"], problem=target).update(problem=current)
    Problem.objects.filter(pk__in=kept["problems"], merged_into=target).update(merged_into=current)
    current.status, current.merged_into, current.joined = kept["status"], None, {}
    current.save()
    note_step(current, by, on=timezone.localdate())
    trail.record(verb="separate_problem", target=f"problem:{current.code} from {target.code}", by=by)
    return current


def _both(one: int, other: int) -> tuple[Problem, Problem]:
    rows = {row.pk: row for row in Problem.objects.select_for_update().filter(pk__in=[one, other]).order_by("pk")}
    return rows[one], rows[other]


def _move_supports(current: Problem, target: Problem) -> tuple[list[int], list[tuple[int, int]]]:
    """Who supports one supports the other; who supports both keeps the words said there, and takes along what was counted. Gives what
    went over, as `Joined` keeps it."""
    there = {support.organisation_id: support for support in target.supports.all()}
    tallies: list[tuple[int, int]] = []
    for support in current.supports.filter(organisation__in=there).order_by("pk"):
        same = {name: OuterRef(name) for name in ("unit", "since", "until", "number")}
        counted = support.tallies.exclude(Exists(there[support.organisation_id].tallies.filter(**same)))
        moved = list(counted.order_by("pk").values_list("pk", flat=True))
        OwnTally.objects.filter(pk__in=moved).update(support=there[support.organisation_id])
        tallies += [(pk, support.pk) for pk in moved]
    others = current.supports.exclude(organisation__in=there)
    supports = list(others.order_by("pk").values_list("pk", flat=True))
    others.update(problem=target)
    return supports, tallies
