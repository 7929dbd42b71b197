"""An appeal and everything that belongs to it. What a person said lies in the sealed columns alone.

In the clear: office, status, day of arrival, deadline, top theme, the two countries (docs/privacy.md lists them, and a
test compares). Times, texts, regions, who wrote what: sealed.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.people import models as people
from kenesh.people.models import Organisation
from kenesh.problems.partition import SMALLEST


class Status(models.TextChoices):
    """Where an appeal stands, and who waits for whom."""

    URGENT = "urgent", _("Urgent: somebody is in danger")
    NEW = "new", _("New")
    OFFICE = "office", _("The person waits for us")
    PERSON = "person", _("We wait for the person")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")
    ERASING = "erasing", _("Being erased by the person")


UNOPENED = (Status.URGENT, Status.NEW)
LIVE = (Status.URGENT, Status.NEW, Status.OFFICE, Status.PERSON, Status.CLOSED)


class Appeal(models.Model):
    """What a person sent us (обращение, кайрылуу)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NEW)
    arrived_on = models.DateField()
    due_on = models.DateField(null=True)
    theme = models.CharField(max_length=40, blank=True)  # a top concept of the thesaurus
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    erase_on = models.DateField(null=True, db_index=True)  # the day on which an asked-for erasure is carried out
    restricted = models.BooleanField(default=False)  # its office's grants are those of named people
    sealed_answers = models.BinaryField()

    class Meta:
        indexes = [
            # Each serves one filter of the queue in the queue's order. What else may be filtered by stands at the end:
            # then a filter that few fit is answered out of the index alone, without fetching rows to refuse them.
            models.Index(
                fields=["office", "status", "due_on", "id", "theme", "origin", "destination", "arrived_on"], name="appeal_queue"
            ),
            models.Index(
                fields=["office", "theme", "status", "due_on", "id", "origin", "destination", "arrived_on"],
                name="appeal_queue_theme",
            ),
            models.Index(
                fields=["office", "origin", "status", "due_on", "id", "theme", "destination", "arrived_on"],
                name="appeal_queue_origin",
            ),
            models.Index(
                fields=["office", "destination", "status", "due_on", "id", "theme", "origin", "arrived_on"],
                name="appeal_queue_destination",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.ERASING, erase_on__isnull=False)
                | (~Q(status=Status.ERASING) & Q(erase_on__isnull=True)),
                name="appeal_erasing_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Epoch(people.ContentEpoch):
    """An epoch of an appeal's content key."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="epochs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "number"], name="appeal_epoch_once")]


class Grant(people.Grant):
    """Who besides the person can open an epoch of an appeal."""

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="grants")


class Turn(models.Model):
    """In a flood: what is asked of a draft, or of a receipt that is typed in, and when its turn comes.

    `challenge` and `bits`: the proof of work; `question`: which one, in `floods.py`. Nothing of the network is in it.
    """

    cookie_id = models.BinaryField(max_length=32, unique=True)
    challenge = models.BinaryField(max_length=16)
    bits = models.PositiveSmallIntegerField()
    question = models.PositiveSmallIntegerField()
    answered = models.BooleanField(default=False)
    opens_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class Receipt(models.Model):
    """What 20 digits find. The digits themselves are nowhere; `lookup` is what a slow derivation makes of them."""

    class Right(models.TextChoices):
        OWNER = "owner"
        CO_HOLDER = "co_holder"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="receipts")
    right = models.CharField(max_length=10, choices=Right.choices, default=Right.OWNER)
    lookup = models.BinaryField(max_length=16, unique=True)
    public_key = models.BinaryField(max_length=32)
    verify_key = models.BinaryField(max_length=32)
    seen_by_other = models.BooleanField(default=False)  # by a helper or by staff: proves no consent, is replaced at first own use
    sealed_seen = models.BinaryField(null=True)  # how far she has read


class ReceiptKey(models.Model):
    """An epoch's content key, sealed to a receipt."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="receipt_keys")
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="keys")
    sealed_key = models.BinaryField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "receipt"], name="receipt_key_once")]


