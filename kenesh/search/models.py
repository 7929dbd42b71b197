"""The index: a row for each public thing that can be found. It repeats what other rooms hold, and can be made anew from them."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """A public thing, by its kind and code, with the terms under which it is found (`terms.py`).

    The database's own full-text index lies over `terms` (`engine.py`). What the thing says is never read from here.
    """

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=12)
    terms = models.TextField()  # separated by spaces, each once
    languages = models.JSONField(default=list)  # in which it can be read, its own first
    countries = models.JSONField(default=list)  # ISO 3166-1 alpha-2
    year = models.PositiveSmallIntegerField(null=True)
    body = models.CharField(max_length=8, blank=True)  # code of the body whose it is
    revision = models.CharField(max_length=16)  # of the analysis that made the terms

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


class Common(models.Model):
    """A term that so many entries have that a question must not read its whole list; `entries` is an estimate."""

    term = models.CharField(max_length=60, unique=True)
    entries = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "common terms"


class Vector(models.Model):
    """What an optional backend made of an entry's text. Vectors of different models or revisions are never compared."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="vectors")
    model = models.CharField(max_length=120)
    revision = models.CharField(max_length=60)
    values = models.BinaryField()  # 32-bit floats in the machine's order, of length 1

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "model", "revision"], name="search_vector_once")]
        indexes = [models.Index(fields=["model", "revision", "entry"], name="search_vector_of_model")]
