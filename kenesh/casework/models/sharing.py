"""Who may see a case: restrictions to named people, and what is handed to other offices of the node.

In the clear: from which office to which, the state, two days. What is handed over, why, with which consent and when
exactly: sealed under a key of the referral's own.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Appeal, Receipt
from kenesh.casework.models.cases import Case, SealedRow
from kenesh.kernel.codes import new_code
from kenesh.people import models as people
from kenesh.people.models import Organisation


class Restriction(SealedRow):
    """Why a case is open to named people alone, and what its row said in the clear before (theme, countries)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="restriction")


class Origin(SealedRow):
    """From which referral a case was opened: handing it on asks the person again."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="came_from")


class Referral(models.Model):
    """A chosen part of a case, or the whole of it, handed to another office of this node."""

    class Kind(models.TextChoices):
        PART = "part", _("Part of a case")
        WHOLE = "whole", _("The whole case")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("The person is asked")
        CONSENTED = "consented", _("Agreed, not sent yet")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        DONE = "done", _("Done")
        RETURNED = "returned", _("Given back")
        WITHDRAWN = "withdrawn", _("Taken back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    appeal = models.ForeignKey(Appeal, null=True, on_delete=models.CASCADE, related_name="+")  # whose receipts are asked
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.PART)
    from_office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    begun_on = models.DateField()
    due_on = models.DateField(null=True)  # until when the receiver is to answer
    sealed_subset = models.BinaryField()
    sealed_consent = models.BinaryField(null=True)
    sealed_undo = models.BinaryField(null=True)  # for some minutes after a whole case was handed over
    undo_until = models.DateTimeField(null=True)  # when these minutes end; deleted with it
    request_key = models.UUIDField(unique=True, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_office", "state", "-id"], name="referral_incoming"),
            models.Index(fields=["from_office", "state", "-id"], name="referral_outgoing"),
            models.Index(fields=["undo_until"], name="referral_undo", condition=models.Q(undo_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code


class ReferralEpoch(people.ContentEpoch):
    """An epoch of a referral's own content key."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="epochs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="referral_epoch_once")]


class ReferralGrant(people.Grant):
    """Who besides the person can open an epoch of a referral: the office that hands over, the one that receives."""

    epoch = models.ForeignKey(ReferralEpoch, on_delete=models.CASCADE, related_name="grants")


class ReferralReceiptKey(models.Model):
    """An epoch's key, sealed to a receipt of the person."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.ForeignKey(ReferralEpoch, on_delete=models.CASCADE, related_name="receipt_keys")
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="+")
    sealed_key = models.BinaryField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "receipt"], name="referral_receipt_key_once")]


class ReferralFile(models.Model):
    """A sealed file that belongs to a referral: a copy without metadata, under a key of its own that lies in the subset."""

    uid = models.UUIDField(unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="files")


class ReferralLine(models.Model):
    """One line of a referral's history; who, what and when is sealed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="lines")
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()
