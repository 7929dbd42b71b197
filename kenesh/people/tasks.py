"""Housekeeping of sign-in. It holds no key."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from kenesh.kernel.schedule import every
from kenesh.people import actions, sign_in
from kenesh.people.models import Mailing


@every(hours=1, destroys=True)
@task()
def forget_expired_sign_ins() -> None:
    """Deletes unlocks whose time is over, forms that nobody came back for, and old counts of wrong passwords."""
    sign_in.forget_expired()


@task()
def send_mailing(mailing_id: int) -> None:
    """Sends what waits, one letter each; what the mail server does not take now is tried again every hour."""
    mailing, began = Mailing.objects.select_related("by").filter(pk=mailing_id).first(), timezone.now()
    while mailing is not None and actions.send_next(mailing=mailing, round_began=began):
        pass


@every(hours=1)
@task()
def go_on_with_mailings() -> None:
    """Letters that a mail server did not take, or a worker that was stopped left behind; files of correspondents that nobody confirmed."""
    for mailing in actions.unfinished_mailings():
        send_mailing.enqueue(mailing.pk)
    actions.give_up_old_letters()
    actions.forget_address_files()
