"""Projects: what a donor pays for, and what was done with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kenesh.kernel.codes import new_code
from kenesh.people.models.organisations import Body, Organisation
from kenesh.themes.texts import TranslatedField


class Project(models.Model):
    """Bodies and centres that a donor supports for a time. What they did in that time, the rooms above tell."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    name = TranslatedField()
    about = TranslatedField(blank=True)
    donor = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="projects_paid")
    grant_number = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    until = models.DateField()
    bodies: models.ManyToManyField[Body, models.Model] = models.ManyToManyField(Body, blank=True, related_name="projects")
    centres: models.ManyToManyField[Organisation, models.Model] = models.ManyToManyField(
        Organisation, blank=True, related_name="projects"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="project_period_in_order")]

    def __str__(self) -> str:
        return str(self.name)
