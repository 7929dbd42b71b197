"""What people of the node add to the thesaurus, and what nobody found in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import LENGTH, new_code

LONGEST_TEXT = 120
MOST_WORDS = 3
LONGEST_WORD = 30


class Proposal(models.Model):
    """A name or a synonym for a concept, in one language: one person proposes it, another confirms or rejects it."""

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("One more word for it")
        LABEL = "label", _("A better name for it")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CONFIRMED = "confirmed", _("In use")
        REJECTED = "rejected", _("Rejected")

    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    concept = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SYNONYM)
    text = models.CharField(max_length=LONGEST_TEXT)
    compared = models.CharField(max_length=LONGEST_TEXT, editable=False)  # the text as words are compared
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    # Accounts as the trail names them: the room of accounts lies above this one.
    proposed_by = models.CharField(max_length=60)
    proposed_on = models.DateField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "kind", "compared"],
                condition=~Q(status="rejected"),
                name="proposal_once",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_by="", decided_on__isnull=True)
                | (~Q(status="waiting") & ~Q(decided_by="") & ~Q(decided_by=F("proposed_by")) & Q(decided_on__isnull=False)),
                name="proposal_decided_by_another",
            ),
        ]
        indexes = [models.Index(fields=["status", "-id"], name="proposal_by_status")]

    def __str__(self) -> str:
        return f"{self.text} ({self.language}): {self.concept}"


class UnknownWords(models.Model):
    """Words that somebody searched for and no concept knows: the words, their language, and how often in a month.

    Nothing says who, when or from where. `month` is its first day.
    """

    words = models.CharField(max_length=MOST_WORDS * (LONGEST_WORD + 1))
    language = models.CharField(max_length=8)
    month = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "language", "words"], name="unknown_words_once_a_month"),
        ]
        indexes = [models.Index(fields=["month", "-count", "id"], name="unknown_words_most_asked")]

    def __str__(self) -> str:
        return f"{self.words} ({self.language}): {self.count}"
