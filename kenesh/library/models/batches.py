"""Files on their way into the library."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.library.models.documents import Document
from kenesh.people.models import User


class Batch(models.Model):
    """Files that somebody brought together, read one after another by the worker."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)
    stopped = models.BooleanField(default=False)
    request_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name_plural = "batches"


class Incoming(models.Model):
    """One file of a batch. Its content lies under files/library until it is read, and longer when it became a document."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        READ = "read", _("Read")
        KNOWN = "known", _("Already in the library")
        FAILED = "failed", _("Could not be read")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    stored = models.CharField(max_length=64, blank=True)  # "" when nothing was stored
    size = models.PositiveBigIntegerField()
    mail = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="hanging")  # on which it hung
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why = models.CharField(
        max_length=300, blank=True
    )  # of "could not be read", in English as the reader says it; `reasons.reason` translates
    claimed_at = models.DateTimeField(null=True, blank=True)  # by whoever reads it
    tries = models.PositiveSmallIntegerField(default=0)  # a file that kills its reader is not tried for ever
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="incoming_once")]
        indexes = [models.Index(fields=["state", "id"], name="incoming_waiting")]
