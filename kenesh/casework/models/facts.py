"""Facts of a case that a step or a letter needs: the other side, the way of working with its evidence, and the steps taken."""

from __future__ import annotations

from django.db import models

from kenesh.casework.models.cases import Case, SealedRow


class Party(SealedRow):
    """The other side, or somebody behind it: employer, agent, contractor, official. Who, and what the conflict check said: sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")


class Sheet(SealedRow):
    """One for each case: the way of working (case type) and the checklist of evidence."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="sheet")


class Step(SealedRow):
    """A call, letter, hearing, visit or negotiation: when, how long, what it cost, who, what came of it, what comes next."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
