"""Sums of a case: what was promised, claimed, acknowledged, awarded, received; for each person and matter, with its day."""

from __future__ import annotations

from django.db import models

from kenesh.casework.models.cases import Case, Person, SealedRow


class Sum(SealedRow):
    """One sum at one stage: person, matter, amount, currency, day, note, and what it was before somebody corrected it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sums")
    # So that the sums of somebody who erases a part of a group's case go with the person's row, without any key.
    whose = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
