"""What happens in the room while a meeting is under way: who has the word, who waits for it, motions of procedure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import AgendaItem, Meeting
from kenesh.people.models import Membership, Publication, User
from kenesh.problems.models import new_request_key


class LiveState(models.Model):
    """One row for a meeting whose screens follow it. `sequence` grows with whatever they show, so that a screen which asks
    again learns by one number that nothing is new."""

    class Pause(models.TextChoices):
        """Why nobody speaks, as an accepted motion of procedure said."""

        SUSPENDED = "suspend", _("The meeting is interrupted.")
        ADJOURNED = "adjourn", _("The meeting has ended for today.")

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.CASCADE, related_name="live")
    sequence = models.PositiveBigIntegerField(default=1)
    speakers_open = models.BooleanField(default=True)
    minutes_each = models.PositiveSmallIntegerField(default=3)  # for each speech; 0: no limit
    pause = models.CharField(max_length=20, choices=Pause.choices, blank=True)


class Speech(models.Model):
    """Somebody who asked for the word under a point: waits, then speaks, then has spoken."""

    class Kind(models.IntegerChoices):
        """In the order in which the chair gives the word."""

        POINT_OF_ORDER = 0, _("Point of order")
        SPEECH = 1, _("Speech")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speeches")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="speeches")
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guest = models.CharField(max_length=200, blank=True)  # somebody without a seat
    kind = models.PositiveSmallIntegerField(choices=Kind.choices, default=Kind.SPEECH)
    minutes = models.PositiveSmallIntegerField(default=0)  # that were allowed; 0: no limit
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)  # taken off the list before it began
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # none: by phone
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(membership__isnull=False) | ~Q(guest=""), name="speech_of_somebody"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False), name="speech_began_first"),
            models.CheckConstraint(condition=Q(removed_at__isnull=True) | Q(started_at__isnull=True), name="speech_not_begun"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(started_at__isnull=False, ended_at__isnull=True), name="speech_one_has_the_word"
            ),
            models.UniqueConstraint(
                fields=["meeting", "item", "membership", "kind"],
                condition=Q(started_at__isnull=True, removed_at__isnull=True, membership__isnull=False),
                name="speech_waits_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "kind", "id"],
                condition=Q(started_at__isnull=True, removed_at__isnull=True),
                name="speech_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.membership) if self.membership_id else self.guest

    @property
    def allowed_until(self) -> datetime | None:
        return self.started_at + timedelta(minutes=self.minutes) if self.started_at and self.minutes else None

    @property
    def seconds(self) -> int | None:
        """How long it took."""
        return int((self.ended_at - self.started_at).total_seconds()) if self.ended_at and self.started_at else None


class ProcedureMotion(models.Model):
    """A motion about how the meeting goes on: put, supported by others, decided by the chair or by a show of hands."""

    class Kind(models.TextChoices):
        CLOSE_LIST = "close_list", _("Close the list of speakers")
        CLOSE_DEBATE = "close_debate", _("End the debate")
        SUSPEND = "suspend", _("Interrupt the meeting")
        ADJOURN = "adjourn", _("End the meeting for today")
        POSTPONE = "postpone", _("Postpone the point")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class How(models.TextChoices):
        CHAIR = "chair", _("By the chair")
        HANDS = "hands", _("By a show of hands")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="procedure_motions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="procedure_motions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=500, blank=True)
    by_membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none: chair
    supporters = models.ManyToManyField(Membership, related_name="+")
    put_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    hands_for = models.PositiveIntegerField(null=True, blank=True)
    hands_against = models.PositiveIntegerField(null=True, blank=True)
    hands_abstained = models.PositiveIntegerField(null=True, blank=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="procedure_outcome_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(hands_for__isnull=True, hands_against__isnull=True, hands_abstained__isnull=True)
                | Q(how="hands", hands_for__isnull=False, hands_against__isnull=False, hands_abstained__isnull=False),
                name="procedure_hands_counted",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "decided_at", "id"], name="procedure_of_meeting")]
