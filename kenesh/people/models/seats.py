"""What happened to a body and its seats: how it was founded, who was sent to a seat, what standing it had, who chaired when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kenesh.people.models.organisations import Body, Membership, MembershipRole, Person, Publication, Standing
from kenesh.themes.texts import TranslatedField


class Founding(models.Model):
    """How a body came to be, and what it gave itself. Apart from the body, whose row is read with each of its meetings."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="founding")
    meeting = TranslatedField(blank=True)  # where and by whom it was founded
    goals = TranslatedField(blank=True)
    tasks = TranslatedField(blank=True)
    directions = TranslatedField(blank=True)
    rules = TranslatedField(blank=True)  # rules of procedure


class StandingChange(models.Model):
    """The body itself made an observer a member, or a member an observer. `before`: what the seat was until that day."""

    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="standing_changes")
    before = models.CharField(max_length=20, choices=Standing.choices)
    standing = models.CharField(max_length=20, choices=Standing.choices)
    on = models.DateField()
    decision = models.CharField(max_length=60, blank=True)  # code or number of the decision, as text

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "on"], name="standing_once_a_day"),
            models.CheckConstraint(condition=~Q(before=models.F("standing")), name="standing_changes_something"),
        ]


class RoleChange(models.Model):
    """From that day on the seat had another role in the body. `before`: what it was until then. `because`: the election
    ("election:7"), the chair that began to go round ("rotation:3"), or one entry by hand, with the number of a decision where one is
    known ("by:2345bcdf:7/2024"; rows of old say the number alone). What one cause changed is taken back together."""

    ACT: ClassVar[str] = "by:"

    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="role_changes")
    before = models.CharField(max_length=20, choices=MembershipRole.choices)
    role = models.CharField(max_length=20, choices=MembershipRole.choices)
    on = models.DateField()
    because = models.CharField(max_length=60, blank=True, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(before=models.F("role")), name="role_changes_something")]
        indexes = [models.Index(fields=["seat", "on", "id"], name="role_change_of_seat")]

    @property
    def decision(self) -> str:
        """Number of the decision; "" where something else was the cause."""
        if self.because.startswith(self.ACT):
            return self.because.split(":", 2)[-1]
        return "" if self.is_of_one_act else self.because

    @property
    def is_of_one_act(self) -> bool:
        """Whether its cause is that of no other act."""
        return self.because.startswith((self.ACT, "election:", "rotation:"))

    @property
    def is_of_rotation(self) -> bool:
        """Undone with the handing over of the chair, not by itself."""
        return self.because.startswith("rotation:")


class Nomination(models.Model):
    """An institution sends a person to its seat by a letter; the seat stays when the person is replaced.

    The newest one is what the seat itself says. `since` is empty for the first person, when nobody knows since when.
    """

    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations")
    since = models.DateField(null=True, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "since"], name="nomination_once_a_day")]


class Rotation(models.Model):
    """The chair goes from country to country. `countries`: ISO 3166-1 alpha-2 in the order of the chair."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="rotation")
    countries = models.JSONField(default=list)
    months = models.PositiveSmallIntegerField()  # how long one country has the chair


class ChairTerm(models.Model):
    """A country has the chair, through a seat where one is known. `until`: planned for the last one, true for those before.

    Whoever has the chair keeps it until it is handed over, also when the planned day has passed.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="chair_terms")
    country = models.CharField(max_length=2)
    seat = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="chair_terms")
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "since"], name="chair_term_once_a_day"),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="chair_term_in_order"),
        ]
