"""A node's database goes to the other engine and back, row by row, and nobody goes on in the one that was left."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.config.environment import DatabaseAddress, as_database
from kenesh.config.testing import ENGINE, copy_of_new_database, drop_copy
from kenesh.kernel import trail
from kenesh.problems import actions as problems
from kenesh.site import node_lock
from kenesh.site.command_line import main
from kenesh.site.moving import carrying
from kenesh.site.moving.postgresql import connect
from kenesh.site.moving.tables import Table, Wrong, all_tables
from kenesh.site.tests.attackers import keyring
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db(transaction=True)
needs_server = pytest.mark.skipif(
    ENGINE != "postgresql",
    reason="moves between engines: runs where the tests have a PostgreSQL server",
)


@pytest.fixture(autouse=True)
def _no_marks() -> Iterator[None]:
    yield
    for name in ("moved", "kenesh.sqlite3", "kenesh.sqlite3-wal", "kenesh.sqlite3-shm"):
        if ENGINE == "postgresql" or name == "moved":
            (settings.HOME / name).unlink(missing_ok=True)


@pytest.fixture
def here(settings: Any) -> DatabaseAddress:
    """The database of this test, as KENESH_DATABASE_URL would name it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return settings.DATABASE_URL
    settings.DATABASE_URL = DatabaseAddress(
        "postgresql", str(known["NAME"]), known["HOST"], str(known["PORT"]), known["USER"], known["PASSWORD"]
    )
    return settings.DATABASE_URL


@pytest.fixture
def new_database() -> Iterator[str]:
    """Another database of the server, up to date and empty: its KENESH_DATABASE_URL."""
    name = copy_of_new_database(Path("never used"))
    yield urlunsplit(urlsplit(os.environ["KENESH_DATABASE_URL"])._replace(path=f"/{name}"))
    drop_copy(name)


def silent(what: str, done: int, total: int) -> None: ...


def rows_of(address: DatabaseAddress) -> dict[str, list[Any]]:
    """Every table with all its rows, in one order."""
    with connect(address) as server:
        return {
            table.name: sorted(
                (tuple(map(str, row)) for row in server.execute(_select(table))),  # type: ignore[arg-type]  # names of ours
            )
            for table in all_tables()
        }


def _select(table: Table) -> str:
    return "SELECT {} FROM {}".format(", ".join(f'"{column}"' for column in table.columns), f'"{table.name}"')


def made_of(address: DatabaseAddress) -> dict[str, list[Any]]:
    """Indexes, constraints and triggers as the server describes them, and where its counters stand."""
    asked = {
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal",
        "columns": "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public'",
    }
    with connect(address) as server:
        found = {name: sorted(map(str, server.execute(query))) for name, query in asked.items()}  # type: ignore[arg-type]  # ours
    # A server writes the types of a condition down in two ways that mean the same.
    return {name: [re.sub(r"::[a-z ]+(\[\])?|[()]", "", line) for line in lines] for name, lines in found.items()}


