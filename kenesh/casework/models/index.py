"""The encrypted search index, and what still has to go into it. How it works: casework/search/multimap.py.

In the clear: which epoch of which office an entry belongs to, how many there are, and which case or appeal has a handle.
What a case can be found under is nowhere.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kenesh.appeals.models import Appeal
from kenesh.casework.models.cases import Case
from kenesh.people.models import Organisation, OrganisationEpoch, User


class IndexState(models.Model):
    """An office's index under the index key of one epoch. Whoever writes to the index locks this row first."""

    organisation_epoch = models.OneToOneField(OrganisationEpoch, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveBigIntegerField(default=1)
    sealed_counter = models.BinaryField(max_length=400, null=True)  # the number that the next case or appeal gets


class IndexEntry(models.Model):
    """A padded, sealed list. `label`: four bytes that name the index, and what a keyed function makes of a term."""

    label = models.BinaryField(max_length=16, primary_key=True)
    sealed = models.BinaryField(max_length=5000)


class Handle(models.Model):
    """What the index calls a case or an appeal. `id` looks random; deleting the row takes the case out of the index at once."""

    id = models.BigIntegerField(primary_key=True)
    state = models.ForeignKey(IndexState, on_delete=models.CASCADE, related_name="handles", db_index=False)
    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="+")
    appeal = models.OneToOneField(Appeal, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "appeal", "case"], name="handle_migration")]
        constraints = [
            models.CheckConstraint(condition=Q(case__isnull=True) ^ Q(appeal__isnull=True), name="handle_of_one"),
        ]


class ToIndex(models.Model):
    """A case or an appeal that is new or changed and waits for an open session. `stamp` changes with every change."""

    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="+")
    appeal = models.OneToOneField(Appeal, null=True, on_delete=models.CASCADE, related_name="+")
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(case__isnull=True) ^ Q(appeal__isnull=True), name="to_index_one"),
        ]


class SealedQuery(models.Model):
    """What somebody searched for, sealed to her own account for a day: no word stands in an address."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)


class KeptApart(models.Model):
    """Two that a person keeps apart although they look alike. `mark`: a keyed function of the two, nothing without the key."""

    organisation_epoch = models.ForeignKey(OrganisationEpoch, on_delete=models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=16, unique=True)
