"""Two records of the same organisation become one."""

from __future__ import annotations

from kenesh.people.models import Organisation
from kenesh.problems.models import Problem, Support


def move_to(*, stays: Organisation, goes: Organisation) -> None:
    """What one put forward or sees too is the other's from now on; the room of people writes the trail."""
    Problem.objects.filter(proposed_by=goes).update(proposed_by=stays)
    Support.objects.filter(organisation=goes).update(organisation=stays)
