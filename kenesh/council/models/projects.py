"""Documents and meetings of a project: both lie above projects, so the links stand here."""

from __future__ import annotations

from django.db import models

from kenesh.council.models.meetings import Meeting
from kenesh.library.models import Document
from kenesh.people.models import Project


class ProjectDocument(models.Model):
    """A document that was made in a project, or tells of it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "document"], name="project_document_once")]


class ProjectMeeting(models.Model):
    """A meeting that a project paid for or belongs to. One meeting may belong to several only because somebody said so of each."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="project_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "meeting"], name="project_meeting_once")]
