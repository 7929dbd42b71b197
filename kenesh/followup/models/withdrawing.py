"""What was entered by mistake: it stays, with the reason, and nobody reads it among the rest any more."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from kenesh.people.models import User

M = TypeVar("M", bound=models.Model)


class StandingManager(models.Manager[M]):
    """Without what was taken back."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Withdrawable(models.Model):
    """Something that its writer can take back. `objects`, and all that leads here from other rows, are without it then."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_why = models.TextField(max_length=1_000, blank=True)

    objects: ClassVar[StandingManager[Self]] = StandingManager()
    with_withdrawn: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True


def internal_once_withdrawn(name: str) -> models.CheckConstraint:
    """What was taken back is public nowhere."""
    return models.CheckConstraint(condition=Q(withdrawn_at__isnull=True) | Q(is_public=False), name=name)
