"""Documents of a project: the library lies above projects, so the link stands here."""

from __future__ import annotations

from django.db import models

from kenesh.library.models import Document
from kenesh.people.models import Project


class ProjectDocument(models.Model):
    """A document that was made in a project, or tells of it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "document"], name="project_document_once")]
