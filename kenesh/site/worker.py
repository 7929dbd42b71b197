"""`kenesh worker`: runs the tasks that wait in the database, the periodic work, and what a dead worker left behind.

A task carries ids only and may run twice. A failed one leaves the kind of its error and the places it passed through,
never a message, which may quote somebody. The worker holds no key of any office.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django.db.models import Max
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kenesh.kernel import clock, schedule
from kenesh.kernel.models import WorkerBeat
from kenesh.themes import following

BEAT = timedelta(seconds=20)
SILENT = timedelta(minutes=2)
LOOK_AROUND = timedelta(seconds=30)
MOST_ATTEMPTS = 3
STUCK = timedelta(hours=1)
WAITED = timedelta(minutes=15)
WAIT_FOR_DATABASE = 3.0  # seconds


class WorkerDied(Exception):
    """Stands in a task's row when each worker that took it died before it was done."""


def place_of(error: BaseException) -> str:
    """The places that an error passed through, one a line, innermost last; without its message."""
    return "\n".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__))


def fail_without_message(row: DBTaskResult[..., Any], error: BaseException) -> None:
    """Marks a task as failed; keeps the error's kind and places."""
    row.status = "FAILED"
    row.finished_at = datetime.now(UTC)
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = place_of(error)
    row.return_value = None
    row.save(update_fields=["status", "return_value", "finished_at", "exception_class_path", "traceback"])


class QuietWorker(Worker):
    """The library's worker, except that a failed task's row keeps no message, and that what destroys waits for the clock."""

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        if schedule.destroys(db_task_result.task_path) and clock.doubt():
            db_task_result.delete()  # it was put into the queue before the clock jumped, and is again when that is settled
            return

        def set_failed(error: BaseException) -> None:
            fail_without_message(db_task_result, error)

        db_task_result.set_failed = set_failed  # its own would store the message
        super().run_task(db_task_result)


def say_alive(worker_id: str) -> None:
    WorkerBeat.objects.update_or_create(worker=worker_id, defaults={"at": datetime.now(UTC)})


def living_workers(now: datetime) -> set[str]:
    """Ids of the workers that were heard of in the last two minutes; a beat of tomorrow is one of a clock that was wrong."""
    return set(WorkerBeat.objects.filter(at__gte=now - SILENT, at__lte=now + SILENT).values_list("worker", flat=True))


def last_sign_of_life() -> datetime | None:
    """Of any worker: its last beat, or the end of the last task."""
    beat = WorkerBeat.objects.aggregate(at=Max("at"))["at"]
    done = DBTaskResult.objects.aggregate(at=Max("finished_at"))["at"]
    return max((at for at in (beat, done) if at), default=None)


def longest_running(now: datetime) -> tuple[str, int] | None:
    """Path of a task that has run for longer than any of ours may, and its minutes; None when there is none."""
    row = DBTaskResult.objects.running().filter(started_at__lt=now - STUCK).order_by("started_at").first()
    return None if row is None or row.started_at is None else (row.task_path, round((now - row.started_at).total_seconds() / 60))


def minutes_waited(now: datetime) -> int:
    """Of the oldest task that waits, when that is too long; else 0."""
    row = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WAITED).order_by("enqueued_at").first()
    return 0 if row is None else round((now - row.enqueued_at).total_seconds() / 60)


def put_back_tasks_of_the_dead(now: datetime, *, by: str = "") -> int:
    """Puts tasks of silent workers back into the queue, and gives up on those that failed three workers; how many.

    `by`: the worker that asks, which has none in hand: what is still marked as its own it lost when the database went away.
    """
    alive, changed = living_workers(now) - {by}, 0
    for row in DBTaskResult.objects.running().filter(started_at__lt=now - SILENT):
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        changes: dict[str, Any] = {"status": "READY", "started_at": None}
        if len(row.worker_ids) >= MOST_ATTEMPTS:
            dead = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
            changes = {"status": "FAILED", "finished_at": now, "exception_class_path": dead}
        # The condition on started_at: another worker may have done the same between the reading and now.
        changed += DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at).update(**changes)
    WorkerBeat.objects.exclude(at__gte=now - SILENT, at__lte=now + SILENT).delete()
    return changed


def _beat(worker_id: str, stop: threading.Event) -> None:
    while not stop.wait(BEAT.total_seconds()):
        try:
            say_alive(worker_id)
        except DatabaseError:
            connection.close()  # a database that is away for a moment: the next beat opens a new connection
    connection.close()


def run(*, once: bool = False, interval: float = 1.0) -> None:
    """Works until SIGTERM or SIGINT, finishing the task in hand; `once`: until nothing waits."""
    worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    worker = QuietWorker(
        queue_names=["*"],
        interval=interval,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # a stop that was asked for needs no warning
    stop = threading.Event()
    with contextlib.suppress(OperationalError):  # the next beat says it
        say_alive(worker_id)
    beats = threading.Thread(target=_beat, args=(worker_id, stop), name="beats", daemon=True)
    beats.start()
    try:
        _work(worker, once=once, interval=interval)
    finally:
        stop.set()
        beats.join()
        with contextlib.suppress(OperationalError):  # a silent worker counts as dead in two minutes
            WorkerBeat.objects.filter(worker=worker_id).delete()


def _work(worker: QuietWorker, *, once: bool, interval: float) -> None:
    looked = datetime.min.replace(tzinfo=UTC)
    while worker.running:
        try:
            close_old_connections()
            now = datetime.now(UTC)
            if not timedelta() <= now - looked < LOOK_AROUND:
                put_back_tasks_of_the_dead(now, by=worker.worker_id)
                schedule.enqueue_due(now, clock_in_doubt=clock.look() is not None)
                following.refresh()
                looked = now
            worker.run()  # returns when nothing waits
        except (OperationalError, InterfaceError):
            if once:
                raise
            connection.close()  # the database is away or its disk is full: what was in hand is put back in a later round
            looked = datetime.min.replace(tzinfo=UTC)
            time.sleep(WAIT_FOR_DATABASE)
        if once:
            return
        if worker.running:
            time.sleep(interval)
