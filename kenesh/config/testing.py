"""A pytest plugin that prepares the node under test. It is loaded with `-p`, before Django reads its settings.

KENESH_TEST_ENGINE is sqlite (the default) or postgresql; the latter needs KENESH_DATABASE_URL, which
`scripts/with-postgresql` sets. The run owns a fresh KENESH_HOME, and Python's temporary folder does not exist: code that
would spool something private to a temporary file fails its test.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
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
PICTURES = os.environ.get("KENESH_PICTURES", "")  # the folder into which a walk puts what it saw
# The processes of one run share the folder of the first of them: what is dear to make is made there once.
SHARED = Path(os.environ["KENESH_TEST_SHARED"] if "PYTEST_XDIST_WORKER" in os.environ else ROOT)
for name in [
    name
    for name in os.environ
    if name.startswith("KENESH_") and name not in {"KENESH_DATABASE_URL", "KENESH_TEST_ENGINE", "KENESH_SEEDS", "KENESH_PICTURES"}
]:
    del os.environ[name]
os.environ["KENESH_TEST_SHARED"] = str(SHARED)
# Rewritten and compiled tests are kept beside them, also where the environment forbids it: they take half of the time of a start.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["KENESH_HOME"] = str(HOME)
# Playwright's synchronous interface keeps an event loop running beside the tests that use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
_owner = os.getpid()


@atexit.register
def _remove_folder() -> None:
    if os.getpid() == _owner:
        shutil.rmtree(ROOT, ignore_errors=True)


# --- the database: one is made in each run, every other is a copy ---------------------------------------------


def new_home() -> Path:
    """The home of a node that is up to date and holds nothing. Waits while another process of this run makes it."""
    home = SHARED / "new"
    with (SHARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            unfinished = SHARED / "unfinished"
            address = "sqlite" if ENGINE == "sqlite" else _on_this_server(_new_database())
            if ENGINE != "sqlite":
                on_server(f"CREATE DATABASE {_new_database()}")
            environment = os.environ | {"KENESH_HOME": str(unfinished), "KENESH_DATABASE_URL": address}
            package = Path(__file__).resolve().parents[2]
            subprocess.run([sys.executable, "-m", "kenesh", "migrate"], cwd=package, env=environment, check=True)
            unfinished.rename(home)
    return home


def copy_of_new_database(path: Path) -> str:
    """Copies the database of the new home: on SQLite to this path; on PostgreSQL under a new name, which it gives."""
    name = str(path) if ENGINE == "sqlite" else f"test_{secrets.token_hex(6)}"
    copy_again(name)
    return name


def copy_again(name: str) -> None:
    """Makes the copy anew: what was written since is gone."""
    home = new_home()
    if ENGINE == "sqlite":
        with closing(sqlite3.connect(home / "kenesh.sqlite3")) as new, closing(sqlite3.connect(name)) as copy:
            new.backup(copy)
    else:
        on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        on_server(f"CREATE DATABASE {name} TEMPLATE {_new_database()}")


def drop_copy(name: str) -> None:
    """Takes a copy away again; those of SQLite go with their folder."""
    if ENGINE != "sqlite":
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def address_of_copy(name: str) -> str:
    """KENESH_DATABASE_URL of a copy; SQLite's lies in the home of its node."""
    return "sqlite" if ENGINE == "sqlite" else _on_this_server(name)


def _new_database() -> str:
    return f"new_{SHARED.name.rpartition('-')[2].lower()}"


def _on_this_server(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["KENESH_DATABASE_URL"])._replace(path=f"/{name}"))


def on_server(statement: str) -> None:
    with psycopg.connect(_on_this_server("postgres"), autocommit=True) as own:
        own.execute(statement)


# --- pytest's hooks ----------------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    if config.option.basetemp is None:
        config.option.basetemp = str(ROOT / "pytest")
    if getattr(config.option, "numprocesses", None):  # while the test processes look for their tests
        threading.Thread(target=new_home).start()


def pytest_report_header() -> str:
    return f"kenesh: {ENGINE}, home {HOME}"


WITH_A_DATABASE = {"db", "transactional_db", "django_db_setup", "engine", "live_server"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database runs once, on SQLite; so does what is marked `once`.

    Tests with a node of their own come first: they take long, and no process should wait for another's at the end.
    """
    items.sort(key=lambda item: "make_node" not in getattr(item, "fixturenames", ()))
    if ENGINE == "sqlite":
        return
    without = {
        item
        for item in items
        if item.get_closest_marker("once") or (item.get_closest_marker("django_db") is None and not _asks_for_a_database(item))
    }
    items[:] = [item for item in items if item not in without]
    config.hook.pytest_deselected(items=list(without))


def _asks_for_a_database(item: pytest.Item) -> bool:
    return bool(WITH_A_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """From here on nothing may ask for a temporary file; pytest's own output files are open by now."""
    tempfile.tempdir = NO_TEMPORARY_FOLDER