class Entry(models.Model):
    """One line of what has happened: a message, a step, a consent, a link to a problem. Which, by whom and when is sealed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="entries")
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()
    request_key = models.UUIDField(unique=True, null=True)  # of the form that wrote it: a repeated form writes once

    is_news = False  # known only while it is written, never stored: the office tells the person something


class Draft(models.Model):
    """A form that somebody is filling in: sealed under a cookie that only her browser holds, for two hours."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cookie_id = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()
    begun = models.BooleanField(default=False)  # more than the first page
    expires_at = models.DateTimeField(db_index=True)


class OpenReceipt(models.Model):
    """A receipt that somebody has just typed in: its keys, sealed under a cookie that only her browser holds."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cookie_id = models.BinaryField(max_length=32, unique=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="+")
    sealed_keys = models.BinaryField()
    sealed_digits = models.BinaryField(null=True)  # what her own new digits are made of, until she has written them down
    expires_at = models.DateTimeField(db_index=True)


class Callback(models.Model):
    """Somebody who wants a call: number, hours, language and who may pick up are sealed under the appeal's key."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="callbacks")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    epoch = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    due_on = models.DateField()
    done = models.BooleanField(default=False)
    request_key = models.UUIDField(unique=True, null=True)  # of the form that planned or logged the call last

    class Meta:
        indexes = [models.Index(fields=["office", "done", "due_on", "id"], name="callbacks_to_make")]


class Notice(models.Model):
    """Somebody wants one message by e-mail when there is news: the address is sealed to the node's mailer, nobody else."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="notice")
    sealed = models.BinaryField()
    due = models.BooleanField(default=False)  # there is news
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["tried_at"], name="notices_to_send", condition=Q(due=True))]


class Attachment(models.Model):
    """A photo, paper or voice message. Name, type, length, who added it and the key of the sealed file lie in `sealed`.

    In a form that was not sent yet it belongs to the draft: `draft_id` is a one-way value of a secret inside the draft.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appeal = models.ForeignKey(Appeal, null=True, on_delete=models.CASCADE, related_name="attachments")
    epoch = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField()
    draft_id = models.BinaryField(max_length=32, null=True, db_index=True)
    kib = models.PositiveIntegerField()
    expires_at = models.DateTimeField(null=True, db_index=True)
    request_key = models.UUIDField(unique=True, null=True)  # of the form that sent it: a repeated form adds one

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(appeal__isnull=False, draft_id__isnull=True, expires_at__isnull=True)
                | Q(appeal__isnull=True, draft_id__isnull=False, expires_at__isnull=False),
                name="attachment_of_appeal_or_draft",
            )
        ]


class Asked(models.TextChoices):
    """What is asked once the office has closed her case."""

    RESPECT = "respect", _("Were you treated with respect?")
    CLEAR = "clear", _("Was it explained so that you understood?")
    HELP = "help", _("Are you content with the help?")


class Said(models.TextChoices):
    """How she answers; who leaves a question empty is counted under `unsaid`."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class WaitingOpinion(models.Model):
    """One answer sheet that waits to be counted with at least four others of the same office. It names nobody, no time and,
    unsealed, no office; its id is random, and so is the order in which a batch is counted."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()


class OpinionCount(models.Model):
    """What whole batches said of an office, to one question. It grows by at least SMALLEST at once, so that no difference of two
    figures is fewer people. `month`: its first day, of the counting."""

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    question = models.CharField(max_length=10, choices=Asked.choices)
    yes = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    unsaid = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "month", "question"], name="opinion_count_once"),
            models.CheckConstraint(
                condition=Q(yes__gte=SMALLEST - models.F("partly") - models.F("no") - models.F("unsaid")),
                name="opinion_whole_batches",
            ),
        ]
