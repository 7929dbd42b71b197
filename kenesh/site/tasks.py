"""Housekeeping of the node itself, which belongs to no area."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kenesh.kernel import trail
from kenesh.kernel.schedule import LONGEST_HOURS, every

KEPT = timedelta(hours=LONGEST_HOURS + 24 * 9)  # past the longest period, or a periodic task could run twice in one


@every(hours=24)
@task()
def forget_finished_tasks() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=datetime.now(UTC) - KEPT).delete()


@every(hours=24)
@task()
def forget_expired_sessions() -> None:
    Session.objects.filter(expire_date__lt=datetime.now(UTC)).delete()


@every(hours=24)
@task()
def publish_heads_of_the_trail() -> None:
    """Writes chain, count and MAC of every head to the file behind /trail-heads.txt: whoever keeps a copy can prove a later change.

    Once a day and not at every request: the counts would tell how busy an office is at this hour.
    """
    folder = settings.FILES / "public"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{datetime.now(UTC):%Y-%m-%d}", *(f"{chain}:{count}:{mac}" for chain, count, mac in trail.heads())]
    aside = folder / ".trail-heads.txt"
    aside.write_text("\n".join(lines) + "\n", encoding="ascii")
    aside.replace(folder / "trail-heads.txt")
