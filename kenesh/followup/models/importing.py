"""A spreadsheet of recommendations on its way in."""

from __future__ import annotations

import uuid

from django.db import models

from kenesh.followup.models.recommendations import Recommendation, SourceKind
from kenesh.kernel.codes import new_code
from kenesh.library.models import Document
from kenesh.people.models import Body, User


class ImportBatch(models.Model):
    """Its rows as they stood in the file, what each column is, and what became of it."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # of the file
    headings = models.JSONField()
    rows = models.JSONField()  # [[number in the file, [cells…]], …]
    mapping = models.JSONField(default=list)  # for each column what it is, "" for nothing
    language = models.CharField(max_length=3)  # of texts whose column names none
    source_kind = models.CharField(max_length=20, choices=SourceKind.choices)
    symbol = models.CharField(max_length=80, blank=True)  # where no column has one
    brought_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    @property
    def target(self) -> str:
        """How the trail names it."""
        return f"recommendation_batch:{self.code}"


class ImportedRow(models.Model):
    """Which recommendation a row became; gone once the import was taken back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="imported")
    number = models.PositiveIntegerField()
    recommendation = models.OneToOneField(Recommendation, on_delete=models.CASCADE, related_name="imported")
    # Whom its row named then, as {"to": [ids], "lead": code}: a name may be corrected later. None for rows that were imported before.
    asked = models.JSONField(null=True)
