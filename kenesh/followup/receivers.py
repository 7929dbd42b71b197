"""What followup does when a council or the room of people tells something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from kenesh.council.models import Decision
from kenesh.council.signals import decision_adopted, decision_published
from kenesh.followup import tasks
from kenesh.followup.actions import open_recommendation, refresh_named
from kenesh.followup.actions.joining import move_to
from kenesh.followup.signals import letter_waits
from kenesh.people.models import Organisation, User
from kenesh.people.signals import organisation_renamed, records_joined


@receiver(decision_adopted, dispatch_uid="followup-open-recommendation")
def open_for_decision(sender: Any, decision: Decision, by: User | str, **_: Any) -> None:
    """Every decision that asks something of others is followed up; a commitment binds a member and asks nobody."""
    if decision.kind != Decision.Kind.COMMITMENT:
        open_recommendation(decision=decision, by=by)


@receiver(decision_published, dispatch_uid="followup-refresh-named")
def refresh_what_names_decision(sender: Any, decision: Decision, **_: Any) -> None:
    """A decision that is published, or internal again, is a source that everybody reads, or reads no longer."""
    refresh_named(decision=decision)


@receiver(letter_waits, dispatch_uid="followup-mail-letter")
def mail_announcement(sender: Any, **_: Any) -> None:
    """The letters to the addressees are written down; the worker sends them."""
    tasks.send_waiting_reminders.enqueue()


@receiver(organisation_renamed, dispatch_uid="followup-index-renamed")
def find_by_new_name(sender: Any, organisation: Organisation, **_: Any) -> None:
    """Recommendations are found by the names of those who are asked, and filed under their countries."""
    tasks.index_renamed.enqueue(organisation.pk)


@receiver(records_joined, sender=Organisation, dispatch_uid="followup-join")
def move_what_is_asked(sender: Any, stays: Organisation, goes: Organisation, **_: Any) -> None:
    move_to(stays=stays, goes=goes)
