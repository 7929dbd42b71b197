"""A new node, whose tables come straight from the models, is the same as one that has taken every migration."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from kenesh.config import testing

THROUGH_ALL_MIGRATIONS = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
"""
OF_POSTGRESQL = (
    """SELECT 'column ' || table_name, column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length, 0) || ' '
       || is_nullable || ' ' || coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT 'constraint ' || conrelid::regclass, contype || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
    "SELECT 'index ' || tablename, regexp_replace(indexdef, 'INDEX \\S+', 'INDEX') FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger ' || tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


@pytest.fixture
def through_all_migrations(tmp_path: Path) -> Iterator[str]:
    """A database that took every migration: a file of SQLite, or a name on the server."""
    home, name = tmp_path / "long-way", f"long_{secrets.token_hex(6)}"
    home.mkdir(mode=0o700)
    if testing.ENGINE == "postgresql":
        testing.on_server(f"CREATE DATABASE {name}")
    environment = {
        "DJANGO_SETTINGS_MODULE": "kenesh.config.settings",
        "KENESH_HOME": str(home),
        "KENESH_DATABASE_URL": testing.address_of_copy(name),
    }
    subprocess.run([sys.executable, "-c", THROUGH_ALL_MIGRATIONS], env=os.environ | environment, check=True)
    yield str(home / "kenesh.sqlite3") if testing.ENGINE == "sqlite" else name
    testing.drop_copy(name)


def made_of(database: str) -> list[tuple[str, str]]:
    """Each table with its columns, constraints, indexes and triggers, and how many rows it holds; without the order of columns and
    the names that Django makes up."""
    if testing.ENGINE == "sqlite":
        with closing(sqlite3.connect(database)) as file:
            made = file.execute("SELECT type || ' ' || tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables = [name for name in names if not name.startswith(("sqlite_", "search_words"))]  # books of SQLite's own
            rows = [(f"rows of {name}", str(file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])) for name in tables]
        return sorted([*((name, _sorted(sql)) for name, sql in made), *rows])
    address = urlunsplit(urlsplit(os.environ["KENESH_DATABASE_URL"])._replace(path=f"/{database}"))
    with psycopg.connect(address) as server:
        made = [row for asked in OF_POSTGRESQL for row in server.execute(asked)]
        tables = [name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        rows = [(f"rows of {name}", str(next(server.execute(f'SELECT count(*) FROM "{name}"'))[0])) for name in tables]
    return sorted([*made, *rows])


def _sorted(sql: str) -> str:
    """The parts of a statement in one order."""
    sql = re.sub(r'(CREATE (?:UNIQUE )?INDEX) "\w+"', r"\1", sql)
    parts, depth, begun = [], 0, 0
    for place, letter in enumerate(sql):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if (letter in "(," and depth == 1) or (letter == ")" and depth == 0):
            parts.append(sql[begun:place].strip(" ,("))
            begun = place
    return " | ".join(sorted(parts))


def test_a_new_node_is_the_same_as_one_that_took_every_migration(through_all_migrations: str) -> None:
    quick = testing.new_home()
    new = str(quick / "kenesh.sqlite3") if testing.ENGINE == "sqlite" else testing.copy_of_new_database(quick)
    long, short = made_of(through_all_migrations), made_of(new)
    if testing.ENGINE == "postgresql":
        testing.drop_copy(new)
    assert (set(long) - set(short), set(short) - set(long), len(long)) == (set(), set(), len(short))


def test_a_node_that_was_stopped_before_its_migrations_were_noted_is_finished(tmp_path: Path) -> None:
    home, name = tmp_path / "home", ""
    home.mkdir(mode=0o700)
    name = testing.copy_of_new_database(home / "kenesh.sqlite3")
    address = testing.address_of_copy(name)
    if testing.ENGINE == "sqlite":
        with closing(sqlite3.connect(home / "kenesh.sqlite3")) as file:
            file.execute("DROP TABLE django_migrations")
    else:
        with psycopg.connect(urlunsplit(urlsplit(os.environ["KENESH_DATABASE_URL"])._replace(path=f"/{name}"))) as server:
            server.execute("DROP TABLE django_migrations")
    own = os.environ | {"KENESH_HOME": str(home), "KENESH_DATABASE_URL": address}
    for _twice in range(2):
        done = subprocess.run([sys.executable, "-m", "kenesh", "migrate"], env=own, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    testing.drop_copy(name)
