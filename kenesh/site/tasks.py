"""Housekeeping of the node itself, which belongs to no area."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks import task
from django_tasks_db.models import DBTaskResult

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
