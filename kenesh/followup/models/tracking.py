"""What the public tracker keeps so that its pages need not count: places in lists, versions of the record, scores."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from kenesh.followup.models.recommendations import NO_DATE, Recommendation, Stage
from kenesh.people.models import Body, Organisation, User
from kenesh.themes.texts import TranslatedField


class Filed(models.Model):
    """A published recommendation under one of the keys by which the public list can be narrowed ("in:KG", "theme:pay").

    Stage and day lie beside the key, so that a page is read out of an index alone. Written by `actions.filing` alone.
    `late_after`: the last day on which nobody reads that the answer is late; none while the body keeps that to itself.
    """

    # Without an index of its own: PostgreSQL would use that, and read nine rows where the constraint below finds one.
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="filed", db_index=False)
    key = models.CharField(max_length=80)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    late_after = models.DateField(default=NO_DATE)

    class Meta:
        indexes = [
            models.Index(fields=["key", "-recommendation", "stage", "late_after"], name="filed_list"),
            models.Index(fields=["key", "stage", "late_after"], name="filed_count"),
        ]
        constraints = [models.UniqueConstraint(fields=["recommendation", "key"], name="filed_once")]


class FiledCount(models.Model):
    """How many places there are under a key, of a stage and a day. Triggers append deltas, `counts.fold` adds them to the sums.

    Of what is not waiting for an answer the day is NO_DATE. No relation to anything: a row of a trigger must never be refused.
    """

    key = models.CharField(max_length=80)
    stage = models.CharField(max_length=10)
    late_after = models.DateField()
    number = models.IntegerField()
    is_sum = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["key", "stage", "late_after", "number"], name="filed_counted")]
        constraints = [
            models.UniqueConstraint(fields=["key", "stage", "late_after"], condition=Q(is_sum=True), name="filed_sum_once")
        ]


class FiledKey(models.Model):
    """A key under which something is filed: what the filters offer, without looking through all that is filed."""

    key = models.CharField(max_length=80, unique=True)


class RecordVersion(models.Model):
    """What the public could read of a recommendation from a day on. Answers and verdicts are named, not copied: what was made
    internal again is not shown by an old version either.

    `days`: by which day each addressee was to answer ("code 2026-05-01 code 2026-06-01"), for reports of a period that is over. Nobody
    reads it in a version, so it follows without a new one; empty in versions of before that was kept.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    record = models.JSONField()
    days = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "number"], name="version_once")]


class Announced(models.Model):
    """Something about its addressees that a body may show to everybody. `opens_on`: after the days in which they may reply; none
    while it is internal."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="+")
    announced_on = models.DateField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    turned_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True, announced_on__isnull=True)
                | Q(opens_on__isnull=False, announced_on__isnull=False, opens_on__gt=models.F("announced_on")),
                name="%(class)s_after_reply",
            )
        ]

    def is_open(self, today: date) -> bool:
        """Whether everybody may read it on this day."""
        return self.opens_on is not None and self.opens_on <= today


class Scoreboard(Announced):
    """Whether a body shows how addressees answer."""


class ShownSilence(Announced):
    """Whether a body shows which answers are late."""


class AddresseeScore(models.Model):
    """The kept line of one addressee on a body's scoreboard: published recommendations, answers, actions and judgements alone.
    Written by `actions.scores` alone."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    asked = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)  # answered after the day
    silent = models.PositiveIntegerField(default=0)  # the day has passed without an answer
    still_open = models.PositiveIntegerField(default=0)  # the day has not come, or the answer is not published
    actions = models.PositiveIntegerField(default=0)
    carried_out = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    not_carried_out = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    counted_on = models.DateField()
    turns_on = models.DateField(default=NO_DATE)  # the next day on which silence would begin
    words = TranslatedField(blank=True)  # what the addressee says to its line
    # Of one that was asked first after the board was announced: its own days for a reply come before. None: with the board itself.
    shown_from = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["turns_on"], name="score_turns")]
        constraints = [
            models.UniqueConstraint(fields=["body", "organisation"], name="score_once"),
            models.CheckConstraint(
                condition=Q(asked=models.F("in_time") + models.F("late") + models.F("silent") + models.F("still_open")),
                name="score_adds_up",
            ),
        ]

    def is_shown(self, today: date) -> bool:
        """Whether the line stands on the open board on this day."""
        return self.shown_from is None or self.shown_from <= today

    @property
    def in_words(self) -> list[tuple[str, int]]:
        """Its counts under the headings of the table, for a letter."""
        return [
            (_("Asked"), self.asked),
            (_("Answered in time"), self.in_time),
            (_("Answered late"), self.late),
            (_("Day passed, no answer"), self.silent),
            (_("Actions reported"), self.actions),
            (_("Carried out"), self.carried_out),
            (_("Carried out in part"), self.partly),
            (_("Not carried out"), self.not_carried_out),
        ]

    @property
    def bars(self) -> dict[str, str]:
        """Where the parts of its bar begin and how long they are, in hundredths of all that was asked."""
        parts = {name: 100 * getattr(self, name) / max(self.asked, 1) for name in ("in_time", "late", "silent")}
        to_late = parts["in_time"] + parts["late"]
        return {
            name: f"{value:.1f}" for name, value in {**parts, "to_late": to_late, "to_silent": to_late + parts["silent"]}.items()
        }
