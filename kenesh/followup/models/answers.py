"""How an addressee answers: the link, the code, the short session; the answers themselves and what it reports done."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.recommendations import Addressee
from kenesh.people.models import User


class AnswerLink(models.Model):
    """A link in a letter, bound to one addressee of one recommendation. Only its token's keyed hash is kept."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)


class AnswerCode(models.Model):
    """A code that was sent to the registered mailbox. Kept as a keyed hash; opens once, for a few minutes."""

    link = models.ForeignKey(AnswerLink, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["link", "-id"], name="answer_code_newest")]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="answer_code_five_tries")]


class AnswerSession(models.Model):
    """An official's browser on the way to an answer, found by a cookie of which only a hash is kept.

    It shows the recommendation only until `open_until`, which a code sets. What was written and not yet sent is sealed
    under the cookie, and outlives the open time: a new code gives it back.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cookie_id = models.BinaryField(max_length=32, unique=True)
    link = models.ForeignKey(AnswerLink, on_delete=models.CASCADE, related_name="sessions")
    open_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)  # when the row goes
    sealed_draft = models.BinaryField(null=True)
    sent = models.ForeignKey("followup.Response", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class ResponseKind(models.TextChoices):
    NONE = "none", _("No answer came")
    HOLDING = "holding", _("More time is needed")
    FORWARDED = "forwarded", _("Passed on to another body")
    FORMAL = "formal", _("Formal answer")
    SUBSTANTIVE = "substantive", _("Answer on the substance")


ANSWERS = (ResponseKind.FORMAL, ResponseKind.SUBSTANTIVE)


class Stance(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    NOTED = "noted", _("Noted")
    REJECTED = "rejected", _("Not accepted")


class Response(models.Model):
    """One answer of an addressee. A second answer is a second row: nothing here is written over but `is_public`."""

    code = models.CharField(max_length=8, editable=False, unique=True)  # the number on the official's confirmation
    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="responses")
    kind = models.CharField(max_length=15, choices=ResponseKind.choices)
    stance = models.CharField(max_length=10, choices=Stance.choices, blank=True)
    text = models.TextField(max_length=10_000, blank=True)
    plan = models.TextField(max_length=5_000, blank=True)  # what will be done
    promised_by = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=3, blank=True)  # of the text, as far as it can be told; ISO 639-1 or "und"
    received_on = models.DateField()
    received_at = models.DateTimeField(auto_now_add=True)
    link = models.ForeignKey(AnswerLink, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)
    request_key = models.UUIDField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "request_key"], name="response_once"),
            models.CheckConstraint(
                condition=Q(link__isnull=False, entered_by__isnull=True) | Q(link__isnull=True, entered_by__isnull=False),
                name="response_by_link_or_secretary",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ANSWERS) & ~Q(stance="") | ~Q(kind__in=ANSWERS) & Q(stance=""),
                name="response_stance_of_answer",
            ),
        ]
        indexes = [models.Index(fields=["addressee", "kind"], name="response_kinds")]

    @property
    def by_link(self) -> bool:
        """Whether the addressee wrote it itself, and not the secretary from a letter."""
        return self.link_id is not None

    @property
    def summary(self) -> str:
        """The stance of an answer, the kind of anything else, in words."""
        return str(self.get_stance_display() if self.stance else self.get_kind_display())


class Action(models.Model):
    """What the addressee reports done, in its own words. Whether it is so, a verdict says."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="actions")
    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField(max_length=5_000)
    done_on = models.DateField()
    is_public = models.BooleanField(default=False)
    request_key = models.UUIDField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["addressee", "request_key"], name="action_once")]
