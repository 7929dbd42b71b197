"""A problem of one body goes to another: a national council asks an inter-country one, which takes it up or declines."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.people.models import Body, User
from kenesh.problems import signals
from kenesh.problems.actions.problems import Content, NotNow, note_step, write
from kenesh.problems.models import Problem, ProblemEscalation, ProblemVersion, new_request_key


def escalate_problem(
    *, problem: Problem, body: Body, why: str, today: date, by: User, request_key: str = ""
) -> ProblemEscalation:
    """Asks another body to take up a problem that this one has taken up; the same request key gives the same row.

    Raises NotNow: not taken up, the same body, or asked already.
    """
    key = request_key or new_request_key()
    with transaction.atomic():
        current = Problem.objects.select_for_update().get(pk=problem.pk)
        if (sent := ProblemEscalation.objects.filter(request_key=key).first()) is not None:
            return sent
        running = current.escalations.filter(body=body).exclude(status=ProblemEscalation.Status.DECLINED)
        if current.status != Problem.Status.ACCEPTED or current.body_id == body.pk or running.exists():
            raise NotNow
        made = ProblemEscalation.objects.create(problem=current, body=body, why=why, asked_on=today, asked_by=by, request_key=key)
        trail.record(verb="escalate_problem", target=f"problem:{current.code} body:{body.code}", by=by)
    return made


def take_up_escalated(*, escalation: ProblemEscalation, into: Problem | None, today: date, by: User) -> ProblemEscalation:
    """The body that was asked takes it up: as a new problem with the same words, or as one that it has taken up before.

    Raises NotNow: answered already, or `into` is not a problem that this body has taken up.
    """
    with transaction.atomic():
        now = _held(escalation)
        if into is not None and (into.body_id != now.body_id or into.status != Problem.Status.ACCEPTED):
            raise NotNow
        now.status, now.answered_on = ProblemEscalation.Status.TAKEN, today
        now.became = into or _copied(now, today, by)
        now.save()
        trail.record(verb="take_up_escalated", target=f"problem:{now.problem.code} as {now.became.code}", by=by)
    return now


def _copied(escalation: ProblemEscalation, today: date, by: User) -> Problem:
    first, key = escalation.problem, new_request_key()
    content = Content(
        title=first.title, statement=first.statement, affected=first.affected, tried=first.tried, law=first.law, since=first.since,
        themes=tuple(row.concept for row in first.themes.order_by("pk")),
        corridors=tuple((row.origin, row.destination) for row in first.corridors.order_by("pk")),
        documents=tuple(row.document for row in first.documents.filter(document__taken_out_at=None).select_related("document").order_by("pk")),
    )  # fmt: skip
    problem = Problem(body=escalation.body, created_on=today, request_key=key, status=Problem.Status.ACCEPTED, accepted_on=today)
    write(problem, content)
    ProblemVersion.objects.create(problem=problem, number=1, content=content.as_json(), by=by, request_key=key)
    note_step(problem, by, on=today)
    signals.problem_accepted.send(sender=Problem, problem=problem, by=by)
    return problem


def decline_escalated(*, escalation: ProblemEscalation, reason: str, today: date, by: User) -> ProblemEscalation:
    """The body that was asked does not take it up, and says why. Raises NotNow."""
    with transaction.atomic():
        now = _held(escalation)
        now.status, now.reason, now.answered_on = ProblemEscalation.Status.DECLINED, reason, today
        now.save()
        trail.record(verb="decline_escalated", target=f"problem:{now.problem.code}", by=by)
    return now


def take_back_escalated(*, escalation: ProblemEscalation, by: User) -> None:
    """The body that asked asks no more, as long as no answer has come. Raises NotNow."""
    with transaction.atomic():
        now = _held(escalation)
        now.delete()
        trail.record(verb="take_back_escalated", target=f"problem:{now.problem.code} body:{now.body.code}", by=by)


def _held(escalation: ProblemEscalation) -> ProblemEscalation:
    """Raises NotNow once it is answered or taken back."""
    now = ProblemEscalation.objects.select_for_update().filter(pk=escalation.pk).first()
    if now is None or now.status != ProblemEscalation.Status.ASKED:
        raise NotNow
    return now