def sequences_of(address: DatabaseAddress) -> set[str]:
    with connect(address) as server:
        return {str(row) for row in server.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value > 0")}


@pytest.fixture
def filled(aigul: Any, boris: Any, office: Any, chynara: Any, council: Any) -> None:
    """Accounts with keys, an appeal that became a case, a public problem, a count of each kind of number; a number that is gone."""
    today = timezone.localdate()
    for story in ("Прораб\tне платит\\n", "Забрали «паспорт»\r\nи не отдают", "третья"):
        draft = drafts.new()
        draft.answers = {"theme": "pay", "story": story, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
        appeals.file_appeal(draft=draft, office=office, language="ru")
    casework.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.order_by("id")[:1].get())
    texts = {name: Translated() for name in ("affected", "tried", "law")}
    content = problems.Content(
        title=Translated(ru="Не платят", ky="Төлөшпөйт"),
        statement=Translated(ru="Подрядчик исчезает."),
        **texts,
        since="",
        themes=("unpaid-wages",),
        corridors=(("KG", "RU"),),
    )
    problem = problems.propose_problem(body=council, organisation=office, content=content, today=today, by=aigul)
    problems.accept_problem(problem=problem, today=today, by=chynara)
    Appeal.objects.order_by("-id")[:1].get().delete()


def breaks(what: str, done: int, total: int) -> None:
    """Somebody pulls the plug while the indexes are made."""
    if what == "indexes and constraints" and done > 100:
        raise KeyboardInterrupt


@needs_server
def test_a_node_goes_to_the_other_engine_and_back_with_every_row_index_and_counter(
    filled: None, here: DatabaseAddress, new_database: str, settings: Any
) -> None:
    moving = {**os.environ, "KENESH_DATABASE_URL": "sqlite", node_lock.MOVING: "yes"}
    subprocess.run([sys.executable, "-m", "kenesh", "migrate"], env=moving, check=True)
    before, heads, there = rows_of(here), trail.heads(), as_database(new_database)
    empty = made_of(there)
    gone = carrying.move(as_database("sqlite"), "sqlite", silent)
    settings.DATABASE_URL = as_database("sqlite")
    with pytest.raises(KeyboardInterrupt):
        carrying.move(there, new_database, breaks)
    assert rows_of(there)["people_user"] == []  # a move that breaks leaves nothing, and is done again
    back = carrying.move(there, new_database, silent)
    after, made = rows_of(there), made_of(there)
    assert {name: (len(rows), len(after[name])) for name, rows in before.items() if rows != after[name]} == {}
    assert gone == back == carrying.Moved(len(before), sum(map(len, before.values())))
    assert {name: set(made[name]) ^ set(empty[name]) for name in made if made[name] != empty[name]} == {}
    assert sequences_of(there) == sequences_of(here)
    with pytest.raises(Wrong, match="there are accounts in that database already"):
        carrying.move(there, new_database, silent)
    told = [arg for chain, count, mac in heads for arg in ("--head", f"{chain}:{count}:{mac}")]
    verify = [sys.executable, "-m", "kenesh", "trail", "verify", *told]
    checked = subprocess.run(
        verify, env={**moving, "KENESH_DATABASE_URL": new_database}, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@needs_server
def test_a_database_of_something_else_is_left_alone(here: DatabaseAddress, settings: Any) -> None:
    name = f"other_{secrets.token_hex(4)}"
    with psycopg.connect(os.environ["KENESH_DATABASE_URL"], dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # a name of ours
    url = urlunsplit(urlsplit(os.environ["KENESH_DATABASE_URL"])._replace(path=f"/{name}"))
    with connect(as_database(url)) as server:
        server.execute("CREATE TABLE shop (id int)")
    settings.DATABASE_URL = as_database("sqlite")
    with pytest.raises(Wrong, match="tables of something else"):
        carrying.move(as_database(url), url, silent)
    drop_copy(name)


# --- on the command line ------------------------------------------------------------------------------------------------


def test_a_move_is_refused_while_the_node_runs(here: DatabaseAddress, capsys: pytest.CaptureFixture[str]) -> None:
    with node_lock.hold(alone=False):
        assert main(["move", "postgresql://nobody@127.0.0.1:1/none"]) == 1
    assert "the node is running: stop `kenesh serve`" in capsys.readouterr().err


def test_a_move_to_the_same_engine_or_to_nowhere_is_refused(here: DatabaseAddress, capsys: pytest.CaptureFixture[str]) -> None:
    same = "sqlite" if here.engine == "sqlite" else os.environ["KENESH_DATABASE_URL"]
    for to, said in ((same, "a move goes to the other engine"), ("mysql://a/b", "is no database")):
        assert main(["move", to]) == 1
        assert said in capsys.readouterr().err


def test_nobody_goes_on_in_the_database_that_was_left(here: DatabaseAddress, capsys: pytest.CaptureFixture[str]) -> None:
    node_lock.leave_mark(node_lock.name_of(here), "postgresql://db/kenesh")
    writing = (["worker", "--once"], ["migrate"], ["backup", "backups"], ["venue", "cancel", "X", "--why", "lost"], ["freeze"])
    for command in writing:
        assert main(command) == 1
        assert "was moved to postgresql://db/kenesh: set KENESH_DATABASE_URL to it" in capsys.readouterr().err


def test_a_database_that_is_too_old_for_the_joined_migrations_is_told_which_version_comes_first(
    here: DatabaseAddress, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder, lacking = MigrationRecorder(connection), ("0006_undo_ends", "0006_whole")
    for name in lacking:
        recorder.record_unapplied("casework", name)
    recorder.record_applied("casework", "0001_initial")
    try:
        assert main(["migrate"]) == 1
    finally:
        for name in lacking:
            recorder.record_applied("casework", name)
    assert "run `kenesh migrate` with a version of before casework.0006_whole first" in capsys.readouterr().err
