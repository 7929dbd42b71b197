"""Work that comes round: the months that are over are counted."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from kenesh.kernel.schedule import every
from kenesh.problems import actions, queries


@every(hours=24, destroys=True)
@task()
def freeze_finished_months() -> None:
    """Freezes the blocks of the months that are over, and sees what grows. It opens nothing but counts, with the node's own
    door key."""
    today = timezone.localdate()
    if actions.freeze_blocks(today=today, by="worker") or queries.trends_are_old(today):
        actions.renew_trends(today=today, by="worker")
