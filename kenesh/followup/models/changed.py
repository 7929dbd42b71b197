"""Whether anything has changed for the people behind a problem: counts of what they said by receipt, never who said what."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.recommendations import Recommendation

SMALLEST = 5  # answers in each batch that is counted


class Felt(models.TextChoices):
    """Has anything changed for you?"""

    YES = "yes", _("Yes")
    LITTLE = "little", _("A little")
    NO = "no", _("No")
    UNSAID = "unsaid", _("I do not want to say")


class WaitingAnswer(models.Model):
    """One answer that waits to be counted together with at least four others. It names nobody, no time and, unsealed, no
    recommendation; its id is random, and so is the order in which a batch is counted."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()


class Counted(models.Model):
    """The answers of whole batches on one recommendation. It grows by at least SMALLEST at once, so that no difference of two
    published numbers is fewer people."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.CASCADE, related_name="counted")
    yes = models.PositiveIntegerField(default=0)
    little = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    unsaid = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(yes__gte=SMALLEST - models.F("little") - models.F("no") - models.F("unsaid")),
                name="counted_whole_batches",
            )
        ]

    @property
    def total(self) -> int:
        return self.yes + self.little + self.no + self.unsaid

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Each answer in words with its count."""
        return [(str(one.label), int(getattr(self, one.value))) for one in Felt]
