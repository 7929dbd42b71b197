"""How an addressee answers: the link, the code, the short session; the answers themselves and what it reports done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.recommendations import Addressee, AddresseeQuerySet
from kenesh.followup.models.withdrawing import StandingManager, Withdrawable, internal_once_withdrawn
from kenesh.people.models import User


class AnswerLink(models.Model):
    """A link in a letter, bound to one addressee of one recommendation. Only its token's keyed hash is kept.

    `mailbox`: where its codes go, "" for the registered mailbox of the organisation. A link that a focal point passed on to a
    colleague names the link it came from; one that `confirms` is the validator's, and opens no form.
    """

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="links")
    mailbox = models.EmailField(blank=True)
    passed_on_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="passed_on")
    confirms = models.BooleanField(default=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(passed_on_by__isnull=True) | ~Q(mailbox=""), name="link_passed_on_to_a_mailbox"),
            models.CheckConstraint(condition=Q(confirms=False) | ~Q(mailbox=""), name="link_of_a_validator_has_a_mailbox"),
        ]

    @property
    def codes_go_to(self) -> str:
        """The mailbox to which its codes are sent; "" when the organisation has none."""
        return self.mailbox or self.addressee.organisation.mailbox


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
GRADES = [(one.value, one.label) for one in ANSWERS]


class Stance(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    NOTED = "noted", _("Noted")
    REJECTED = "rejected", _("Not accepted")


class Progress(models.TextChoices):
    """How far it is, in the addressee's own word. What others found stands apart."""

    NOT_BEGUN = "not_begun", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    NOT_PLANNED = "not_planned", _("Will not be done")


class Confirmation(models.TextChoices):
    """Whether the addressee's validator has confirmed an answer that came by link; "" where none is asked for."""

    WAITING = "waiting", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    SENT_BACK = "sent_back", _("Sent back to be changed")


OFFICIAL = Q(confirmation__in=("", Confirmation.CONFIRMED))


class ResponseQuerySet(models.QuerySet["Response"]):
    def official(self) -> ResponseQuerySet:
        """What counts: answers that wait for the validator, or were sent back, do not."""
        return self.filter(OFFICIAL)

    def answers(self) -> ResponseQuerySet:
        """Official answers that say something: neither silence nor "we need more time"."""
        return self.official().filter(kind__in=ANSWERS)


StandingResponses = StandingManager.from_queryset(ResponseQuerySet)


class Response(Withdrawable):
    """One answer of an addressee. A second answer is a second row: nothing here is written over but `is_public`, `graded`, whom the
    secretary asked after it, and the validator's word while it waits for that."""

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
    progress = models.CharField(max_length=12, choices=Progress.choices, blank=True)
    graded = models.CharField(max_length=15, choices=GRADES, blank=True)  # by the secretary, once she has read it; "": as it came
    responsible = models.CharField(max_length=300, blank=True)  # who else is responsible, in the addressee's words
    # who is asked because it names that one; several addressees may name the same
    handed_to = models.ForeignKey(Addressee, null=True, blank=True, on_delete=models.SET_NULL, related_name="handed_from")
    confirmation = models.CharField(max_length=10, choices=Confirmation.choices, blank=True)
    confirmation_words = models.TextField(max_length=2_000, blank=True)  # why it was sent back
    confirmed_at = models.DateTimeField(null=True, blank=True)  # when the validator decided
    is_public = models.BooleanField(default=False)
    request_key = models.UUIDField(editable=False)

    objects: ClassVar[StandingResponses[Self]] = StandingResponses()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "request_key"], name="response_once"),
            models.CheckConstraint(condition=OFFICIAL | Q(is_public=False), name="response_public_is_official"),
            internal_once_withdrawn("response_withdrawn_is_internal"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(link__isnull=True), name="response_withdrawn_by_its_writer"
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, entered_by__isnull=True) | Q(link__isnull=True, entered_by__isnull=False),
                name="response_by_link_or_secretary",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ANSWERS) & ~Q(stance="") | ~Q(kind__in=ANSWERS) & Q(stance=""),
                name="response_stance_of_answer",
            ),
            models.CheckConstraint(
                condition=Q(graded="") | Q(graded__in=ANSWERS, kind__in=ANSWERS), name="response_graded_is_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["addressee", "kind"], name="response_kinds"),
            models.Index(fields=["received_at"], name="response_came_in", condition=Q(is_public=False, confirmation="")),
            models.Index(fields=["confirmation", "id"], name="response_confirming", condition=~Q(confirmation="")),
        ]

    @property
    def grade(self) -> ResponseKind:
        """What came, in the secretary's judgement where she has graded it, else as its writer called it."""
        return ResponseKind(self.graded or self.kind)

    @property
    def given_by(self) -> str:
        """Its organisation, as it was called on the day on which the answer came."""
        return self.addressee.organisation.called_on(self.received_on)

    @property
    def by_link(self) -> bool:
        """Whether the addressee wrote it itself, and not the secretary from a letter."""
        return self.link_id is not None

    @property
    def is_official(self) -> bool:
        """Whether it counts: no validator is asked, or the validator has confirmed it."""
        return self.confirmation in ("", Confirmation.CONFIRMED)

    @property
    def more_time(self) -> Extension | None:
        """The time that it asks for; None where it asks for none."""
        return getattr(self, "extension", None)

    @property
    def our_number(self) -> str:
        """Under which number it stands in the body's register; "" when it came without a letter."""
        letter = getattr(self, "letter", None)
        return str(letter.incoming_number) if letter else ""

    @property
    def summary(self) -> str:
        """The stance of an answer, the kind of anything else, in words."""
        return str(self.get_stance_display() if self.stance else self.get_kind_display())


