"""Who wants to be told by e-mail. The table names nobody: an address is sealed with a key that lies outside the database."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kenesh.followup.models.recommendations import Recommendation


class Follower(models.Model):
    """An address, found by its keyed hash. It gets nothing before it has confirmed, and is forgotten when it follows nothing."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address_hash = models.BinaryField(max_length=32, unique=True)
    sealed_address = models.BinaryField()
    language = models.CharField(max_length=8)
    told_on = models.DateField(null=True, blank=True)  # the day of the last letter with news


class Following(models.Model):
    """What somebody follows: one recommendation, or all that are filed under each of some keys ("all", "in:KG theme:pay")."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="followings")
    recommendation = models.ForeignKey(Recommendation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    keys = models.CharField(max_length=400, blank=True)  # "" for one recommendation
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()  # when the last letter with a link to confirm went
    seen = models.BigIntegerField(default=0)  # the newest version of which it was told

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="following_asked")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__isnull=True) & ~Q(keys="") | Q(recommendation__isnull=False, keys=""),
                name="following_one_or_list",
            ),
            models.UniqueConstraint(fields=["follower", "recommendation"], condition=Q(keys=""), name="following_one_once"),
            models.UniqueConstraint(fields=["follower", "keys"], condition=~Q(keys=""), name="following_list_once"),
        ]
