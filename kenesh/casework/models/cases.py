"""An office's files. In the clear: office, status, day of opening, deadline, assignee, top theme, the two countries.

Names, stories, sums, outcomes, regions, fine themes, exact times: sealed (docs/privacy.md lists the columns, a test compares).
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Appeal
from kenesh.kernel.codes import new_code
from kenesh.people import models as people
from kenesh.people.models import Organisation, User

NO_DEADLINE = date(9999, 12, 31)  # sorts last, so that one index serves the queue


class Status(models.TextChoices):
    """Where a case stands, and who waits for whom."""

    OFFICE = "office", _("The person waits for us")
    PERSON = "person", _("We wait for the person")
    OTHERS = "others", _("We wait for others")
    CLOSED = "closed", _("Closed")
    ERASING = "erasing", _("Being erased by the person")


class WaitsFor(models.TextChoices):
    """Whom we wait for, where a case waits for others; the person herself is a status of its own."""

    EMPLOYER = "employer", _("We wait for the employer")
    AUTHORITY = "authority", _("We wait for an authority")
    COURT = "court", _("We wait for the court")
    PARTNER = "partner", _("We wait for a partner organisation")
    CONSUL = "consul", _("We wait for the consul")


OPEN = (Status.OFFICE, Status.PERSON, Status.OTHERS)
_ORDER = ("status", "urgent", "due_on", "id")  # of the queue


class Case(models.Model):
    """A file of an office, opened from an appeal."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OFFICE)
    # Empty: not said, or sealed with the theme and the countries of a restricted case (decision 0035).
    waits_for = models.CharField(max_length=12, choices=WaitsFor.choices, blank=True)
    status_before = models.CharField(max_length=12, blank=True)  # while an erasure can still be stopped
    theme = models.CharField(max_length=40, blank=True)  # a top concept
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    opened_on = models.DateField()
    due_on = models.DateField(default=NO_DEADLINE)  # the earliest open deadline
    keep_until = models.DateField(null=True, blank=True)  # a closed case is destroyed after this day; none while open or held
    urgent = models.BooleanField(default=False)  # something runs in hours: what, is sealed
    assignee = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appeals = models.ManyToManyField(Appeal, related_name="+")
    restricted = models.BooleanField(default=False)  # open to named people alone; its theme and countries are sealed then
    handed_over = models.BooleanField(default=False)  # came from another office, where nobody has opened it yet

    class Meta:
        # Each serves one filter of the queue in the queue's order: urgent ones first, then by deadline.
        indexes = [
            models.Index(fields=["office", "keep_until"], name="case_to_destroy", condition=models.Q(keep_until__isnull=False)),
            # What else may be filtered by stands at the end: then a filter that few fit is answered out of the index alone.
            models.Index(
                fields=["office", *_ORDER, "theme", "origin", "destination", "assignee", "opened_on", "waits_for"],
                name="case_queue",
            ),
            models.Index(
                fields=["assignee", "office", *_ORDER, "theme", "origin", "destination", "opened_on", "waits_for"],
                name="case_queue_assignee",
            ),
            models.Index(
                fields=["office", "theme", *_ORDER, "origin", "destination", "assignee", "opened_on", "waits_for"],
                name="case_queue_theme",
            ),
            models.Index(
                fields=["office", "origin", *_ORDER, "theme", "destination", "assignee", "opened_on", "waits_for"],
                name="case_queue_origin",
            ),
            models.Index(
                fields=["office", "destination", *_ORDER, "theme", "origin", "assignee", "opened_on", "waits_for"],
                name="case_queue_destination",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(waits_for="") | models.Q(status__in=("others", "erasing"), restricted=False),
                name="case_waits_for_others",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stands(self) -> str:
        """Who waits for whom, in words, as exactly as the row says it."""
        return str(WaitsFor(self.waits_for).label if self.waits_for else self.get_status_display())

    @property
    def deadline(self) -> date | None:
        return None if self.due_on == NO_DEADLINE else self.due_on


class Epoch(people.ContentEpoch):
    """An epoch of a case's content key."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="epochs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_epoch_once")]


class Grant(people.Grant):
    """Who can open an epoch of a case: an office, or named people of it (a restricted case)."""

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="grants")


class SealedRow(models.Model):
    """Something of a case, sealed under one epoch of its key. `version` counts up at every change."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    request_key = models.UUIDField(unique=True, null=True)  # of the form that made it: a repeated form makes one

    class Meta:
        abstract = True


class PersonsToBeSeen(models.Manager["Person"]):
    """All but those who are erasing their part: their rows are sealed to their own receipts until then."""

    def get_queryset(self) -> models.QuerySet[Person]:
        return super().get_queryset().filter(latched=False)


class Person(SealedRow):
    """A client: name, phone, sex, age band, citizenship. `appeal`: the one that is this person's own; erased with it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="persons")
    appeal = models.ForeignKey(Appeal, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    latched = models.BooleanField(default=False)  # sealed to the person's receipt: an erasure that can still be stopped

    objects = PersonsToBeSeen()
    everybody = models.Manager["Person"]()


class Matter(SealedRow):
    """One problem inside a case: theme, place, persons affected, sums, outcome, whether it was released."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="matters")


TOLD = "told"  # in a note: these are the person's words, from a register or a referral, not a colleague's


class Note(SealedRow):
    """An internal note; the person never sees it, unless it holds what she has told (`TOLD`)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")


class Deadline(SealedRow):
    """A day by which something must be done; what, is sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    due_on = models.DateField()
    done = models.BooleanField(default=False)
