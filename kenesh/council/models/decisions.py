"""Decisions and minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import Meeting
from kenesh.council.models.proposals import DecisionKind, Proposal
from kenesh.kernel.codes import new_code
from kenesh.themes.texts import TranslatedField


class Decision(models.Model):
    """What a body adopted. Whom it asks, until when and about what problem, its proposal says."""

    Kind = DecisionKind

    class How(models.TextChoices):
        CONSENSUS = "consensus", _("By consensus")
        VOTE = "vote", _("By vote")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=30, choices=Kind.choices, default=Kind.RECOMMENDATION)
    text = TranslatedField()
    adopted_on = models.DateField()  # on the calendar of the meeting's room
    how = models.CharField(max_length=20, choices=How.choices)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField()  # within the meeting, from 1
    is_public = models.BooleanField(default=False)
    shows_endorsements = models.BooleanField(
        default=False
    )  # whether everybody sees which States stand behind it: the body decides

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(how="consensus", votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True)
                | Q(how="vote", votes_for__isnull=False, votes_against__isnull=False, votes_abstained__isnull=False),
                name="decision_counts_of_a_vote",
            ),
        ]
        indexes = [models.Index(fields=["is_public", "-adopted_on", "-id"], name="decision_public_newest")]

    def __str__(self) -> str:
        return str(self.text)


class Minutes(models.Model):
    """The протокол of a meeting. Its text is drafted from the meeting's own rows; here stands what is added, how the body approved
    it, and when chair and secretary signed the paper."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")

    class How(models.TextChoices):
        MEETING = "meeting", _("At a meeting")
        WRITING = "writing", _("In writing")
        SILENCE = "silence", _("Nobody objected in time")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    remarks = TranslatedField(blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    authentic = models.CharField(max_length=2, blank=True)  # the language whose text counts; empty: none was chosen
    approved_on = models.DateField(null=True, blank=True)
    approved_how = models.CharField(max_length=20, choices=How.choices, blank=True)
    chair_signed_on = models.DateField(null=True, blank=True)
    secretary_signed_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", approved_on__isnull=True, is_public=False)
                | Q(status="approved", approved_on__isnull=False),
                name="minutes_public_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(status="approved")
                | Q(approved_how="", chair_signed_on__isnull=True, secretary_signed_on__isnull=True),
                name="minutes_signed_when_approved",
            ),
        ]
