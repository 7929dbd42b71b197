"""What is known of a meeting's stays at venues."""

from __future__ import annotations

from kenesh.council.models import Meeting, VenueTake

_SHOWN = 10


def last_takes(meeting: Meeting) -> list[VenueTake]:
    """The newest first."""
    return list(VenueTake.objects.filter(meeting=meeting).select_related("taken_by", "ended_by").order_by("-pk")[:_SHOWN])
