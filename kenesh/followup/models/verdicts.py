"""The independent judgement, kept apart from what the addressee says; and what both rest on."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.answers import Action, Response
from kenesh.followup.models.recommendations import Recommendation
from kenesh.followup.models.withdrawing import Withdrawable, internal_once_withdrawn
from kenesh.library.models import Document
from kenesh.people.models import User
from kenesh.themes.texts import TranslatedField


class Judgement(models.TextChoices):
    CARRIED_OUT = "carried_out", _("Carried out")
    PARTLY = "partly", _("Carried out in part")
    NOT_CARRIED_OUT = "not_carried_out", _("Not carried out")
    UNKNOWN = "unknown", _("Cannot be judged")


CRITICAL = (Judgement.PARTLY, Judgement.NOT_CARRIED_OUT)


class Verdict(Withdrawable):
    """What the body found when it looked for itself. A new judgement is a new row.

    A critical one can be published only when the addressees have replied, or had until `reply_until` to do so.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="verdicts")
    judgement = models.CharField(max_length=20, choices=Judgement.choices)
    text = TranslatedField(blank=True)
    judged_on = models.DateField()
    judged_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    reply_until = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    request_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(judgement__in=CRITICAL) | Q(reply_until__isnull=False), name="verdict_right_of_reply"
            ),
            internal_once_withdrawn("verdict_withdrawn_is_internal"),
        ]

    @property
    def is_critical(self) -> bool:
        return self.judgement in CRITICAL

    def reply_time_is_over(self, today: date) -> bool:
        """Whether the addressees' days for a reply have passed."""
        return self.reply_until is None or self.reply_until < today


class Evidence(models.Model):
    """A link, words or a document of the library that an answer, a reported action or a verdict rests on."""

    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    verdict = models.ForeignKey(Verdict, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    url = models.URLField(max_length=500, blank=True)
    text = models.TextField(max_length=2_000, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(response__isnull=False, action__isnull=True, verdict__isnull=True)
                | Q(response__isnull=True, action__isnull=False, verdict__isnull=True)
                | Q(response__isnull=True, action__isnull=True, verdict__isnull=False),
                name="evidence_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(url="", text="", document__isnull=True), name="evidence_is_something"),
        ]
