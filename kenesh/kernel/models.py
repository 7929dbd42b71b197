"""The trail's two tables. Nothing of the state of Kenesh is read from them: they are evidence."""

from __future__ import annotations

from django.db import models


class TrailEntry(models.Model):
    """One thing that somebody did. Rows are never changed or deleted: triggers in the database see to it."""

    chain = models.CharField(max_length=40)
    number = models.BigIntegerField()
    at = models.CharField(max_length=32)  # ISO 8601: to the second for staff, the day alone for the public
    actor = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=120)
    mac = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="trail_number_once")]


class TrailHead(models.Model):
    """The last number and MAC of each chain: the row that writers lock, last in their transaction."""

    chain = models.CharField(max_length=40, unique=True)
    number = models.BigIntegerField(default=0)
    mac = models.BinaryField(max_length=32, default=bytes)


class WorkerBeat(models.Model):
    """When a worker last said that it lives. A worker silent for two minutes is dead: its tasks are put back."""

    worker = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()


class Clock(models.Model):
    """One row: what the clock said at the last look, and by how much it jumped when it cannot be believed."""

    at = models.DateTimeField()
    boot = models.CharField(max_length=40)  # the name of the machine's last start
    up = models.FloatField()  # seconds since then
    jumped_by = models.BigIntegerField(default=0)  # seconds
    jumped_at = models.DateTimeField(null=True)  # what it said after the jump; none while it is believed
