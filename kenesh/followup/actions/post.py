"""One letter to one mailbox of an addressee, with the mark by which a report that it came back is believed."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from kenesh.followup.actions.refusals import MailNotSent
from kenesh.people.actions import note_refusal
from kenesh.people.bounces import mark


def mail(*, mailbox: str, subject: str, text: str) -> None:
    """Sends it. Raises MailNotSent; that the mail server refuses the mailbox for good is remembered."""
    headers = mark(mailbox, on=timezone.localdate())
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [mailbox], headers=headers).send()
    except smtplib.SMTPRecipientsRefused as refused:
        note_refusal(email=mailbox, refused=refused, by="mail-server")
        raise MailNotSent from refused
    except (smtplib.SMTPException, OSError) as error:
        raise MailNotSent from error
