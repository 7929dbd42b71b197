"""Abstract rows for whatever is sealed to organisations and named people: epochs of a content key, and grants."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kenesh.people.models.accounts import User
from kenesh.people.models.keys import OrganisationEpoch


class ContentEpoch(models.Model):
    """An epoch of a content key. A new one begins when somebody loses access; its key opens the one before."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(default=1)
    sealed_previous = models.BinaryField(max_length=600, null=True)

    class Meta:
        abstract = True


class Grant(models.Model):
    """A content key sealed to one epoch of an organisation, or to one named person (a restricted case).

    `latched`: the sealed key is sealed once more to the receipt of the person who asked for erasure; only she can undo it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation_epoch = models.ForeignKey(OrganisationEpoch, null=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    sealed_key = models.BinaryField(max_length=600)
    latched = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_epoch__isnull=True) ^ Q(user__isnull=True), name="%(app_label)s_%(class)s_to_one"
            )
        ]
