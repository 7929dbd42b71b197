"""Second factors of accounts: what somebody has, besides the password that she knows."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.people.models.accounts import User


class FactorKind(models.TextChoices):
    TOTP = "totp", _("Codes of an app")
    PASSKEY = "passkey", _("Passkey or security key")


class Factor(models.Model):
    """One second factor. Its seed or public key is sealed with a key of the node that is not in the database: who can only
    write the database neither reads a seed nor puts a factor of his own there."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=FactorKind.choices)
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()
    counter = models.BigIntegerField(default=0)  # the last step whose code was taken; how often a passkey has signed
    added_on = models.DateField(auto_now_add=True)
    used_on = models.DateField(null=True)


class SpareCode(models.Model):
    """A one-time code on paper: only its keyed hash, gone when it is used."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="spare_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
