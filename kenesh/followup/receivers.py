"""What followup does when a council tells something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from kenesh.council.models import Decision
from kenesh.council.signals import decision_adopted
from kenesh.followup.actions import open_recommendation
from kenesh.people.models import User


@receiver(decision_adopted, dispatch_uid="followup-open-recommendation")
def open_for_decision(sender: Any, decision: Decision, by: User | str, **_: Any) -> None:
    """Every decision that asks something of others is followed up; a commitment binds a member and asks nobody."""
    if decision.kind != Decision.Kind.COMMITMENT:
        open_recommendation(decision=decision, by=by)
