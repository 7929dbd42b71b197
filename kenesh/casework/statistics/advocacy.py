"""What became public of the problems that an office raised. Read from the public wing alone: nothing here needs a key."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from kenesh.casework.statistics.period import Period
from kenesh.council.models import Meeting
from kenesh.followup.models import NO_DATE, Recommendation, Response, ResponseKind, Verdict
from kenesh.followup.models.verdicts import Judgement
from kenesh.followup.queries.days import with_day
from kenesh.people.models import Organisation
from kenesh.problems.models import Problem
from kenesh.problems.queries import with_those_they_became


@dataclass(frozen=True)
class Advocacy:
    """Numbers of public things, of one office and period."""

    problems: int
    meetings: int
    recommendations: int
    answers: int
    in_time: int
    substantive: int
    verified: int


def advocacy_of(office: Organisation, period: Period) -> Advocacy:
    """Seven numbers in few queries, also of what its problems were joined to and of what other bodies made of them. Internal
    recommendations, answers and judgements are left out."""
    days = (period.start, period.end)
    raised = Problem.objects.filter(proposed_by=office, accepted_on__isnull=False)
    taken_up = Problem.objects.filter(Q(accepted_on__isnull=False) | Q(merged_into__isnull=False), proposed_by=office)
    known = with_those_they_became(taken_up.values_list("pk", flat=True))
    asked = Recommendation.objects.filter(is_public=True, problem__in=known)
    given = Response.objects.answers().filter(is_public=True, received_on__range=days, addressee__recommendation__in=asked)
    answers = list(given.values_list("graded", "kind", "received_on", "addressee__answer_by"))
    judged = Verdict.objects.filter(is_public=True, recommendation__in=asked, judged_on__range=days)
    met = Meeting.objects.filter(is_public=True, starts_at__date__range=days, items__problem_rows__problem__in=known)
    return Advocacy(
        problems=raised.filter(accepted_on__range=days).count(),
        meetings=met.distinct().count(),
        recommendations=with_day(asked).filter(asked_on__range=days).count(),
        answers=len(answers),
        in_time=sum(by != NO_DATE and on <= by for _, _, on, by in answers),
        substantive=sum((graded or kind) == ResponseKind.SUBSTANTIVE for graded, kind, _, _ in answers),
        verified=judged.filter(judgement=Judgement.CARRIED_OUT).values("recommendation").distinct().count(),
    )
