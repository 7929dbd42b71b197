"""Correspondents: people to whom a secretariat writes. Never people who ask for help, and no accounts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.people.models.accounts import User
from kenesh.people.models.organisations import Body
from kenesh.themes.texts import TranslatedField


class CorrespondentRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    STATE = "state", _("State body")
    EXPERT = "expert", _("Expert")
    DONOR = "donor", _("Donor")
    PRESS = "press", _("Press")
    SERVICE = "service", _("Interpreter, venue, other service")
    OTHER = "other", _("Other")


class Correspondent(models.Model):
    """Somebody to whom the secretariat writes. Kept by the secretaries of `body`; without one, by all secretaries of the node."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="address_book")
    name = models.CharField(max_length=200)  # as the person writes it
    post = models.CharField(max_length=300, blank=True)
    organisation = models.CharField(max_length=300, blank=True)  # as the person writes it
    role = models.CharField(max_length=20, choices=CorrespondentRole.choices, default=CorrespondentRole.OTHER)
    country = models.CharField(max_length=2, blank=True)
    email = models.EmailField(blank=True)
    phones = models.CharField(max_length=200, blank=True)  # with commas
    languages = models.CharField(max_length=60, blank=True)  # codes with spaces between; the first one is preferred
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="correspondent_email_lower"),
            models.UniqueConstraint(fields=["body", "email"], condition=~Q(email=""), name="correspondent_address_once_in_body"),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email="") & Q(body__isnull=True), name="correspondent_address_once_on_node"
            ),
        ]
        indexes = [models.Index(fields=["body", "-id"], name="correspondent_of_body")]

    def __str__(self) -> str:
        return self.name


class MailStop(models.Model):
    """Nothing is sent to this address any more, whoever keeps it: its owner said so, or it does not take mail. It outlives the
    correspondent, so that an import does not begin it anew; and it is a keyed hash, so that the ledger can keep it too."""

    class Why(models.TextChoices):
        OPTED_OUT = "opted_out", _("Wants no more mail")
        BOUNCED = "bounced", _("Mail comes back")

    address = models.CharField(max_length=64, unique=True)  # queries.correspondents.hidden_address
    why = models.CharField(max_length=20, choices=Why.choices)
    detail = models.CharField(max_length=300, blank=True)  # what the mail server said
    at = models.DateTimeField(auto_now_add=True)


class AddressFile(models.Model):
    """Rows out of a file that wait for somebody to confirm them. Deleted once they are, or after a week."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_files")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)


class Mailing(models.Model):
    """One letter to many correspondents, each by itself. `chosen`: the filters by which they were chosen, as words for the report."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mailings")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="mailings")
    subject = TranslatedField()
    text = TranslatedField()
    chosen = models.JSONField(default=dict)
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["body", "-id"], name="mailing_of_body")]

    def __str__(self) -> str:
        return str(self.subject)


class MailingLine(models.Model):
    """One letter of a mailing to one address. `begun` and nothing after: the worker stopped in the middle, and the letter may
    have gone; it is not sent twice."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        BEGUN = "begun", _("Perhaps sent")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the mail server")
        STOPPED = "stopped", _("Not sent: wants no mail, or mail came back")
        GIVEN_UP = "given_up", _("Not sent: tried for three days")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=2)
    token_hash = models.BinaryField(max_length=32, unique=True, editable=False)  # of the link that ends mail
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    tried_at = models.DateTimeField(null=True)  # last
    detail = models.CharField(max_length=300, blank=True)

    # How a status looks on the page of the report.
    TONES: ClassVar[dict[str, str]] = {
        "sent": "good", "refused": "bad", "given_up": "bad", "stopped": "warn", "begun": "warn", "waiting": "quiet",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "email"], name="one_letter_to_an_address")]
        indexes = [models.Index(fields=["mailing", "status", "id"], name="mailing_line_status")]

    @property
    def tone(self) -> str:
        return self.TONES[self.status]
