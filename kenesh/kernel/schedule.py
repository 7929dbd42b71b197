"""Work that comes round: an area marks a task with `@every(hours=…)`, the worker enqueues it once in each period.

    @every(hours=24)
    @task()
    def remind_of_deadlines() -> None: ...

A period begins at a fixed moment (counted from 1970-01-01 UTC), not when the worker starts. The id of a periodic task's
row is made of its path and its period, so the primary key itself refuses a second one: two workers, on either engine,
enqueue it once.
"""

from __future__ import annotations

import importlib.util
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction
from django_tasks.base import Task

AnyTask = TypeVar("AnyTask", bound="Task[..., Any]")

_NAMESPACE = uuid.UUID("5b0ff0f5-2a51-4d5c-9f0e-6a3f6f0f7c11")
LONGEST_HOURS = 24 * 31


@dataclass(frozen=True)
class Periodic:
    """A task and the length of its period in hours."""

    task: Task[..., Any]
    hours: int
    destroys: bool = False

    def period(self, now: datetime) -> int:
        return int(now.timestamp()) // (self.hours * 3600)

    def row_id(self, now: datetime) -> uuid.UUID:
        return uuid.uuid5(_NAMESPACE, f"{self.task.module_path} {self.hours} {self.period(now)}")


_periodic: dict[str, Periodic] = {}


def every(*, hours: int, destroys: bool = False) -> Callable[[AnyTask], AnyTask]:
    """Registers a task that takes no argument, to be run once in every period of so many hours (1 to 744).

    `destroys`: it does something that cannot be taken back because a day has come, so it waits while the clock is in doubt.
    Raises ValueError for another number of hours: rows of finished tasks are kept only a little longer than that.
    """
    if not 1 <= hours <= LONGEST_HOURS:
        raise ValueError(f"a period lasts 1 to {LONGEST_HOURS} hours")

    def register(task: AnyTask) -> AnyTask:
        _periodic[task.module_path] = Periodic(task, hours, destroys)
        return task

    return register


def periodic_tasks() -> list[Periodic]:
    """Every periodic task of the installed areas, in the order of their paths."""
    for area in apps.get_app_configs():
        name = f"{area.name}.tasks"
        if area.name.startswith("kenesh.") and importlib.util.find_spec(name):
            import_module(name)
    return [_periodic[path] for path in sorted(_periodic)]


def enqueue_due(now: datetime, periodic: list[Periodic] | None = None, *, clock_in_doubt: bool = False) -> list[str]:
    """Enqueues what was not yet enqueued in its present period; gives the paths of those tasks."""
    due = periodic_tasks() if periodic is None else periodic
    return [each.task.module_path for each in due if not (each.destroys and clock_in_doubt) and _enqueue_once(each, now)]


def destroys(path: str) -> bool:
    """Whether the periodic task of this path waits while the clock is in doubt."""
    return path in _periodic and _periodic[path].destroys


def _enqueue_once(periodic: Periodic, now: datetime) -> bool:
    from django_tasks_db.models import DBTaskResult, get_date_max

    row_id, task = periodic.row_id(now), periodic.task
    if DBTaskResult.objects.filter(pk=row_id).exists():
        return False
    try:
        with transaction.atomic():
            DBTaskResult.objects.create(
                id=row_id,
                args_kwargs={"args": [], "kwargs": {}},
                priority=task.priority,
                task_path=task.module_path,
                queue_name=task.queue_name,
                run_after=get_date_max(),  # the library's word for "at once"
                backend_name=task.backend,
            )
    except IntegrityError:
        return False  # another worker was first
    return True
