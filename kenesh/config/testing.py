"""A pytest plugin that prepares the node under test. It is loaded with `-p`, before Django reads its settings.

KENESH_TEST_ENGINE is sqlite (the default) or postgresql; the latter needs KENESH_DATABASE_URL, which
`scripts/with-postgresql` sets. The run owns a fresh KENESH_HOME, and Python's temporary folder does not exist: code that
would spool something private to a temporary file fails its test.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

NO_TEMPORARY_FOLDER = "/nonexistent/kenesh-writes-no-temporary-files"


def _fresh_folder() -> Path:
    """In memory where the system has it: tests commit thousands of times, and each commit waits for the disk."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder below is made by mkdtemp, for this user alone
    return Path(tempfile.mkdtemp(prefix="kenesh-test-", dir=memory if os.access(memory, os.W_OK) else None))


def _choose_engine() -> str:
    engine = os.environ.get("KENESH_TEST_ENGINE") or "sqlite"
    if engine not in {"sqlite", "postgresql"}:
        raise SystemExit(f"KENESH_TEST_ENGINE={engine!r} cannot be used: write sqlite or postgresql")
    if engine == "sqlite":
        os.environ["KENESH_DATABASE_URL"] = "sqlite"
    elif not os.environ.get("KENESH_DATABASE_URL", "").startswith("postgres"):
        raise SystemExit(
            "KENESH_TEST_ENGINE=postgresql needs a server: run scripts/with-postgresql .venv/bin/pytest, or make test-postgresql"
        )
    return engine


ROOT = _fresh_folder()
ENGINE = _choose_engine()
HOME = ROOT / "home"
(HOME / "static").mkdir(parents=True, mode=0o700)
for name in [
    name
    for name in os.environ
    if name.startswith("KENESH_") and name not in {"KENESH_DATABASE_URL", "KENESH_TEST_ENGINE", "KENESH_SEEDS"}
]:
    del os.environ[name]
os.environ["KENESH_HOME"] = str(HOME)
# Playwright's synchronous interface keeps an event loop running beside the tests that use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
_owner = os.getpid()


@atexit.register
def _remove_folder() -> None:
    if os.getpid() == _owner:
        shutil.rmtree(ROOT, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    if config.option.basetemp is None:
        config.option.basetemp = str(ROOT / "pytest")


def pytest_report_header() -> str:
    return f"kenesh: {ENGINE}, home {HOME}"


WITH_A_DATABASE = {"db", "transactional_db", "django_db_setup", "engine", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database runs once, on SQLite."""
    if ENGINE == "sqlite":
        return
    without = {item for item in items if item.get_closest_marker("django_db") is None and not _asks_for_a_database(item)}
    items[:] = [item for item in items if item not in without]
    config.hook.pytest_deselected(items=list(without))


def _asks_for_a_database(item: pytest.Item) -> bool:
    return bool(WITH_A_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """From here on nothing may ask for a temporary file; pytest's own output files are open by now."""
    tempfile.tempdir = NO_TEMPORARY_FOLDER
