"""Decisions and minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import Meeting
from kenesh.council.models.proposals import DecisionKind, Proposal
from kenesh.kernel.codes import new_code
from kenesh.people.models import User
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


class MinutesVersion(models.Model):
    """The minutes as the body approved them once. Its texts never change; a correction is another version, with a reason.

    Signatures are of this version. `is_withheld`: superseded, and no longer shown to everybody, because it says what must not be
    public.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    approved_on = models.DateField()
    approved_how = models.CharField(max_length=20, choices=Minutes.How.choices, blank=True)
    reason = models.TextField(max_length=2000, blank=True)  # what was corrected; empty for the first one
    chair_signed_on = models.DateField(null=True, blank=True)
    secretary_signed_on = models.DateField(null=True, blank=True)
    is_withheld = models.BooleanField(default=False)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who entered it
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="minutes_correction_says_why"),
        ]


class MinutesText(models.Model):
    """The words of a version in one language, for the body or for everybody; an excerpt is a part of them.

    `paper` is papers.paper.Paper. The words for everybody hold all decisions; those that are not public are left out when read.
    """

    version = models.ForeignKey(MinutesVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    for_everybody = models.BooleanField()
    paper = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language", "for_everybody"], name="minutes_text_once")]
