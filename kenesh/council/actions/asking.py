"""Members are asked to answer in writing: each by a letter with her own link, and once more before the deadline."""

from __future__ import annotations

import base64
import smtplib
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kenesh.council.actions.phones import TOKEN_BYTES
from kenesh.council.actions.refusals import DeadlinePassed
from kenesh.council.models import WrittenLink, WrittenProcedure
from kenesh.council.queries import asking
from kenesh.council.signals import written_letters_wanted
from kenesh.kernel import trail, vault
from kenesh.people.actions import note_refusal, stop_mail
from kenesh.people.actions.correspondents import in_words
from kenesh.people.models import MailStop, Membership, User
from kenesh.people.queries.correspondents import stops_of


def token_of(link: WrittenLink) -> str:
    """The token of the link: 128 bits of its random key and the node's pepper, which no copy of the database holds."""
    seed = vault.link_hash(settings.SECRETS.pepper, f"written:{link.request_key}:{link.link_number}")
    return base64.urlsafe_b64encode(vault.B(seed, "token", TOKEN_BYTES)).rstrip(b"=").decode()


def _hash_of(link: WrittenLink) -> bytes:
    return vault.link_hash(settings.SECRETS.pepper, token_of(link))


def ask_members(*, procedure: WrittenProcedure, by: User) -> None:
    """Every member of that day gets a line; the worker writes to those whose address is known. Asking again asks who is new."""
    with transaction.atomic():
        asked = set(procedure.links.values_list("membership_id", flat=True))
        new = [
            WrittenLink(procedure=procedure, membership=seat, email=email, language=language, has_account=has_account)
            for seat, email, language, has_account in asking.addresses_of_members(procedure.meeting)
            if seat.pk not in asked
        ]
        for link in new:
            link.token_hash = _hash_of(link)
        WrittenLink.objects.bulk_create(new)
        trail.record(verb="ask_in_writing", target=f"meeting:{procedure.meeting.code}", by=by)
        written_letters_wanted.send(sender=WrittenLink, links=[link.pk for link in new if link.email])


def write_to(*, link: WrittenLink, email: str, language: str, by: User) -> None:
    """The secretary says where this member is written to; the letter goes at once, and what was sent before opens nothing more.
    Raises DeadlinePassed."""
    with transaction.atomic():
        now = WrittenLink.objects.select_for_update(of=("self",)).select_related("procedure__meeting").get(pk=link.pk)
        if asking.is_over(now.procedure):
            raise DeadlinePassed
        now.email, now.language, now.link_number = email, language, now.link_number + 1
        now.mailed_at = now.reminded_at = None
        now.asked_at = timezone.now()
        now.failed, now.token_hash = "", _hash_of(now)
        now.save()
        trail.record(verb="ask_in_writing", target=asking.target_of(now.procedure, now), by=by)
        if email:
            written_letters_wanted.send(sender=WrittenLink, links=[now.pk])


def end_written_links_since(seat: Membership, since: date) -> None:
    """Somebody else is sent from that day on: what the one before her got opens nothing, and the secretary says where the new one
    is written to. The mailbox of the institution itself stays. Within the caller's transaction."""
    running = WrittenLink.objects.select_for_update(of=("self",)).filter(
        membership=seat, procedure__closed_at=None, procedure__closes_at__gt=timezone.now()
    )
    mailbox = seat.organisation.mailbox if seat.organisation else ""
    for link in running.select_related("procedure").order_by("pk"):
        if timezone.localdate(link.procedure.closes_at) < since or (link.email and link.email == mailbox):
            continue
        link.email, link.has_account, link.link_number = "", False, link.link_number + 1
        link.mailed_at = link.reminded_at = link.reached_on = None
        link.reached_by, link.token_hash = "", _hash_of(link)
        link.save()


def ask_anew(*, procedure: WrittenProcedure, by: User) -> None:
    """The deadline has moved: all are written to again, with the link that they have, and who sits there now and was not asked is asked.
    Within the caller's transaction."""
    procedure.links.update(asked_at=timezone.now(), reminded_at=None, failed="")
    again = list(procedure.links.exclude(email="").order_by("pk").values_list("pk", flat=True))
    ask_members(procedure=procedure, by=by)
    written_letters_wanted.send(sender=WrittenLink, links=again)


def send(*, link: WrittenLink, letter: Callable[[], int]) -> bool:
    """Has `letter` sent, unless its owner wants no mail, and notes what came of it; gives whether it went. What a mail server
    does not take for now is raised (SMTPException, OSError), and tried again when the worker comes round."""
    if stops_of([link.email]):
        return False
    at = asking.target_of(link.procedure, link)
    try:
        letter()
    except smtplib.SMTPRecipientsRefused as refused:
        words = note_refusal(email=link.email, refused=refused, by="worker")
        WrittenLink.objects.filter(pk=link.pk).update(failed=words)
        return False
    except smtplib.SMTPDataError as refused:  # the letter is refused, not the address
        if refused.smtp_code < 500:  # passes (RFC 5321, section 4.2.1)
            raise
        with transaction.atomic():
            words = in_words(refused.smtp_code, refused.smtp_error)
            WrittenLink.objects.filter(pk=link.pk).update(failed=words)
            trail.record(verb="letter_refused", target=at, by="worker")
        return False
    with transaction.atomic():
        when = "mailed_at" if link.is_letter_due else "reminded_at"
        WrittenLink.objects.filter(pk=link.pk).update(**{when: timezone.now()}, failed="")
        trail.record(verb="written_letter_sent", target=at, by="worker")
    return True


def stop_letters(*, link: WrittenLink) -> None:
    """The owner of the address wants no more mail from this node."""
    if link.email:
        stop_mail(email=link.email, why=MailStop.Why.OPTED_OUT, by=f"seat:{link.membership_id}")
