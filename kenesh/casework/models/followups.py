"""Checks after closing: is she paid by now, how is it going, is there a new problem."""

from __future__ import annotations

from django.db import models

from kenesh.casework.models.cases import Case, SealedRow


class FollowUp(SealedRow):
    """A check 1, 3 or 6 months after closing; what was found is sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followups")
    due_on = models.DateField()
    done = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)  # the case was opened again, or the person said never

    class Meta:
        indexes = [models.Index(fields=["done", "cancelled", "due_on", "id"], name="followup_due")]
