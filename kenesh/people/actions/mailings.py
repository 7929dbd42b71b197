"""A letter to many correspondents: each gets one of her own, and whoever wants no mail gets none."""

from __future__ import annotations

import base64
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kenesh.kernel import trail, vault
from kenesh.people import signals
from kenesh.people.actions.correspondents import in_words, note_refusal
from kenesh.people.bounces import mark
from kenesh.people.models import Body, Correspondent, Mailing, MailingLine, MailStop, User
from kenesh.people.queries.correspondents import hidden_address
from kenesh.themes.languages import INTERFACE
from kenesh.themes.texts import FALLBACK, Translated

TOKEN_BYTES = 16
TRIED_FOR = timedelta(days=3)  # a letter that is older says what nobody needs any more


def begin_mailing(
    *,
    code: str,
    body: Body | None,
    subject: Translated,
    text: Translated,
    chosen: dict[str, str],
    correspondents: Sequence[Correspondent],
    by: User,
) -> Mailing:
    """Writes a line for each address and tells the worker. `code` is the form's own key: the same form sent twice is one mailing."""
    with transaction.atomic():
        mailing, made = Mailing.objects.get_or_create(
            code=code, defaults={"by": by, "body": body, "subject": subject, "text": text, "chosen": chosen}
        )
        if made:
            addresses = {correspondent.email: correspondent for correspondent in correspondents if correspondent.email}
            lines = [
                MailingLine(mailing=mailing, name=correspondent.name, email=email, language=_language(correspondent, text))
                for email, correspondent in addresses.items()
            ]
            for line in lines:
                line.token_hash = vault.link_hash(settings.SECRETS.pepper, token_of(line))
            MailingLine.objects.bulk_create(lines)
            trail.record(verb="begin_mailing", target=f"mailing:{code}:{len(addresses)}", by=by)
            signals.mailing_begun.send(Mailing, mailing=mailing)
    return mailing


def token_of(line: MailingLine) -> str:
    """The token of the link that ends mail: 128 bits of the mailing, the address and the node's pepper, which no copy of the
    database holds."""
    seed = vault.link_hash(settings.SECRETS.pepper, f"mail-stop:{line.mailing.code}:{line.email}")
    return base64.urlsafe_b64encode(vault.B(seed, "token", TOKEN_BYTES)).rstrip(b"=").decode()


def _language(correspondent: Correspondent, text: Translated) -> str:
    """The first of her languages in which the letter is written, else one in which it is."""
    wanted = [*correspondent.languages.split(), *FALLBACK, *text]
    return next((code for code in wanted if text.get(code)), "ru")


def send_next(*, mailing: Mailing, round_began: datetime) -> bool:
    """Sends one letter that waits and was not tried since `round_began`; False when there is none, or when the mail server does
    not answer and it is better to wait.

    The line is marked before the letter goes: after a power cut it is not sent a second time.
    """
    untried = Q(tried_at__isnull=True) | Q(tried_at__lt=round_began)
    with transaction.atomic():
        waiting = mailing.lines.select_for_update().filter(untried, status=MailingLine.Status.WAITING)
        line = waiting.order_by("id").first()
        if line is None:
            return False
        stopped = MailStop.objects.filter(address=hidden_address(line.email)).exists()
        line.status = MailingLine.Status.STOPPED if stopped else MailingLine.Status.BEGUN
        line.tried_at = timezone.now()
        line.save(update_fields=["status", "tried_at"])
    return True if stopped else _send(line, mailing)


def _send(line: MailingLine, mailing: Mailing) -> bool:
    """Whether the mail server is there for the next letter. What it refuses for now (4xx; RFC 5321, section 4.2.1) is tried again in the next
    round, as servers that do not know us yet want it; neither kind of refusal keeps the letters behind it waiting."""
    try:
        _letter(line, mailing).send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, _said = next(iter(refused.recipients.values()), (550, b""))
        words = note_refusal(email=line.email, refused=refused, by=f"mailing:{mailing.code}")
        _note(line, _refused(code), words)
    except smtplib.SMTPDataError as refused:  # the letter is refused, not the address
        _note(line, _refused(refused.smtp_code), in_words(refused.smtp_code, refused.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        _note(line, MailingLine.Status.WAITING, str(error))
        return False
    else:
        _note(line, MailingLine.Status.SENT, "")
    return True


def _refused(code: int) -> MailingLine.Status:
    return MailingLine.Status.REFUSED if code >= 500 else MailingLine.Status.WAITING


def _note(line: MailingLine, status: MailingLine.Status, detail: str) -> None:
    MailingLine.objects.filter(pk=line.pk).update(status=status, detail=detail[:300])


def _letter(line: MailingLine, mailing: Mailing) -> EmailMessage:
    shown = line.language if line.language in INTERFACE else "ru"
    with override(shown):
        stop = settings.ADDRESS.rstrip("/") + reverse("people:mail_stop", args=[token_of(line)])
        text = letter_text(mailing.text, line.language, stop)
    return EmailMessage(
        subject=" ".join(mailing.subject.in_language(line.language).split()),
        body=text,
        to=[line.email],
        reply_to=[mailing.by.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            **mark(line.email, on=timezone.localdate(), ref=mailing.code),
        },
    )


def letter_text(text: Translated, language: str, stop: str) -> str:
    """The letter as it goes out, with the link that ends mail below it."""
    below = _("If you want no more letters like this one, open this page: %(address)s") % {"address": stop}
    return f"{text.in_language(language)}\n\n-- \n{below}\n"


def unfinished_mailings() -> list[Mailing]:
    """Mailings of the last days that have letters waiting."""
    young = Mailing.objects.filter(begun_at__gt=timezone.now() - TRIED_FOR, lines__status=MailingLine.Status.WAITING)
    return list(young.distinct().order_by("id"))


def give_up_old_letters() -> None:
    """What could not be sent for days is not tried any more, and the report says so."""
    old = MailingLine.objects.filter(mailing__begun_at__lte=timezone.now() - TRIED_FOR, status=MailingLine.Status.WAITING)
    old.update(status=MailingLine.Status.GIVEN_UP)
