"""Contacts: one call, visit or message, counted without a name and without a text. And digits that an office has just made.

A contact stands in the clear because it says nothing of anybody: office, day, way in, top theme, two countries, sex, a band
of minutes, what came of it, who logged it.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Appeal
from kenesh.people.models import Organisation, User


class Channel(models.TextChoices):
    """Ways in."""

    PHONE = "phone", _("Phone call")
    WALK_IN = "walk-in", _("Came to the office")
    MESSENGER = "messenger", _("Messenger")
    OUTREACH = "outreach", _("Outreach visit")
    LETTER = "letter", _("Letter or e-mail")


class ContactResult(models.TextChoices):
    """What came of a contact."""

    INFORMED = "informed", _("Information given")
    APPOINTED = "appointed", _("Appointed")
    REFERRED = "referred", _("Sent elsewhere")
    CASE = "case", _("Became a case")


class Minutes(models.IntegerChoices):
    """How long it took, in bands."""

    FIVE = 5, _("up to 5")
    FIFTEEN = 15, _("up to 15")
    THIRTY = 30, _("up to 30")
    HOUR = 60, _("up to 60")
    MORE = 90, _("more")


class Contact(models.Model):
    """One consultation, logged in 20 seconds."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    theme = models.CharField(max_length=40, blank=True)  # a top concept
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    sex = models.CharField(max_length=6, blank=True)
    minutes = models.PositiveSmallIntegerField(choices=Minutes.choices, default=Minutes.FIFTEEN)
    result = models.CharField(max_length=10, choices=ContactResult.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    request_key = models.UUIDField(unique=True, null=True)  # of the form that logged it: a repeated form logs one

    class Meta:
        indexes = [
            models.Index(fields=["office", "day", "channel"], name="contacts_of_a_day"),
            models.Index(fields=["by", "-id"], name="contacts_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.channel}"


class ShownReceipt(models.Model):
    """Digits that an office has just made for somebody: sealed to the account that reads them out, for half an hour."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="+")
    sealed_secret = models.BinaryField(max_length=300)
    expires_at = models.DateTimeField(db_index=True)
