"""Words of a person that wait for a second caseworker."""

from __future__ import annotations

import uuid

from django.db import models

from kenesh.people.models import Organisation, OrganisationEpoch


class WaitingWords(models.Model):
    """A person has signed words, and nobody has checked them yet. Of which appeal, and who wrote them, is sealed to the office.

    `handle` looks random: a key outside of the database leads here from an appeal, so that the row goes when the words go,
    also where nobody can open them. The name of a row is random, so its place in the table says nothing.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    office_epoch = models.ForeignKey(OrganisationEpoch, on_delete=models.CASCADE, related_name="+")
    handle = models.BinaryField(max_length=16, unique=True)
    since = models.DateField()
    sealed_key = models.BinaryField(max_length=300)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["office", "since", "uid"], name="waiting_words_of_office")]
