"""A register on its way into cases, and what an imported case remembers of it.

In the clear: whose it is, for which office, the days, how many pieces it has. The file, its rows, what its columns are and what
became of each row are sealed under a key of the register's own, which is sealed to the account that brought it in.
"""

from __future__ import annotations

import uuid

from django.db import models

from kenesh.casework.models.cases import Case, SealedRow
from kenesh.casework.models.jobs import Job
from kenesh.kernel.codes import new_code
from kenesh.people.models import Organisation, User


class Register(models.Model):
    """A file with rows that became, or are to become, cases. `uid` names its sealed file, too."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_on = models.DateField(auto_now_add=True)
    forget_on = models.DateField(db_index=True)  # until then an import can be taken back; then the register is destroyed
    version = models.PositiveIntegerField(default=1)
    sealed_key = models.BinaryField(max_length=300)
    sealed = models.BinaryField()
    checked_by = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_by = models.OneToOneField(Job, null=True, on_delete=models.CASCADE, related_name="+")
    request_key = models.UUIDField(unique=True, null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="register_of_owner")]

    def __str__(self) -> str:
        return self.code


class RegisterPiece(models.Model):
    """Some rows of a register, and what became of each."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=0)  # counts up with every report
    sealed_rows = models.BinaryField()
    sealed_report = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="register_piece_once")]


class KnownColumns(models.Model):
    """What the columns of such a register were the last time. `mark`: a keyed function of its headings."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()


class Imported(SealedRow):
    """That a case came out of a register: from which file and row, and that nobody has recorded a consent."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="imported")
