"""What an office counts by hand, a month at a time: plain numbers of its own work, nothing of any person."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from kenesh.people.models import Organisation

MOST = 1_000_000


def _number() -> models.PositiveIntegerField[int, int]:
    return models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MOST)])


class OfficeMonth(models.Model):
    """One month of an office. `version` counts up at every change."""

    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()  # its first day
    outreach_events = _number()
    outreach_people = _number()
    staff_trained = _number()
    supervision_reviews = _number()
    data_breaches = _number()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "month"], name="office_month_once")]


BY_HAND = ("outreach_events", "outreach_people", "staff_trained", "supervision_reviews", "data_breaches")
