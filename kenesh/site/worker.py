"""`kenesh worker`: runs the tasks that wait in the database, the periodic work, and what a dead worker left behind.

A task carries ids only and may run twice. A failed one leaves the kind of its error and the places it passed through,
never a message, which may quote somebody. The worker holds no key of any office.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kenesh.kernel import schedule
from kenesh.kernel.models import WorkerBeat

BEAT = timedelta(seconds=20)
SILENT = timedelta(minutes=2)
LOOK_AROUND = timedelta(seconds=30)
MOST_ATTEMPTS = 3


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
    """The library's worker, except that a failed task's row keeps no message."""

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        def set_failed(error: BaseException) -> None:
            fail_without_message(db_task_result, error)

        db_task_result.set_failed = set_failed  # its own would store the message
        super().run_task(db_task_result)


def say_alive(worker_id: str) -> None:
    WorkerBeat.objects.update_or_create(worker=worker_id, defaults={"at": datetime.now(UTC)})


def living_workers(now: datetime) -> set[str]:
    """Ids of the workers that were heard of in the last two minutes."""
    return set(WorkerBeat.objects.filter(at__gte=now - SILENT).values_list("worker", flat=True))


def put_back_tasks_of_the_dead(now: datetime) -> int:
    """Puts tasks of silent workers back into the queue, and gives up on those that failed three workers; how many."""
    alive, changed = living_workers(now), 0
    for row in DBTaskResult.objects.running().filter(started_at__lt=now - SILENT):
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        changes: dict[str, Any] = {"status": "READY", "started_at": None}
        if len(row.worker_ids) >= MOST_ATTEMPTS:
            dead = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
            changes = {"status": "FAILED", "finished_at": now, "exception_class_path": dead}
        # The condition on started_at: another worker may have done the same between the reading and now.
        changed += DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at).update(**changes)
    WorkerBeat.objects.filter(at__lt=now - SILENT).delete()
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
    say_alive(worker_id)
    beats = threading.Thread(target=_beat, args=(worker_id, stop), name="beats", daemon=True)
    beats.start()
    try:
        _work(worker, once=once, interval=interval)
    finally:
        stop.set()
        beats.join()
        WorkerBeat.objects.filter(worker=worker_id).delete()


def _work(worker: QuietWorker, *, once: bool, interval: float) -> None:
    looked = datetime.min.replace(tzinfo=UTC)
    while worker.running:
        close_old_connections()
        now = datetime.now(UTC)
        if now - looked >= LOOK_AROUND:
            put_back_tasks_of_the_dead(now)
            schedule.enqueue_due(now)
            looked = now
        worker.run()  # returns when nothing waits
        if once:
            return
        if worker.running:
            time.sleep(interval)
