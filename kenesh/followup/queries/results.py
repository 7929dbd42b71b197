"""The way back: what came of the problems that somebody's appeal belongs to. Only what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from kenesh.followup.models import Recommendation, Response, Status, Verdict
from kenesh.followup.queries.lists import with_status
from kenesh.problems.models import Problem
from kenesh.problems.queries import with_those_they_became


@dataclass(frozen=True)
class ProblemResult:
    """A published recommendation on a problem, in one language. Texts that are not public are empty."""

    problem_code: str
    problem_title: str
    recommendation_code: str
    text: str
    status: Status
    answer: str  # the newest public answer's stance, in words
    answer_from: str  # the organisation that gave it
    answer_text: str
    answered_on: date | None
    verdict: str  # the newest public judgement, in words
    verdict_text: str
    judged_on: date | None

    @property
    def has_news(self) -> bool:
        """Whether an answer or a judgement can be shown."""
        return bool(self.answer or self.verdict)


def results_for_problems(codes: list[str], language: str) -> list[ProblemResult]:
    """What came of these problems, the newest recommendation first: a fixed number of queries, and one more for each body to which a
    problem went on. Internal recommendations are never named.

    A problem that was joined to another, or that another body took up as its own, has that one's results too.
    """
    problems = with_those_they_became(Problem.objects.filter(code__in=codes).values_list("pk", flat=True))
    answers = Response.objects.answers().filter(is_public=True).select_related("addressee__organisation")
    verdicts = Verdict.objects.filter(is_public=True).order_by("-judged_on", "-id")
    rows = (
        with_status(Recommendation.objects.filter(is_public=True, problem__in=problems), public=True)
        .select_related("problem")
        .prefetch_related(
            Prefetch("addressees__responses", answers.order_by("-received_on", "-id"), to_attr="shown_answers"),
            Prefetch("verdicts", verdicts, to_attr="shown_verdicts"),
        )
        .order_by("-id")
    )
    return [_result(row, row.problem, language) for row in rows if row.problem]


def _result(row: Recommendation, problem: Problem, language: str) -> ProblemResult:
    given = [answer for addressee in row.addressees.all() for answer in addressee.shown_answers]  # type: ignore[attr-defined]
    answer: Response | None = max(given, key=lambda one: (one.received_on, one.pk), default=None)
    verdict: Verdict | None = next(iter(row.shown_verdicts), None)  # type: ignore[attr-defined]  # prefetched above
    return ProblemResult(
        problem_code=problem.code,
        problem_title=problem.title.in_language(language),
        recommendation_code=row.code,
        text=row.text.in_language(language),
        status=Status(row.status),  # type: ignore[attr-defined]  # annotated above
        answer=answer.summary if answer else "",
        answer_from=answer.addressee.organisation.called_on(answer.received_on, language) if answer else "",
        answer_text=answer.text if answer else "",
        answered_on=answer.received_on if answer else None,
        verdict=str(verdict.get_judgement_display()) if verdict else "",
        verdict_text=verdict.text.in_language(language) if verdict else "",
        judged_on=verdict.judged_on if verdict else None,
    )
