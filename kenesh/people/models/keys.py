"""Key rows of organisations. What they hold is sealed; how is decided in kernel/vault.py."""

from __future__ import annotations

import uuid

from django.db import models

from kenesh.people.models.accounts import User
from kenesh.people.models.organisations import Organisation


class OrganisationEpoch(models.Model):
    """A key pair of an organisation. A new epoch begins when a holder leaves; each epoch's secret opens the one before."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField()
    public_key = models.BinaryField(max_length=32)
    sealed_previous = models.BinaryField(max_length=600, null=True)  # secret of the epoch before, under this one's
    sealed_index_key = models.BinaryField(max_length=600)  # of the encrypted search index
    created_on = models.DateField(auto_now_add=True)
    renewal_due = models.BooleanField(default=False)  # a holder has left since: a new epoch is to begin

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="organisation_epoch_once")]


class OrganisationKey(models.Model):
    """An epoch's secret, sealed to one caseworker."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.ForeignKey(OrganisationEpoch, on_delete=models.CASCADE, related_name="keys")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="organisation_keys")
    sealed_secret = models.BinaryField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "user"], name="organisation_key_once")]


class OrganisationRecovery(models.Model):
    """An epoch's secret, sealed to the recovery key that was printed once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.OneToOneField(OrganisationEpoch, on_delete=models.CASCADE, related_name="recovery")
    public_key = models.BinaryField(max_length=32)
    sealed_secret = models.BinaryField(max_length=300)
