"""Two records become one: what was read of the one in documents is said of the other."""

from __future__ import annotations

from kenesh.kernel.findings import target_of
from kenesh.library.models import Confirmation
from kenesh.people.joining import Record


def move_to(*, stays: Record, goes: Record) -> None:
    """The room of people writes the trail. What was made of a finding is gone, and undoing the finding removes nothing."""
    Confirmation.objects.filter(target=target_of(goes)).update(target=target_of(stays))
