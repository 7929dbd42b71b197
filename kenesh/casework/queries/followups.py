"""Checks after closing that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from kenesh.casework.models import FollowUp, Status
from kenesh.people.models import Role, User
from kenesh.people.rules import organisations_as

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class FollowUpPlace:
    """After which row the next page of checks begins."""

    due_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> FollowUpPlace | None:
        """None for anything that is not the text of a place."""
        day, _, number = text.partition("_")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None


def due_followups(user: User, *, after: FollowUpPlace | None = None, limit: int = 30) -> list[FollowUp]:
    """Checks of closed cases, due by next week, the oldest first; one row more than `limit` when there are more."""
    rows = FollowUp.objects.filter(
        done=False,
        cancelled=False,
        due_on__lte=timezone.localdate() + AHEAD,
        case__office_id__in=organisations_as(user, Role.CASEWORKER),
        case__status=Status.CLOSED,
    )
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, id__gt=after.id))
    return list(rows.select_related("case", "case__assignee").order_by("due_on", "id")[: limit + 1])
