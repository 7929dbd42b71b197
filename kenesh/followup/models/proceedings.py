"""What else decides the matter, what member organisations found, and which reminders went out."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.recommendations import Addressee, Recommendation
from kenesh.followup.models.verdicts import CRITICAL, Judgement
from kenesh.followup.models.withdrawing import Withdrawable, internal_once_withdrawn
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Publication, User
from kenesh.themes.texts import TranslatedField


class Proceeding(models.Model):
    """A case before a court or a commission that decides the same matter."""

    class Kind(models.TextChoices):
        COURT = "court", _("Court")
        CONSTITUTIONAL = "constitutional", _("Constitutional court")
        COMMISSION = "commission", _("Commission")
        OMBUDSMAN = "ombudsman", _("Ombudsman")
        TREATY_BODY = "treaty_body", _("UN committee, individual communication")

    class State(models.TextChoices):
        PENDING = "pending", _("Not decided yet")
        FOR = "for", _("Decided for the people concerned")
        PARTLY = "partly", _("Decided for them in part")
        AGAINST = "against", _("Decided against them")
        ENDED = "ended", _("Ended without a decision")

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="proceedings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=300)  # of the court or commission
    number = models.CharField(max_length=100, blank=True)
    on = models.DateField(null=True, blank=True)  # of the newest act
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    url = models.URLField(max_length=500, blank=True)
    is_public = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    request_key = models.UUIDField(unique=True, editable=False)


class Shadow(Withdrawable):
    """What a member organisation found when it looked for itself, on the scale of the body's own judgement and apart from it.

    `publication`: how much of the organisation's name may be shown. A critical one waits for the addressees' reply.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="shadows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    judgement = models.CharField(max_length=20, choices=Judgement.choices)
    text = TranslatedField()
    url = models.URLField(max_length=500, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judged_on = models.DateField()
    judged_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    reply_until = models.DateField(null=True, blank=True)
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    is_public = models.BooleanField(default=False)
    request_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(judgement__in=CRITICAL) | Q(reply_until__isnull=False), name="shadow_right_of_reply"
            ),
            internal_once_withdrawn("shadow_withdrawn_is_internal"),
        ]

    @property
    def is_critical(self) -> bool:
        return self.judgement in CRITICAL

    def reply_time_is_over(self, today: date) -> bool:
        """Whether the addressees' days for a reply have passed."""
        return self.reply_until is None or self.reply_until < today


class ReminderRule(models.Model):
    """Whether and when a body reminds its addressees, and to whom it turns when an answer stays away."""

    class Escalation(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        ABOVE = "above", _("The organisation that stands above the addressee")
        CHAIR = "chair", _("The chair of the council")

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)
    days_before = models.PositiveSmallIntegerField(default=7)
    days_after = models.PositiveSmallIntegerField(default=3)
    escalates_to = models.CharField(max_length=10, choices=Escalation.choices, default=Escalation.NOBODY)
    days_to_escalate = models.PositiveSmallIntegerField(default=30)
    chair_mailbox = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days_before__lte=90, days_after__lte=90, days_to_escalate__lte=365), name="reminder_within_reason"
            )
        ]


class Reminder(models.Model):
    """One reminder of one day, to one mailbox: the constraint keeps it from going out twice."""

    class Kind(models.TextChoices):
        BEFORE = "before", _("The day comes near")
        AFTER = "after", _("The answer is late")
        ESCALATED = "escalated", _("Those above are told that the answer is late")
        VERDICT = "verdict", _("What was done was found at fault; they may reply")
        SCOREBOARD = "scoreboard", _("How addressees answer will be shown to everybody")
        ANNOUNCED = "announced", _("Late answers will be shown to everybody")
        GRANTED = "granted", _("More time was given")
        DECLINED = "declined", _("More time was not given")
        SENT_BACK = "sent_back", _("An answer was sent back to be changed")
        WITHDRAWN = "withdrawn", _("A fault that was found is taken back")

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Of which day; a day that moved is reminded of anew. Of an announcement: when it opens; of a judgement: until when they may reply.
    answer_by = models.DateField()
    mailbox = models.EmailField()
    made_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "kind", "answer_by", "mailbox"], name="reminder_once"),
        ]
        indexes = [models.Index(fields=["tried_at", "id"], name="reminders_to_send", condition=Q(sent_at__isnull=True))]
