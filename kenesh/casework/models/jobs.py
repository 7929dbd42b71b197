"""Long work on what is sealed: it runs in steps inside requests of an open session, since the worker holds no key."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.people.models import Organisation, User


class Job(models.Model):
    """A piece of long work of one person, such as an import or a report.

    What it works on, how far it is and what came out are sealed under a key of its own, which is sealed to that person.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Under way")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Undone")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    kind = models.CharField(max_length=30)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)  # counts up with every slice
    sealed_key = models.BinaryField(max_length=300)
    sealed_memory = models.BinaryField()  # how far it is
    sealed_input = models.BinaryField(null=True)  # a register, as it was sent
    sealed_result = models.BinaryField(null=True)  # a finished file
    leased_until = models.DateTimeField(null=True)  # one request works on it at a time
    created_on = models.DateField(auto_now_add=True)
    request_key = models.UUIDField(unique=True, null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="job_of_owner")]

    @property
    def percent(self) -> int:
        return 100 if self.state == self.State.DONE else self.done * 100 // self.total if self.total else 0
