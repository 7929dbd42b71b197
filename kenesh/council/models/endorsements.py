"""What States say to a decision after it was adopted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.decisions import Decision
from kenesh.people.models import Membership, Publication, User
from kenesh.problems.models import new_request_key


class Endorsement(models.Model):
    """That a membership which speaks for a State endorses a decision, makes a reservation, or waits.

    Rows are never changed: what is said again is a new row, and the older ones are the history.
    """

    class Stance(models.TextChoices):
        ENDORSES = "endorses", _("Endorses")
        RESERVES = "reserves", _("Endorses with a reservation")
        WAITS = "waits", _("Waits")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="endorsements")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)  # the State for which it spoke on that day, ISO 3166-1 alpha-2
    stance = models.CharField(max_length=20, choices=Stance.choices)
    words = models.TextField(max_length=2000, blank=True)
    said_on = models.DateField()
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    is_latest = models.BooleanField(default=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "membership"], condition=Q(is_latest=True), name="endorsement_one_latest"
            ),
            models.CheckConstraint(condition=~Q(stance="reserves") | ~Q(words=""), name="endorsement_reserves_in_words"),
        ]
        indexes = [models.Index(fields=["decision", "-id"], name="endorsement_of_decision")]
