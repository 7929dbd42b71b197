"""What a council tells the areas above. Sent inside the transaction of the act.

On a laptop at a venue nobody is told: nothing is followed up there and no letter goes out. When the meeting is brought back, its
node tells of it, once.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.dispatch import Signal


class AtTheNode(Signal):
    """A signal that is silent at a venue."""

    def send(self, sender: Any, **named: Any) -> list[tuple[Any, Any]]:
        return [] if settings.AT_VENUE else super().send(sender, **named)


decision_adopted = AtTheNode()  # decision: Decision, by: User, or the name of a command
decision_published = AtTheNode()  # decision: Decision (its is_public says which way), by: the same
meeting_closed = AtTheNode()  # meeting: Meeting, by: the same
letters_wanted = AtTheNode()  # invitations: list[int], ids of those to whom the worker writes
silence_held = AtTheNode()  # procedure: WrittenProcedure, which waits because the text has not reached all members
written_letters_wanted = AtTheNode()  # links: list[int], ids of those whom the worker asks to answer in writing
meeting_changed = AtTheNode()  # meeting: Meeting (when, where, or whether it is held), by: User
