"""A meeting that runs on a laptop in a room without internet: that it was taken there, and that it stays there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import Meeting
from kenesh.people.models import User


class VenueTake(models.Model):
    """On the node: the meeting was taken to its venue. While it is away, nothing of it changes here."""

    class Status(models.TextChoices):
        AWAY = "away", _("At the venue")
        BROUGHT = "brought", _("Brought back")
        CANCELLED = "cancelled", _("Called back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="venue_takes")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.AWAY)
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # none: by command
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)  # it was called back
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was brought back

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(status="away"), name="venue_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(status="away", ended_at__isnull=True) | (~Q(status="away") & Q(ended_at__isnull=False)),
                name="venue_ended_when_not_away",
            ),
            models.CheckConstraint(condition=~Q(status="brought") | ~Q(digest=""), name="venue_brought_something"),
        ]

    @property
    def target(self) -> str:
        """The take in the trail."""
        return f"meeting:{self.meeting.code}/venue:{self.uid.hex}"


class VenueStay(models.Model):
    """On the laptop: the one meeting that it runs. `seals_to`: the key to which the file to bring back is sealed, so that the
    node alone opens it."""

    uid = models.UUIDField(unique=True)  # of the take
    node = models.CharField(max_length=16)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="venue_stay")
    seals_to = models.BinaryField(max_length=32)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
