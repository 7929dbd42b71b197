"""Work on appeals outside of requests. It opens no appeal; of keys it uses that of the mailer alone."""

from __future__ import annotations

from email.utils import make_msgid, parseaddr
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from kenesh.appeals import actions
from kenesh.appeals.models import Draft, OpenReceipt, Turn
from kenesh.kernel import forgetting
from kenesh.kernel.schedule import every


@every(hours=1, destroys=True)
@task()
def destroy_erased_appeals() -> None:
    """Destroys the appeals whose 72 hours are over."""
    actions.destroy_erased(today=timezone.localdate())


@every(hours=1, destroys=True)
@task()
def forget_drafts() -> None:
    """Deletes drafts, opened receipts and turns of a flood whose time is over."""
    now = timezone.now()
    Draft.objects.filter(expires_at__lte=now).delete()
    OpenReceipt.objects.filter(expires_at__lte=now).delete()
    Turn.objects.filter(expires_at__lte=now).delete()
    actions.forget_drafts_files()


@every(hours=24)
@task()
def count_opinions() -> None:
    """Counts what people said of offices once their cases were closed, in batches; what was counted is destroyed."""
    if actions.count_opinions(today=timezone.localdate()):
        forgetting.scrub("appeals_waitingopinion")


@task()
def send_notice(uid: str) -> None:
    """One message that there is news; then the address goes. One that failed is tried again by `send_waiting_notices`."""
    notice = UUID(uid)
    letter = actions.begin_sending(uid=notice, now=timezone.now())
    if letter is None:
        return
    with override(letter.language):
        subject = gettext("There is news")
        text = gettext("There is news. Come back with your digits.")
    domain = parseaddr(settings.NOTICE_FROM)[1].rpartition("@")[2]
    # Django's own Message-ID would name this machine.
    headers = {"Message-ID": make_msgid(domain=domain or "localhost"), "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, f"{text}\n", settings.NOTICE_FROM, [letter.address], headers=headers).send()
    except SMTPRecipientsRefused:
        actions.end_sending(uid=notice)  # there is no such mailbox: trying again would not make one
        raise
    actions.end_sending(uid=notice)


@every(hours=1)
@task()
def send_waiting_notices() -> None:
    """Notices that broke off; addresses to which nothing could be sent in most of a day are deleted."""
    actions.give_up_notices()
    for uid in actions.waiting_notices(now=timezone.now()).order_by("id").values_list("uid", flat=True)[:1000]:
        send_notice.enqueue(str(uid))
