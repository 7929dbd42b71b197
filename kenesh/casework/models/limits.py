"""Legal time limits of the node (public law, nothing of a person), an office's own rules, and who is told that a day has passed."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.casework.limits.clocks import Limit, RollOver, Unit
from kenesh.casework.models.cases import Case
from kenesh.people.models import Organisation, OrganisationEpoch, User
from kenesh.themes.texts import TranslatedField


class LimitUnit(models.TextChoices):
    HOURS = Unit.HOURS, _("hours")
    DAYS = Unit.DAYS, _("calendar days")
    WORKING_DAYS = Unit.WORKING_DAYS, _("working days")
    DISPUTED_DAYS = Unit.DISPUTED_DAYS, _("days, argued whether calendar or working days")
    STAY_DAYS = Unit.STAY_DAYS, _("days of stay in a calendar year")
    WEEKS = Unit.WEEKS, _("weeks")
    MONTHS = Unit.MONTHS, _("months")
    YEARS = Unit.YEARS, _("years")
    EVENT = Unit.EVENT, _("until the day itself")
    TODAY = Unit.TODAY, _("treat as today")
    UNLIMITED = Unit.UNLIMITED, _("no limit")


class WhenOff(models.TextChoices):
    NEXT = RollOver.NEXT, _("moves to the next working day")
    NONE = RollOver.NONE, _("does not move")
    BEFORE = RollOver.BEFORE, _("act on the working day before")


class Certainty(models.TextChoices):
    A = "A", _("A: the text of the law was read")
    B = "B", _("B: a source close to the law was read")
    C = "C", _("C: own knowledge, check the law")
    D = "D", _("D: unknown, treat as today")


class ForWhom(models.TextChoices):
    ALL = "all", _("everybody")
    EAEU = "eaeu", _("citizens of the Eurasian Economic Union only")
    NOT_EAEU = "not_eaeu", _("not citizens of the Eurasian Economic Union")


class ClockKind(models.TextChoices):
    EVENT = "event", _("one clock for the event")
    PAY_DAY = "pay_day", _("one clock for each pay day")


class LegalLimit(models.Model):
    """One version of a legal time limit. Versions are never changed; the one in use is `current`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    seed = models.CharField(max_length=64, blank=True)  # fingerprint of the shipped text; empty for what people wrote
    countries = models.JSONField(default=list)  # two letters each; UN for committees of the United Nations
    themes = models.JSONField(default=list, blank=True)  # concepts of the thesaurus that it fits
    matter = TranslatedField()
    unit = models.CharField(max_length=16, choices=LimitUnit.choices)
    amount = models.PositiveIntegerField(default=0)
    less_days = models.PositiveIntegerField(default=0)
    counts_from = TranslatedField(blank=True)
    roll_over = models.CharField(max_length=8, choices=WhenOff.choices, default=WhenOff.NONE)
    where_to = TranslatedField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    certainty = models.CharField(max_length=1, choices=Certainty.choices, default=Certainty.C)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    for_whom = models.CharField(max_length=10, choices=ForWhom.choices, default=ForWhom.ALL)
    clock = models.CharField(max_length=8, choices=ClockKind.choices, default=ClockKind.EVENT)
    note = TranslatedField(blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)  # the lawyer's name
    confirmed_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="legal_limit_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(current=True), name="legal_limit_one_current"),
        ]

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def as_clock(self) -> Limit:
        """What is needed for counting."""
        return Limit(Unit(self.unit), self.amount, self.less_days, RollOver(self.roll_over), self.certainty)

    @property
    def is_confirmed(self) -> bool:
        """Whether a lawyer has confirmed this version."""
        return bool(self.confirmed_by)


class OfficeRule(models.Model):
    """How an office treats its days: when it is warned, who is told of a day that has passed, how fast it answers first."""

    office = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    lead = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    warn_days = models.PositiveIntegerField(default=3, validators=[MaxValueValidator(60)])
    escalate_days = models.PositiveIntegerField(default=1, validators=[MaxValueValidator(60)])
    first_answer_days = models.PositiveIntegerField(default=2, validators=[MinValueValidator(1), MaxValueValidator(30)])
    urgent_hours = models.PositiveIntegerField(default=4, validators=[MinValueValidator(1), MaxValueValidator(72)])


class Escalation(models.Model):
    """The lead is told: a day of this case has passed. The worker, which holds no key, writes this down by days alone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    due_on = models.DateField()  # the day that passed
    level = models.PositiveIntegerField(default=1)  # 1: told the lead; 2: still late as many days again
    raised_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # the case was dealt with, or the lead has seen it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "due_on"], name="escalation_once")]
        indexes = [models.Index(fields=["ended_on", "due_on", "id"], name="escalation_open")]


class LeadNote(models.Model):
    """A legal time limit ran out while a case was with us: its lead is told. Of which case, and on which day, is sealed to the
    office, since it is the outcome of a matter. The name of a row is random, so its place in the table says nothing."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    office_epoch = models.ForeignKey(OrganisationEpoch, on_delete=models.CASCADE, related_name="+")
    sealed_key = models.BinaryField(max_length=300)
    sealed = models.BinaryField()


class CalendarLink(models.Model):
    """A secret address of a calendar that holds days and counts alone. The token is kept hashed."""

    class Whose(models.TextChoices):
        MINE = "mine", _("Cases on which I work")
        OFFICE = "office", _("All cases of my offices")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    whose = models.CharField(max_length=8, choices=Whose.choices, default=Whose.MINE)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
