"""Periodic work on appeals. It holds no key and opens nothing."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from kenesh.appeals import actions
from kenesh.appeals.models import Draft, OpenReceipt, Turn
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
