"""Records that were entered twice: which one was kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kenesh.people.models.organisations import Organisation, Person
from kenesh.themes.texts import TranslatedField


class Joined(models.Model):
    """An organisation or a person that was the same as another one, and is gone. Its code leads to the one that was kept, and its
    names are further names of that one."""

    code = models.CharField(max_length=8, unique=True)  # of the one that is gone
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    name = TranslatedField()
    short_name = TranslatedField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True) | Q(organisation__isnull=True, person__isnull=False),
                name="joined_to_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)
