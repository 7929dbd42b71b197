"""Between meetings: a decision in writing until a deadline, by votes or by silence."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import Meeting
from kenesh.council.models.proposals import Proposal
from kenesh.people.models import Membership, User
from kenesh.problems.models import new_request_key


class WrittenProcedure(models.Model):
    """One proposal that is decided without a room. It has a meeting of its own, which is under way until the deadline.

    `held_at`: since when a silence whose deadline has passed waits, because the text has not reached all members.
    """

    class Kind(models.TextChoices):
        VOTE = "vote", _("By votes in writing")
        SILENCE = "silence", _("By silence: adopted unless a member objects")

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Adopted")
        NOT_ADOPTED = "not_adopted", _("Not adopted")
        OBJECTED = "objected", _("Stopped by an objection")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="written")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    closes_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    objection = models.TextField(max_length=2000, blank=True)
    objected_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="written_outcome_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="objected") | (Q(objected_by__isnull=False) & ~Q(objection="")),
                name="written_objection_says_why",
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], condition=Q(closed_at__isnull=True), name="written_due")]

    @property
    def local_deadline(self) -> datetime:
        """The deadline on the clock of its meeting."""
        return self.closes_at.astimezone(ZoneInfo(self.meeting.time_zone))


class WrittenLink(models.Model):
    """How one member is asked to answer: to which address, in what language, and what became of the letter.

    Its token of 128 bits is made of `request_key`, `link_number` and the node's pepper, so that a reminder carries the same one;
    the database keeps the hash. Who has an account is written to as well, with the address of the page behind the sign-in.

    `asked_at`: since when a letter is wanted that has not gone out before. `reached_by`, `reached_on`: how and when the member got the
    text otherwise, in the secretary's word.
    """

    class Way(models.TextChoices):
        PAPER = "paper", _("On paper")
        PHONE = "phone", _("By telephone")
        IN_PERSON = "in_person", _("In person")

    procedure = models.ForeignKey(WrittenProcedure, on_delete=models.CASCADE, related_name="links")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    has_account = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="ru")  # of the letter and of the page behind its link
    email = models.EmailField(blank=True)
    link_number = models.PositiveIntegerField(default=1)
    token_hash = models.BinaryField(max_length=32, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)  # what the mail server said when it took no letter
    reached_by = models.CharField(max_length=10, choices=Way.choices, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "membership"], name="written_link_once"),
            models.CheckConstraint(
                condition=Q(reached_by="", reached_on__isnull=True) | (~Q(reached_by="") & Q(reached_on__isnull=False)),
                name="written_reached_on_a_day",
            ),
        ]

    @property
    def is_letter_due(self) -> bool:
        """Whether a letter is wanted that has not gone out: the first one, or that with a new deadline."""
        return self.mailed_at is None or self.mailed_at < self.asked_at

    @property
    def meeting_id(self) -> int:
        return self.procedure.meeting_id
