"""Periodic work is enqueued once in each period, whoever asks and how often."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kenesh.kernel import schedule
from kenesh.kernel.schedule import Periodic

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@task()
def round_of_the_day() -> None:
    """Stands for an area's periodic task."""


DAILY = [Periodic(round_of_the_day, 24)]


@pytest.mark.django_db
def test_a_task_is_enqueued_once_in_its_period() -> None:
    assert schedule.enqueue_due(NOON, DAILY) == [round_of_the_day.module_path]
    assert schedule.enqueue_due(NOON + timedelta(hours=11, minutes=59), DAILY) == []
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db
def test_the_next_period_brings_it_again() -> None:
    schedule.enqueue_due(NOON, DAILY)
    assert schedule.enqueue_due(NOON + timedelta(hours=12), DAILY) == [round_of_the_day.module_path]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_enqueue_it_once() -> None:
    start, enqueued = Barrier(2), []

    def work() -> None:
        start.wait()
        enqueued.extend(schedule.enqueue_due(NOON, DAILY))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert enqueued == [round_of_the_day.module_path]
    assert DBTaskResult.objects.count() == 1


def test_a_period_of_no_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="a period lasts 1 to 744 hours"):
        schedule.every(hours=0)
