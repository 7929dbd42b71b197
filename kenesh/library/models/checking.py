"""What a person made of what was found: confirmations, the figures and questions that came of them, and the counts of quality."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.library.models.documents import Document
from kenesh.people.models import User


class Confirmation(models.Model):
    """What a person decided on one finding. Undoing deletes the row; the trail keeps that it was there."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        CORRECTED = "corrected", _("Corrected")
        REJECTED = "rejected", _("Rejected")
        ADDED = "added", _("Added by hand")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="confirmations")
    key = models.CharField(max_length=40)  # of the finding: field and number; two people cannot decide the same one
    field = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    read = models.JSONField(default=dict)  # as it was found, {} when it was added
    confirmed = models.JSONField(default=dict)  # as it is, with the names of `kenesh read`; {} when it was rejected
    target = models.CharField(max_length=60, blank=True)  # the row it is now: "organisation:bcdfghjk"
    made = models.JSONField(default=list)  # rows that were made for it
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="confirmation_once"),
            models.CheckConstraint(condition=~Q(outcome="rejected") | Q(target=""), name="confirmation_rejected_is_nothing"),
        ]
        indexes = [models.Index(fields=["target"], name="confirmation_target")]


class Figure(models.Model):
    """A figure that a document states, with whose figure it is."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="figures")
    value = models.DecimalField(max_digits=26, decimal_places=6)
    up_to = models.DecimalField(max_digits=26, decimal_places=6, null=True, blank=True)  # the other end of a range
    of = models.PositiveIntegerField(null=True, blank=True)  # of a share in whole persons: "every seventh" is 1 of 7
    qualifier = models.CharField(max_length=10, blank=True)  # more than, at least, about, almost, up to, less than
    per = models.CharField(max_length=5, blank=True)  # year, month or day, of what comes each time
    unit = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=300, blank=True)  # what is counted, in the language of the document
    source = models.CharField(max_length=200, blank=True)  # whose figure it is, as the document says
    year = models.PositiveSmallIntegerField(null=True, blank=True)


class Question(models.Model):
    """A question that a committee asks in a document."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="questions")
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()


class FieldCount(models.Model):
    """How often reading was right in one field and language, over the documents that are checked. Kept, not recomputed."""

    field = models.CharField(max_length=20)
    language = models.CharField(max_length=3, blank=True)
    right = models.PositiveIntegerField(default=0)  # found, and so it is
    wrong = models.PositiveIntegerField(default=0)  # found, and it is not so
    missed = models.PositiveIntegerField(default=0)  # there, and not found

    class Meta:
        constraints = [models.UniqueConstraint(fields=["field", "language"], name="field_count_once")]
