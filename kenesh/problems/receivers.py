"""What problems do when two records of an organisation become one."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from kenesh.people.models import Organisation
from kenesh.people.signals import records_joined
from kenesh.problems.actions.organisations import move_to


@receiver(records_joined, sender=Organisation, dispatch_uid="problems-join")
def move_problems(sender: Any, stays: Organisation, goes: Organisation, **_: Any) -> None:
    move_to(stays=stays, goes=goes)
