"""Problems and what stands behind them; the counts that wait to be published and the blocks that are."""

from __future__ import annotations

import secrets
import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenesh.kernel.codes import new_code
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Publication, User
from kenesh.problems.partition import PERIODS, SMALLEST
from kenesh.themes.texts import TranslatedField


def new_request_key() -> str:
    """For rows that were made without a form: imported or demonstrated."""
    return uuid.uuid4().hex


class Problem(models.Model):
    """A systemic problem, stated in public words, which a council is asked to take up."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Taken up")
        DEFERRED = "deferred", _("Put off")
        MERGED = "merged", _("Joined to another")
        CLOSED = "closed", _("Closed")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    title = TranslatedField()
    statement = TranslatedField()
    affected = TranslatedField(blank=True)  # whom it hits
    since = models.CharField(max_length=10, blank=True)  # ISO 8601, as exact as is known: "2023-04-28", "2021"
    tried = TranslatedField(blank=True)  # what was done about it so far
    law = TranslatedField(blank=True)  # what the law says
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PROPOSED)
    reason = models.TextField(max_length=2000, blank=True)  # why it was put off or closed, in the secretary's words
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    # Empty when the secretary put it forward for the body itself.
    proposed_by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)
    created_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="problem_merged_into_one",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "closed"]) | Q(accepted_on__isnull=False), name="problem_accepted_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False) | (~Q(status="closed") & Q(closed_on__isnull=True)),
                name="problem_closed_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-accepted_on", "-id"], name="problem_public_list"),
            models.Index(fields=["body", "status", "-id"], name="problem_work_list"),
        ]

    def __str__(self) -> str:
        return str(self.title.in_language())

    @property
    def since_day(self) -> date | None:
        """The day since when, if it is known to the day."""
        return date.fromisoformat(self.since) if len(self.since) == 10 else None


class ProblemVersion(models.Model):
    """How a problem read after an edit: its texts, themes, corridors and documents. The first is what was proposed."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "number"], name="problem_version_once")]


class ProblemTheme(models.Model):
    """A theme of the problem: the id of a concept of the thesaurus."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="themes")
    concept = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "concept"], name="problem_theme_once")]
        indexes = [models.Index(fields=["concept", "problem"], name="problem_by_theme")]


class ProblemCorridor(models.Model):
    """From where to where people go whom the problem hits (ISO 3166-1 alpha-2); either may be empty and means any."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="corridors")
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "origin", "destination"], name="problem_corridor_once"),
            models.CheckConstraint(condition=~Q(origin="", destination=""), name="problem_corridor_somewhere"),
        ]
        indexes = [
            models.Index(fields=["origin", "problem"], name="problem_by_origin"),
            models.Index(fields=["destination", "problem"], name="problem_by_destination"),
        ]


class ProblemDocument(models.Model):
    """A document of the library that shows the problem."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "document"], name="problem_document_once")]


class ProblemFigure(models.Model):
    """A figure that shows how large the problem is, with where it comes from. Counts of our own come from blocks alone."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="figures")
    value = models.DecimalField(max_digits=18, decimal_places=2)
    unit = models.CharField(max_length=60, blank=True)  # "persons", "%", "roubles a month", in the words of the source
    what = TranslatedField()
    source = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2100), name="figure_of_a_year")]
        indexes = [models.Index(fields=["problem", "-year", "id"], name="figure_of_problem")]


class ProblemStep(models.Model):
    """What a body decided about a problem, in order, so that who put it forward sees each state and why."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(max_length=20, choices=Problem.Status.choices)
    reason = models.TextField(max_length=2000, blank=True)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["problem", "id"], name="problem_step_in_order")]


class ProblemEscalation(models.Model):
    """A problem of one body, a national council say, that another, an inter-country one, is asked to take up."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("escalation", "Asked")
        TAKEN = "taken", _("Taken up there")
        DECLINED = "declined", _("Declined")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="escalations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")  # which is asked
    why = models.TextField(max_length=2000)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ASKED)
    reason = models.TextField(max_length=2000, blank=True)  # why it was declined
    answered_on = models.DateField(null=True, blank=True)
    # The problem of the body that was asked: a new one, or one that it had taken up before.
    became = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="escalated_from")
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "body"], condition=Q(status__in=["asked", "taken"]), name="problem_escalation_once"
            ),
            models.CheckConstraint(
                condition=Q(status="asked", answered_on__isnull=True, became__isnull=True)
                | Q(status="taken", answered_on__isnull=False, became__isnull=False)
                | (Q(status="declined", answered_on__isnull=False, became__isnull=True) & ~Q(reason="")),
                name="problem_escalation_answered",
            ),
        ]
        indexes = [models.Index(fields=["body", "status", "id"], name="problem_escalation_to_body")]


