"""What surrounds a ballot: proxies, weights, and what is said about it afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import Meeting
from kenesh.council.models.proposals import Ballot
from kenesh.people.models import Membership, User
from kenesh.problems.models import new_request_key

MOST_PROXIES = 1  # in one hand, at one meeting


class Proxy(models.Model):
    """That a member gave its vote to another for one meeting, in writing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)  # of the paper
    dated_on = models.DateField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "proxies"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "giver"], condition=Q(revoked_at__isnull=True), name="proxy_given_once"),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="proxy_to_another"),
        ]
        indexes = [models.Index(fields=["meeting", "holder"], condition=Q(revoked_at__isnull=True), name="proxy_held")]


class VoteWeight(models.Model):
    """How many votes a seat has where votes are weighed; a seat without a row has one."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(weight__gte=1), name="vote_weight_from_one")]


class BallotRemark(models.Model):
    """What was said of a closed ballot: contested with words, counted again, upheld or annulled by the body."""

    class Kind(models.TextChoices):
        CONTESTED = "contested", _("Contested")
        RECOUNTED = "recounted", _("Counted again")
        UPHELD = "upheld", _("Upheld by the body")
        ANNULLED = "annulled", _("Annulled by the body")

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.TextField(max_length=2000, blank=True)
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # whose words
    same = models.BooleanField(null=True)  # of a recount: whether it gave the same
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["ballot", "id"], name="ballot_remarks")]
