"""How members take part by phone: a link for one seat at one meeting, and short sessions that it opens."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kenesh.council.models.meetings import Meeting
from kenesh.people.models import Membership, User


class PhoneLink(models.Model):
    """The hash of a token of 128 bits that opens the phone page of one seat at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="phone_links")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"], condition=Q(revoked_at__isnull=True), name="phone_link_one_live"
            )
        ]


class PhoneSession(models.Model):
    """A browser that followed a link. The database keeps what finds the row, not the cookie."""

    cookie_id = models.BinaryField(max_length=32, unique=True)
    link = models.ForeignKey(PhoneLink, on_delete=models.CASCADE, related_name="sessions")
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="phone_session_ends")]
