"""What followup does when a council tells something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from kenesh.council.models import Decision
from kenesh.council.signals import decision_adopted
from kenesh.followup import tasks
from kenesh.followup.actions import open_recommendation
from kenesh.followup.signals import letter_waits, silence_announced
from kenesh.people.models import User


@receiver(decision_adopted, dispatch_uid="followup-open-recommendation")
def open_for_decision(sender: Any, decision: Decision, by: User | str, **_: Any) -> None:
    """Every decision that asks something of others is followed up; a commitment binds a member and asks nobody."""
    if decision.kind != Decision.Kind.COMMITMENT:
        open_recommendation(decision=decision, by=by)


@receiver(letter_waits, dispatch_uid="followup-mail-letter")
@receiver(silence_announced, dispatch_uid="followup-tell-of-silence")
def mail_announcement(sender: Any, **_: Any) -> None:
    """The letters to the addressees are written down; the worker sends them."""
    tasks.send_waiting_reminders.enqueue()
