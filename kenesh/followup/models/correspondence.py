"""How letters are written: by which law an answer is due, a body's own letterhead; and the files that come with papers."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.answers import Action, AnswerSession, Response
from kenesh.followup.models.recommendations import Letter
from kenesh.people.models import Body
from kenesh.themes.texts import TranslatedField


class Days(models.TextChoices):
    WORKING = "working", _("working days")
    CALENDAR = "calendar", _("calendar days")


class Certainty(models.TextChoices):
    """How sure the number is; the letters are those of our list of legal time limits."""

    A = "A", _("read in the law or in an official text")
    B = "B", _("read in a reliable report")
    C = "C", _("heard, to be checked")


class DueByLaw(models.Model):
    """Within how many days the law of a country wants an answer to a letter. Data, for a lawyer to confirm."""

    code = models.SlugField(max_length=40, unique=True)
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    what = TranslatedField()
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=Days.choices)
    law = TranslatedField()  # as a letter in that language names it
    source = models.CharField(max_length=300, blank=True)
    certainty = models.CharField(max_length=1, choices=Certainty.choices, default=Certainty.C)
    in_use = models.BooleanField(default=True)
    changed_on = models.DateField(null=True, blank=True)  # on this node; None: as it came with the software

    class Meta:
        verbose_name_plural = "due by law"
        constraints = [models.CheckConstraint(condition=Q(days__gte=1, days__lte=365), name="due_by_law_within_a_year")]

    def __str__(self) -> str:
        return f"{self.country}: {self.days} {self.get_unit_display()}"


class Letterhead(models.Model):
    """A body's own words around what a letter asks, each language apart. What is empty is filled with our words."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="+")
    head = TranslatedField(blank=True)  # address, telephone, register number, as they stand above a letter
    opening = TranslatedField(blank=True)
    closing = TranslatedField(blank=True)
    signed_by = TranslatedField(blank=True)  # post and name
    next_number = models.PositiveIntegerField(default=1)  # the outgoing number that is offered next
    number_form = models.CharField(max_length=40, default="{number}")  # for example "08/{number}-{year}"


class File(models.Model):
    """A scan of a letter, a paper that came with an answer. On the disk it is always sealed; `sealed` holds the file's own
    key under the node's. Before an answer is sent it belongs to the session, and goes with it.

    Everybody may have it, without its metadata, once the secretary has published it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(AnswerSession, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=100)  # media type, by content
    size = models.PositiveBigIntegerField()  # bytes
    copy_size = models.PositiveBigIntegerField(null=True)  # of the copy without metadata; None: none could be made
    sealed = models.BinaryField()
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, letter__isnull=True, response__isnull=True, action__isnull=True)
                | Q(session__isnull=True, letter__isnull=False, response__isnull=True, action__isnull=True)
                | Q(session__isnull=True, letter__isnull=True, response__isnull=False, action__isnull=True)
                | Q(session__isnull=True, letter__isnull=True, response__isnull=True, action__isnull=False),
                name="file_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(session__isnull=True) | Q(is_public=False), name="file_unsent_is_internal"),
            models.CheckConstraint(condition=Q(copy_size__isnull=False) | Q(is_public=False), name="file_public_is_clean"),
        ]
