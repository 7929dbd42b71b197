"""What tells the screens of a meeting that something is new."""

from __future__ import annotations

from django.db.models import F

from kenesh.council.models import LiveState


def touch(meeting_id: int) -> None:
    """Something that screens show has changed. Call it inside the transaction of the change."""
    if not LiveState.objects.filter(meeting=meeting_id).update(sequence=F("sequence") + 1):
        LiveState.objects.create(meeting_id=meeting_id)
