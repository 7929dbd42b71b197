"""The clock jumps: nothing is destroyed because of it before a person or three quiet days have confirmed it, and the doctor says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, Draft
from kenesh.appeals.tasks import destroy_erased_appeals
from kenesh.kernel import carried, clock, schedule, vault
from kenesh.kernel.clock import Moment
from kenesh.kernel.models import Clock, TrailEntry
from kenesh.site import backup, doctor, worker
from kenesh.site.command_line import main

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def says(at: datetime, *, up: float, boot: str = "monday") -> bool:
    """The clock says `at`, `up` hours after the machine was started; whether it is in doubt now."""
    return clock.look(Moment(at, boot, up * 3600)) is not None


@pytest.fixture
def _signals_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runner keeps its own handling of Ctrl-C."""
    monkeypatch.setattr(worker.QuietWorker, "configure_signals", lambda self: None)


def test_a_clock_that_goes_on_is_believed() -> None:
    assert [says(NOON + hours * HOUR, up=hours) for hours in (0, 1, 90, 900)] == [False] * 4


def test_a_worker_that_was_away_is_no_jump_and_a_year_is_one() -> None:
    assert not says(NOON, up=1)
    assert not says(NOON + 200 * HOUR, up=201)
    assert says(NOON + 200 * HOUR + 365 * DAY, up=201)
    assert TrailEntry.objects.filter(verb="clock_jumped:+8760h").count() == 1


def test_a_clock_that_is_put_right_is_believed_at_once() -> None:
    says(NOON, up=0)
    assert says(NOON + 365 * DAY, up=1)
    assert not says(NOON + 2 * HOUR, up=2)


def test_a_day_back_is_a_jump_and_three_quiet_days_end_the_doubt() -> None:
    says(NOON, up=0)
    back = NOON - DAY
    assert says(back, up=0)
    assert says(back + 71 * HOUR, up=71)
    assert not says(back + 73 * HOUR, up=73)


def test_an_office_that_was_switched_off_over_the_weekend_is_believed() -> None:
    says(NOON, up=9)
    assert not says(NOON + 63 * HOUR, up=0, boot="tuesday")
    assert says(NOON + 63 * HOUR + 5 * DAY, up=0, boot="sunday")
    assert not says(NOON + 64 * HOUR, up=1, boot="sunday")  # the clock of a cheap computer, set right by the network


def a_year_passes_at_once() -> None:
    """The worker looked a moment ago, and the clock stood a year earlier."""
    clock.look()
    Clock.objects.update(at=datetime.now(UTC) - 365 * DAY)


def asked_to_be_erased(office: Any) -> None:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": "Айлык", "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    drafts.save(draft)
    appeals.file_appeal(draft=draft, office=office, language="ru")
    cookie, _ = appeals.open_with_receipt(digits=draft.receipt)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    appeals.request_erasure(holder=holder)
    Appeal.objects.update(erase_on=date(2026, 1, 1))
    Draft.objects.update(expires_at=NOON - 300 * DAY)


@pytest.mark.usefixtures("_signals_stay")
def test_what_destroys_waits_for_a_person_after_a_jump(aigul: Any, office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    asked_to_be_erased(office)
    a_year_passes_at_once()
    destroy_erased_appeals.enqueue()  # before the jump, and not taken up yet
    worker.run(once=True)
    assert (Appeal.objects.count(), Draft.objects.count()) == (1, 1)
    (finding,) = doctor.clock()
    assert "the clock went forwards by 365 days" in finding
    assert "kenesh clock confirm" in finding
    ran = {row.task_path for row in DBTaskResult.objects.all()}
    assert not any(schedule.destroys(path) for path in ran)
    assert "kenesh.site.tasks.write_the_ledger" in ran  # the rest of the work goes on

    assert main(["clock", "confirm"]) == 0
    assert "is believed" in capsys.readouterr().out
    worker.run(once=True)
    assert (Appeal.objects.count(), Draft.objects.count(), list(doctor.clock())) == (0, 0, [])


def test_a_backup_deletes_no_keys_while_the_clock_is_in_doubt(tmp_path: Path) -> None:
    carried.set_keys(vault.new_recovery_key().pair.secret)
    folder = tmp_path / "backups"

    def silent(what: str, done: int, total: int) -> None: ...

    backup.back_up(folder, today=date(2026, 11, 22), said=silent)
    (first,) = folder.glob("keys-*")
    first.rename(folder / "keys-20261122T080000Z.kenesh")  # archives are named by the second
    a_year_passes_at_once()
    backup.back_up(folder, today=date(2027, 11, 22), said=silent)
    assert len(list(folder.glob("keys-*"))) == 2
    clock.confirm(by="test")
    backup.back_up(folder, today=date(2027, 11, 22), said=silent)
    assert len(list(folder.glob("keys-*"))) == 0


def test_a_beat_of_tomorrow_is_no_sign_of_life() -> None:
    worker.say_alive("yesterday's clock")
    now = datetime.now(UTC)
    assert (len(worker.living_workers(now)), len(worker.living_workers(now - DAY))) == (1, 0)
