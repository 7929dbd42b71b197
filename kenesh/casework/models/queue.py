"""What keeps the queue quick and its users out of each other's way.

In the clear: counts by what stands in the clear anyway (`Tally`), who has which case open (for two minutes), which new
appeals were swept and on which day, how many appeals the whole node took in each of the last 48 hours. Names and
filters of saved views, tags, alarms and what an undo would restore are sealed.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kenesh.appeals.models import Appeal
from kenesh.casework.models.cases import Case, SealedRow
from kenesh.kernel.codes import new_code
from kenesh.people.models import Organisation, OrganisationEpoch, User


class Tally(models.Model):
    """Kept counts. Triggers of the database append a +1 or -1 for each change; `casework.tallies` folds them into cells.

    No constraint to offices, no relation to accounts: a row of a trigger must never be refused. `caseworker`: the id of the account, 0 for nobody.
    """

    DELTA, FINE, COARSE = 0, 1, 2  # a change; a cell; a cell without theme and countries

    grain = models.SmallIntegerField()
    what = models.CharField(max_length=6)  # appeal or case
    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    status = models.CharField(max_length=12)
    theme = models.CharField(max_length=40)
    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    caseworker = models.BigIntegerField()
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["office", "grain", "what", "status"], name="tally_of_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "grain", "what", "status", "theme", "origin", "destination", "caseworker"],
                condition=Q(grain__gt=0),
                name="tally_cell_once",
            )
        ]


class Kept(models.Model):
    """A sealed note that one account keeps for itself, or for everybody who holds its office's key."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    office_epoch = models.ForeignKey(OrganisationEpoch, null=True, on_delete=models.CASCADE, related_name="+")
    sealed_key = models.BinaryField(max_length=300)
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class View(Kept):
    """A filter of the queue: a temporary one behind an address, or one that was given a name and is counted."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    expires_at = models.DateTimeField(null=True, db_index=True)  # null: saved for good


class Undo(Kept):
    """What the last act on several rows changed, for ten minutes."""

    expires_at = models.DateTimeField(db_index=True)


class Tags(SealedRow):
    """The office's own words for a case: {"tags": [...]}."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="tags")


class Alarm(SealedRow):
    """What runs in hours: removal, detention, next hearing, duty lawyer, consul."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="alarm")


class Swept(models.Model):
    """A new appeal that was swept away as not genuine. It can be brought back until it is destroyed."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    swept_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["office", "swept_on", "id"], name="swept_of_office")]


class Presence(models.Model):
    """Who has a case open now; forgotten after two idle minutes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="presence_once")]
