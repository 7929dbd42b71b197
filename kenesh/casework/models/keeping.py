"""How long an office keeps closed cases, and what is held longer."""

from __future__ import annotations

from django.db import models

from kenesh.casework.models.cases import Case, SealedRow
from kenesh.people.models import Organisation

MONTHS, MONTHS_OF_MONEY = 12, 36


class RetentionRule(models.Model):
    """An office's rule: months after closing, longer where money is at stake; destroyed by itself or after somebody looked."""

    office = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField(default=MONTHS)
    months_of_money = models.PositiveSmallIntegerField(default=MONTHS_OF_MONEY)
    by_itself = models.BooleanField(default=False)


class Hold(SealedRow):
    """Why a case is kept longer than the rule says (a trial, a complaint about us), by whom, looked at again when."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="hold")
