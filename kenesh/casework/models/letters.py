"""Letters of a case, and the Word templates of an office. A template is stationery: it holds nothing of anybody's case."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.casework.models.cases import Case, SealedRow
from kenesh.kernel.codes import new_code
from kenesh.people.models import Organisation, User


class LetterKind(models.TextChoices):
    """What a letter is for."""

    COMPLAINT = "complaint", _("Complaint to the labour inspectorate")
    PROSECUTOR = "prosecutor", _("Statement to the prosecutor")
    CONSULATE = "consulate", _("Request to a consulate")
    POWER = "power", _("Power of attorney")
    REFERRAL = "referral", _("Referral letter")
    OTHER = "other", _("Another letter")


class LetterTemplate(models.Model):
    """A Word file of an office with fields in it, looked through and tried out when it was uploaded."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    language = models.CharField(max_length=3)
    name = models.CharField(max_length=80)
    file = models.BinaryField()
    fields = models.JSONField()  # which it names; true: printed whether known or not
    version = models.PositiveIntegerField(default=1)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "name", "language"], name="letter_template_name_once")]

    def __str__(self) -> str:
        return self.name


class Letter(SealedRow):
    """A letter of a case: which template, what was written for it, its text, and its numbers and days in the register."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")


class LetterFile(SealedRow):
    """The Word file of a letter, sealed apart, so that the list of letters opens none."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="file")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
