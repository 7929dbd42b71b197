"""Periodic work of casework. It holds no key: it compares days that stand in the clear, and sends counts."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from kenesh.casework import actions, queries, tallies
from kenesh.casework.actions import keeping, transfer
from kenesh.casework.importing import receiving
from kenesh.casework.models import ShownReceipt
from kenesh.kernel import forgetting
from kenesh.kernel.schedule import every


@every(hours=1)
@task()
def tell_leads_of_late_cases() -> None:
    """Writes down which deadlines have passed, for the leads' first page."""
    actions.escalate_late_cases(today=timezone.localdate())


@every(hours=24)
@task()
def send_digests() -> None:
    """A letter to every lead whose office has something late; each is a task of its own, so that one failing stops no other."""
    today = timezone.localdate()
    for rule in queries.rules_with_a_lead().select_related("office").order_by("id"):
        if any(queries.counts_for_lead(rule, today).values()):
            send_digest.enqueue(rule.pk)


@task()
def send_digest(rule_id: int) -> None:
    """Counts and a link, nothing else; nothing to somebody who has left the office meanwhile."""
    rule = queries.rules_with_a_lead().select_related("office", "lead").filter(pk=rule_id).first()
    if rule is None or rule.lead is None:
        return
    counts = queries.counts_for_lead(rule, timezone.localdate())
    with override(rule.lead.language):
        lines = [
            gettext("Cases past their deadline: %(number)s") % {"number": counts["late"]},
            gettext("Cases due soon: %(number)s") % {"number": counts["soon"]},
            gettext("Appeals that wait too long for the first answer: %(number)s") % {"number": counts["unanswered"]},
            f"{settings.ADDRESS}{reverse('casework_work:queue')}",
        ]
        send_mail(gettext("Kenesh: deadlines"), "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [rule.lead.email])


@every(hours=1, destroys=True)
@task()
def forget_undo_of_handing_over() -> None:
    """Deletes keys of handed-over cases that nobody may take back any more."""
    transfer.forget_undo()


@every(hours=1, destroys=True)
@task()
def forget_shown_receipts() -> None:
    """Deletes digits that an office made for somebody and did not put away itself: it cannot open them."""
    ShownReceipt.objects.filter(expires_at__lte=timezone.now()).delete()


@every(hours=1)
@task()
def keep_counts() -> None:
    """Folds what the triggers noted into the kept counts of the queue."""
    tallies.fold()


@every(hours=1, destroys=True)
@task()
def forget_what_is_over() -> None:
    """Deletes temporary views, undos, presences and counts of filings whose time is over."""
    actions.forget_what_is_over()


@every(hours=24, destroys=True)
@task()
def destroy_swept() -> None:
    """Destroys what was swept away 30 days ago and nobody brought back."""
    actions.destroy_swept(today=timezone.localdate())


@every(hours=24, destroys=True)
@task()
def destroy_due_cases() -> None:
    """Destroys cases whose day has come, where the office's rule says that it goes by itself."""
    if keeping.destroy_due(today=timezone.localdate()):
        forgetting.scrub("casework_grant", "casework_epoch", "appeals_grant", "appeals_receiptkey", "appeals_epoch")


@every(hours=24)
@task()
def forget_registers() -> None:
    """Destroys registers whose import can be taken back no longer, and those that were left lying."""
    receiving.forget_old(today=timezone.localdate())
