"""Reads: what an opened appeal shows the person, and the office's queue of unopened appeals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from kenesh.appeals import steps
from kenesh.appeals.models import UNOPENED, Appeal, Status
from kenesh.appeals.opening import OpenAppeal, OpenEntry
from kenesh.people.models import Role, User
from kenesh.people.rules import organisations_as
from kenesh.problems.models import Problem


@dataclass
class StatusView:
    """What a person sees with her receipt."""

    steps: list[OpenEntry] = field(default_factory=list)
    talk: list[OpenEntry] = field(default_factory=list)
    consents: dict[str, bool] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)  # codes of the public problems that her case stands behind
    news: list[OpenEntry] = field(default_factory=list)
    last: int = 0  # number of the last line


def status_view(opened: OpenAppeal, *, seen: int = 0) -> StatusView:
    """Sorts the lines of an appeal's history; `news`: the office's lines after number `seen`."""
    view = StatusView(consents=dict.fromkeys(steps.CONSENTS, False))
    for entry in opened.entries():
        view.last = entry.number
        if entry.by == "office" and entry.number > seen:
            view.news.append(entry)
        if entry.kind == "message":
            view.talk.append(entry)
        elif entry.kind == "consent":
            view.consents[entry.body["code"]] = entry.body["given"]
        elif entry.kind == "step":
            view.steps.append(entry)
            if entry.body["code"] == "problem":
                view.problems.append(entry.body["problem"])
    return view


@dataclass(frozen=True)
class QueuePlace:
    """After which row the next page begins: urgency, deadline, id of the last row."""

    urgency: int
    due_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.urgency}_{self.due_on.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> QueuePlace | None:
        """None for anything that is not the text of a place."""
        parts = text.split("_")
        try:
            return cls(int(parts[0]), date.fromisoformat(parts[1]), int(parts[2]))
        except (ValueError, IndexError):
            return None


def place_of(appeal: Appeal) -> QueuePlace:
    """Where an unopened appeal stands in the queue; a new appeal always has a deadline."""
    return QueuePlace(0 if appeal.status == Status.URGENT else 1, appeal.due_on or appeal.arrived_on, appeal.pk)


def unopened_appeals(user: User, *, after: QueuePlace | None = None, limit: int = 30) -> list[Appeal]:
    """New appeals of the offices in which this account does casework: urgent first, then by deadline.

    One row more than `limit` when there are more.
    """
    urgency = Case(When(status=Status.URGENT, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows: QuerySet[Appeal] = (
        Appeal.objects.filter(office_id__in=organisations_as(user, Role.CASEWORKER), status__in=UNOPENED)
        .annotate(urgency=urgency)
        .select_related("office")
        .order_by("urgency", "due_on", "id")
    )
    if after is not None:
        rows = rows.filter(
            Q(urgency__gt=after.urgency)
            | Q(urgency=after.urgency, due_on__gt=after.due_on)
            | Q(urgency=after.urgency, due_on=after.due_on, id__gt=after.id)
        )
    return list(rows[: limit + 1])


def appeal_for_caseworker(user: User, code: str) -> Appeal:
    """The appeal, when it lies with an office in which this account does casework. Raises Http404.

    This finds a row; only a key opens it.
    """
    offices = organisations_as(user, Role.CASEWORKER)
    appeal = Appeal.objects.filter(code=code, office_id__in=offices).select_related("office").first()
    if appeal is None:
        raise Http404
    return appeal


def problems_behind(codes: list[str]) -> list[Problem]:
    """The public problems that a person's case stands behind. The codes come out of her sealed lines, never out of a table."""
    return list(Problem.objects.filter(code__in=codes).order_by("id")) if codes else []
