"""What is asked, of whom, and by which letter."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models import Decision
from kenesh.followup.models.withdrawing import Withdrawable
from kenesh.kernel.codes import new_code
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, OrganisationKind, User
from kenesh.problems.models import Problem
from kenesh.themes.texts import TranslatedField

# Sorts after every real day; "no date was set".
NO_DATE = date(9999, 12, 31)

# Kinds of organisations that are offered as addressees.
ADDRESSED = (OrganisationKind.MINISTRY, OrganisationKind.REGIONAL, OrganisationKind.INTERNATIONAL)


class Stage(models.TextChoices):
    """How far a recommendation has come, whatever today's date is. Kept on the row only so that lists can use an index."""

    WAITING = "waiting", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    VERIFIED = "verified", _("Checked")


class Status(models.TextChoices):
    """What people read: the stage, and whether today is past the date."""

    WAITING = "waiting", _("Waiting for an answer")
    OVERDUE = "overdue", _("The answer is late")
    ANSWERED = "answered", _("Answered")
    VERIFIED = "verified", _("Checked")


class SourceKind(models.TextChoices):
    """Who asked."""

    DECISION = "decision", _("Decision of a council")
    UN_COMMITTEE = "un_committee", _("UN committee")
    SPECIAL_PROCEDURE = "special_procedure", _("Special procedure of the UN")
    UPR = "upr", _("Universal Periodic Review")
    OMBUDSMAN = "ombudsman", _("Ombudsman")
    ROUND_TABLE = "round_table", _("Round table")
    CONFERENCE = "conference", _("Conference")
    MEETING = "meeting", _("Meeting")
    OTHER = "other", _("Another source")


class Recommendation(models.Model):
    """What a decision, a round table or a UN committee asks of its addressees.

    `stage`, `public_stage` and `answer_by` follow from the rows below and are written by `actions.keeping` alone.
    """

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")  # who follows it up
    decision = models.OneToOneField(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source_text = TranslatedField(blank=True)  # where it comes from when no decision of ours made it
    source_kind = models.CharField(
        max_length=20, choices=SourceKind.choices, blank=True
    )  # "" for a decision of ours, or not said
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # where it was read
    problem = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = TranslatedField()
    why = TranslatedField(blank=True)
    articles = models.JSONField(default=list, blank=True)  # [["ICRMW", "25"], …], see `instruments.py`
    targets = models.JSONField(default=list, blank=True)  # of the Sustainable Development Goals: ["8.8", …]
    carry_out_by = models.DateField(null=True, blank=True)  # the day by which it shall be carried out
    due = models.DateField(null=True, blank=True)  # the day that the body set for an answer
    is_public = models.BooleanField(default=False)  # what is public, the body decides
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING, editable=False)
    public_stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING, editable=False)
    answer_by = models.DateField(default=NO_DATE, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    request_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["is_public", "-id"], name="recommendation_public"),
            models.Index(fields=["is_public", "public_stage", "-id"], name="recommendation_public_stage"),
            models.Index(fields=["body", "stage", "answer_by", "id"], name="recommendation_work"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def target(self) -> str:
        """How the trail names it."""
        return f"recommendation:{self.code}"


class AddresseeQuerySet(models.QuerySet["Addressee"]):
    def current(self) -> AddresseeQuerySet:
        """Who is asked now: without organisations whose successor was asked in their place."""
        return self.filter(succeeded_by__isnull=True)


class Addressee(models.Model):
    """An organisation that a recommendation asks something of. One that is no more keeps its row; its successor has one of its own."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="addressees")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=False)  # who answers for the whole where several are asked
    due = models.DateField(null=True, blank=True, editable=False)  # of its own, once more time was granted
    answer_by = models.DateField(default=NO_DATE, editable=False)  # written by `actions.keeping` alone
    validator_mailbox = models.EmailField(blank=True)  # of whoever confirms there what the organisation answers by link
    above = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    succeeded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="succeeded")
    succeeded_on = models.DateField(null=True, blank=True)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "organisation"], name="addressee_once"),
            models.UniqueConstraint(fields=["recommendation"], condition=Q(is_lead=True), name="addressee_one_lead"),
        ]
        indexes = [
            models.Index(fields=["answer_by", "id"], name="addressee_by_day"),
            models.Index(fields=["organisation", "recommendation"], name="addressee_asked"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def target(self) -> str:
        """How the trail names it, as one who acts and as what is acted on."""
        return f"addressee:{self.code}"


class Direction(models.TextChoices):
    OUT = "out", _("Outgoing")
    IN = "in", _("Incoming")


class Letter(Withdrawable):
    """A letter to an addressee or from one, with the numbers of both registries.

    The outgoing number is always the sender's, the incoming one the receiver's.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")  # whose register it stands in
    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="letters")
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.OUT)
    outgoing_number = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField()  # of an incoming one: the day on which it came
    incoming_number = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, blank=True)  # in which we wrote it; "" for a letter written elsewhere
    response = models.OneToOneField(
        "followup.Response", null=True, blank=True, on_delete=models.PROTECT, related_name="letter"
    )  # the answer that an incoming one holds
    due_by_law = models.DateField(null=True, blank=True)  # by when the law of the addressee's country wants an answer
    entered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    request_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_by_law__isnull=True) | Q(due_by_law__gte=models.F("sent_on")), name="letter_due_after_sending"
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(response__isnull=True), name="letter_out_holds_no_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-sent_on", "-id"], name="letter_register"),
            models.Index(fields=["body", "direction", "-sent_on", "-id"], name="letter_register_way"),
        ]

    def __str__(self) -> str:
        return self.outgoing_number

    @property
    def organisation(self) -> str:
        """To or from whom it went, as that was called on its day."""
        return self.addressee.organisation.called_on(self.sent_on)