def has_answered(**said: Any) -> Exists:
    """Whether the addressee of the outer row has given an official answer; `said`: one that is so."""
    return Exists(Response.objects.answers().filter(addressee=OuterRef("pk"), **said).order_by())


def has_handed_on(**said: Any) -> Exists:
    """Whether the addressee of the outer row has passed the matter on to an organisation that was then asked: that one owes the answer
    now, and nobody owes it twice. `said`: by an answer that is so."""
    forwarded = Response.objects.official().filter(_passed_on(), addressee=OuterRef("pk"), **said)
    return Exists(forwarded.order_by())


def _passed_on() -> Q:
    """Answers of those who passed the matter on to an organisation that was then asked."""
    asked = Exists(Addressee.objects.filter(named_by=OuterRef("addressee"))) | Q(handed_to__isnull=False)
    return Q(asked, kind=ResponseKind.FORWARDED)


def what_was_said(addressees: Iterable[int]) -> list[tuple[int, bool, bool]]:
    """What `has_answered` and `has_handed_on` say, for many in one query: of each such answer who gave it, whether it passed the matter
    on, and whether everybody may read it."""
    rows = Response.objects.official().filter(Q(_passed_on()) | Q(kind__in=ANSWERS), addressee__in=list(addressees)).order_by()
    said = rows.values_list("addressee", "kind", "is_public")
    return [(addressee, kind == ResponseKind.FORWARDED, is_public) for addressee, kind, is_public in said]


def owing() -> AddresseeQuerySet:
    """Addressees from whom an answer is still wanted: for the stage, for what is late, and for reminders alike."""
    return Addressee.objects.current().filter(~has_answered(), ~has_handed_on())


class Action(Withdrawable):
    """What the addressee reports done, or plans for a day, in its own words. Whether it is so, a verdict says."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="actions")
    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField(max_length=5_000)
    done_on = models.DateField()  # of a planned one: by when
    is_planned = models.BooleanField(default=False)
    # of other recommendations, always to the same organisation
    also_serves = models.ManyToManyField(Addressee, blank=True, related_name="served_by")
    is_public = models.BooleanField(default=False)
    request_key = models.UUIDField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "request_key"], name="action_once"),
            internal_once_withdrawn("action_withdrawn_is_internal"),
        ]

    @property
    def is_official(self) -> bool:
        """Whether it counts: it came without an answer, or with one that counts."""
        return self.response is None or self.response.is_official


class Extension(models.Model):
    """More time, asked for by an addressee; the secretary grants or declines it, and both days stay readable."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="extensions")
    response = models.OneToOneField(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="extension")
    asked_on = models.DateField()
    before = models.DateField(null=True, blank=True)  # the day that held until then
    until = models.DateField()
    granted_until = models.DateField(null=True, blank=True)  # where the secretary gave another day
    granted = models.BooleanField(null=True)  # None: not decided yet
    words = models.TextField(max_length=2_000, blank=True)  # the secretary's reasons
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_on__isnull=True) | Q(granted__isnull=False, decided_on__isnull=False),
                name="extension_decided_on_a_day",
            )
        ]
        indexes = [models.Index(fields=["id"], name="extension_undecided", condition=Q(granted__isnull=True))]

    @property
    def holds_until(self) -> date:
        """The day that was given, or that is asked for."""
        return self.granted_until or self.until