class Support(models.Model):
    """An organisation says "we see this too". What of it may be shown to everybody, it decides; default: nothing."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="supports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.TextField(max_length=1000, blank=True)
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "organisation"], name="support_once")]


class OwnTally(models.Model):
    """What an organisation that sees the problem too has counted itself, from its own source. Its statement: never computed from
    appeals. Internal until it agrees and who may edit the problem shows it; what was shown once is kept (actions/tallies.py).
    """

    class Unit(models.TextChoices):
        PERSONS = "persons", _("Persons")
        CASES = "cases", _("Cases")

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="tallies")
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=10, choices=Unit.choices)
    since = models.DateField()
    until = models.DateField()
    source = models.CharField(max_length=300)  # in words: "own register", "hotline"
    offered = models.BooleanField(default=False)  # the organisation agrees that everybody sees it
    is_shown = models.BooleanField(default=False)
    shown_first = models.DateField(null=True, blank=True)  # since then somebody may have written it down
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["support", "unit", "since", "until", "number"], name="own_tally_once"),
            models.CheckConstraint(condition=Q(number__gte=1, since__lte=F("until")), name="own_tally_of_a_time"),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(offered=True, number__gte=SMALLEST, shown_first__isnull=False),
                name="own_tally_shown_by_the_rules",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def random_id() -> int:
    """For rows whose order of arrival must say nothing."""
    return secrets.randbelow(2**62)


class Quotation(models.Model):
    """Words of a person that everybody may read, with her own consent to just these; who she is, is said in coarse words alone.

    It names no appeal, no case and no office. `handle` looks random: the private wing makes it with a key outside of the
    database, so that the words go when the appeal goes, also where nobody can open it.
    """

    class Who(models.TextChoices):
        WORKER = "worker", _("Somebody who works abroad")
        BUILDING = "building", _("Somebody who works on a building site")
        FACTORY = "factory", _("Somebody who works in a factory or a warehouse")
        FARM = "farm", _("Somebody who works on a farm")
        TRADE = "trade", _("Somebody who works in a shop or at a market")
        KITCHEN = "kitchen", _("Somebody who works in a kitchen or a hotel")
        CLEANING = "cleaning", _("Somebody who cleans")
        DRIVING = "driving", _("Somebody who drives or delivers")
        HOUSEHOLD = "household", _("Somebody who works in a home")
        RELATIVE = "relative", _("A relative of somebody who works abroad")

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    code = models.CharField(max_length=8, unique=True, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="quotations")
    texts = TranslatedField()
    language = models.CharField(max_length=2)  # the one in which it was said; the other texts are translations
    who = models.CharField(max_length=12, choices=Who.choices)
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # when it happened
    month = models.DateField()  # of publication: its first day
    handle = models.BinaryField(max_length=16, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="quotation_of_a_month")]
        indexes = [models.Index(fields=["problem", "-month", "code"], name="quotation_of_problem")]

    def __str__(self) -> str:
        return str(self.texts.in_language())

    @property
    def is_translated(self) -> bool:
        """Whether the reader sees other words than those that were said."""
        return bool(self.texts.language_used() != self.language)


class EndedQuotation(models.Model):
    """The code of words that were taken back, or never agreed to: they are never published again, also not from a backup."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    code = models.CharField(max_length=8, unique=True, editable=False)


class Waiting(models.Model):
    """A released count that is not published yet. Everything about it is sealed with the node's door key.

    What a stolen database shows: how many counts wait, and in which order they arrived. The row goes when its block is frozen.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed = models.BinaryField(max_length=1200)

    class Meta:
        verbose_name_plural = "waiting"


class Block(models.Model):
    """A published number: at least five persons of one theme, corridor, place and period. Never changed (see partition.py)."""

    concept = models.CharField(max_length=80)
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=80, blank=True)  # empty: the whole country of destination
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    persons = models.PositiveIntegerField()
    frozen_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "origin", "destination", "region", "period_start", "period_months"], name="block_once"
            ),
            models.CheckConstraint(condition=Q(persons__gte=SMALLEST), name="block_of_at_least_five"),
            models.CheckConstraint(condition=Q(period_months__in=PERIODS), name="block_of_a_known_period"),
        ]
        indexes = [
            models.Index(fields=["concept", "period_start"], name="block_by_concept"),
            models.Index(fields=["origin", "destination", "period_start"], name="block_by_corridor"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new block. Raises RuntimeError for one that is stored already."""
        if not self._state.adding:
            raise RuntimeError("a frozen block is never changed")
        super().save(*args, **kwargs)


class Trend(models.Model):
    """Counts of one theme (with its narrower ones) and corridor by month, computed from blocks alone each time that some are
    frozen. Kept, so that a page costs the same however many blocks there are.
    """

    concept = models.CharField(max_length=80)
    origin = models.CharField(max_length=2, blank=True)  # both empty: all corridors together
    destination = models.CharField(max_length=2, blank=True)
    first_month = models.DateField()
    months = models.JSONField()  # [[persons, lowest expected or null, highest expected or null], …], from the first month on
    persons = models.PositiveIntegerField()  # of all blocks of the last twelve months
    growing_since = models.DateField(null=True)
    chance = models.FloatField(null=True)  # how often so many come in a month when nothing grows
    place = models.PositiveIntegerField(unique=True)  # in the list: what grows first, then the largest

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "origin", "destination"], name="trend_once"),
            models.CheckConstraint(
                condition=Q(growing_since__isnull=True, chance__isnull=True)
                | Q(growing_since__isnull=False, chance__isnull=False),
                name="trend_grows_with_a_chance",
            ),
        ]
        indexes = [
            models.Index(fields=["origin", "destination", "place"], name="trend_by_corridor"),
            models.Index(fields=["concept", "place"], name="trend_by_concept"),
        ]

    @property
    def corridor(self) -> str:
        """As its address writes it: "kg-ru"; "" for all corridors together."""
        return f"{self.origin}-{self.destination}".lower() if self.origin else ""
