"""How long an office keeps closed cases, by its rule and by way of working, and what is held longer."""

from __future__ import annotations

from django.db import models

from kenesh.appeals.models import Appeal
from kenesh.casework.models.cases import Case, SealedRow
from kenesh.people.models import Organisation

MONTHS, MONTHS_OF_MONEY = 12, 36


class RetentionRule(models.Model):
    """An office's rule: months after closing, longer where money is at stake; destroyed by itself or after somebody looked."""

    office = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField(default=MONTHS)
    months_of_money = models.PositiveSmallIntegerField(default=MONTHS_OF_MONEY)
    by_itself = models.BooleanField(default=False)


class RetentionOfType(models.Model):
    """Months after closing for cases of one way of working: counts instead of both numbers of the office's rule."""

    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    case_type = models.CharField(max_length=20)  # a code of case_types.CASE_TYPES
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "case_type"], name="retention_of_type_once")]


class KeptAppeal(models.Model):
    """Until when an appeal is kept that is closed although no case was opened from it: it was declined, or its office closed."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    keep_until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["office", "keep_until", "id"], name="kept_appeals_to_destroy")]


class Hold(SealedRow):
    """Why a case is kept longer than the rule says (a trial, a complaint about us), by whom, looked at again when."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="hold")
