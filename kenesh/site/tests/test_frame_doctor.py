"""The doctor finds what is wrong and says what to do."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kenesh.followup.models import NO_DATE, FiledCount
from kenesh.kernel import triggers
from kenesh.site import doctor, worker


@pytest.fixture
def secret() -> Path:
    path: Path = settings.HOME / "secrets/pepper"
    yield path
    path.chmod(0o600)


def test_a_well_kept_home_has_no_finding() -> None:
    settings.HOME.chmod(0o700)
    assert list(doctor.home()) == []


def test_a_secret_that_others_may_read_is_found(secret: Path) -> None:
    secret.chmod(0o640)
    assert list(doctor.home()) == [
        f"{secret} is open to other users (0640): run `chmod 600 {secret}`, and think about who could read it"
    ]


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(settings.HOME)
    monkeypatch.setattr(doctor, "LEAST_FREE", usage.total + 1)
    assert len(list(doctor.disk())) == 1


@pytest.mark.django_db
def test_a_database_with_all_migrations_has_no_finding() -> None:
    assert list(doctor.migrations()) == []


@pytest.mark.django_db(transaction=True)
def test_missing_triggers_of_the_trail_are_found() -> None:
    assert list(doctor.trail()) == []
    triggers.drop()
    found = list(doctor.trail())
    triggers.create()
    assert found == ["the database would let somebody change the trail: run `kenesh migrate`, which makes the triggers again"]
    assert list(doctor.trail()) == []


@pytest.mark.django_db
def test_wrong_counts_of_recommendations_are_found() -> None:
    assert list(doctor.tracker()) == []
    FiledCount.objects.create(key="all", stage="waiting", late_after=NO_DATE, number=7, is_sum=True)
    found = ["1 kept counts of recommendations are wrong: run `kenesh migrate`, which counts again"]
    assert list(doctor.tracker()) == found


@pytest.mark.django_db
def test_the_durability_of_the_database_is_looked_at(engine: str) -> None:
    """The PostgreSQL of the tests does not wait for the disk, and is found out."""
    found = [finding.split(";")[0] for finding in doctor.database()]
    assert found == (
        [] if engine == "sqlite" else [f"the database runs with {name}=off and not on" for name in ("fsync", "full_page_writes")]
    )


@pytest.mark.django_db
def test_a_node_without_a_worker_is_found() -> None:
    assert len(list(doctor.worker())) == 1
    worker.say_alive("here")
    assert list(doctor.worker()) == []
    assert worker.living_workers(datetime.now(UTC)) == {"here"}


@pytest.mark.django_db
def test_a_caseworker_who_edits_public_pages_is_found(aigul: Any) -> None:
    assert list(doctor.roles_apart()) == []
    aigul.roles.create(role="editor")  # given by a version of before
    assert list(doctor.roles_apart()) == [
        "aigul@example.org works with cases and edits public pages or administers the node: make a second account for one of the two"
    ]


def test_debug_pages_are_found(settings: Any) -> None:
    settings.DEBUG = True
    assert list(doctor.address()) == ["KENESH_DEBUG shows what is private to whoever sees an error page: unset it"]
