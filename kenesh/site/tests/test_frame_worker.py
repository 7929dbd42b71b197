"""The worker runs tasks, keeps no message of a failure, and puts back what a dead worker left."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kenesh.kernel.models import WorkerBeat
from kenesh.site import worker

done: list[int] = []


@task()
def note(number: int) -> None:
    done.append(number)


@task()
def fail(number: int) -> None:
    raise LookupError("Gulnara Asanova, +996 555 123456")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def running(worker_id: str, *, for_minutes: int, attempts: int = 1) -> DBTaskResult:
    row = note.enqueue(7).db_result
    DBTaskResult.objects.filter(pk=row.pk).update(
        status="RUNNING", worker_ids=[worker_id] * attempts, started_at=datetime.now(UTC) - timedelta(minutes=for_minutes)
    )
    return DBTaskResult.objects.get(pk=row.pk)


@pytest.fixture
def _signals_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runner keeps its own handling of Ctrl-C."""
    monkeypatch.setattr(worker.QuietWorker, "configure_signals", lambda self: None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_signals_stay")
def test_waiting_tasks_are_run() -> None:
    note.enqueue(1)
    note.enqueue(2)
    worker.run(once=True)
    assert done == [1, 2]
    assert list(DBTaskResult.objects.filter(task_path__endswith="note").values_list("status", flat=True)) == ["SUCCESSFUL"] * 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_signals_stay")
def test_a_failed_task_keeps_kind_and_place_but_no_message() -> None:
    row = fail.enqueue(1).db_result
    worker.run(once=True)
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert row.exception_class_path == "builtins.LookupError"
    assert row.traceback.splitlines()[-1].endswith("in fail")
    assert "Gulnara" not in row.traceback


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_signals_stay")
def test_a_worker_that_has_ended_leaves_no_beat() -> None:
    worker.run(once=True)
    assert WorkerBeat.objects.count() == 0


@pytest.mark.django_db
def test_a_task_of_a_dead_worker_is_put_back() -> None:
    row = running("gone", for_minutes=5)
    assert worker.put_back_tasks_of_the_dead(datetime.now(UTC)) == 1
    row.refresh_from_db()
    assert (row.status, row.started_at) == ("READY", None)


@pytest.mark.django_db
def test_a_long_task_of_a_living_worker_is_left_alone() -> None:
    row = running("alive", for_minutes=50)
    worker.say_alive("alive")
    assert worker.put_back_tasks_of_the_dead(datetime.now(UTC)) == 0
    row.refresh_from_db()
    assert row.status == "RUNNING"


@pytest.mark.django_db
def test_a_task_that_killed_three_workers_is_given_up() -> None:
    row = running("gone", for_minutes=5, attempts=3)
    worker.put_back_tasks_of_the_dead(datetime.now(UTC))
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == ("FAILED", "kenesh.site.worker.WorkerDied")


@pytest.mark.django_db
def test_a_worker_silent_for_two_minutes_counts_as_dead() -> None:
    now = datetime.now(UTC)
    WorkerBeat.objects.create(worker="late", at=now - timedelta(seconds=121))
    WorkerBeat.objects.create(worker="here", at=now - timedelta(seconds=119))
    assert worker.living_workers(now) == {"here"}
