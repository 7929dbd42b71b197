"""The move itself: the new database is made, filled in one transaction, compared, and only then the node's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kenesh.config.environment import DatabaseAddress
from kenesh.site import node_lock
from kenesh.site.moving.postgresql import PostgresSource, PostgresTarget, connect
from kenesh.site.moving.sqlite import SqliteSource, SqliteTarget
from kenesh.site.moving.tables import Rows, Source, Table, Target, Wrong, all_tables, refuse_unknown

Said = Callable[[str, int, int], None]  # what is worked on, done, total
TELL_EVERY = 20_000  # rows


@dataclass(frozen=True)
class Moved:
    tables: int
    rows: int


def move(to: DatabaseAddress, url: str, said: Said) -> Moved:
    """Raises Wrong; then the old database is as it was, and the new one holds no row of the node."""
    here: DatabaseAddress = settings.DATABASE_URL
    if to.engine == here.engine:
        raise Wrong(f"the node's database is of {here.engine} already: a move goes to the other engine")
    _refuse_filled(to)
    _migrate(url)
    tables = all_tables()
    source: Source = SqliteSource(_file()) if here.engine == "sqlite" else PostgresSource(here, tables)
    try:
        refuse_unknown(source.names(), tables)
        target: Target = PostgresTarget(to) if to.engine == "postgresql" else SqliteTarget(_file())
        try:
            rows = _fill(source, target, tables, said)
            target.commit()
            node_lock.leave_mark(node_lock.name_of(here), node_lock.name_of(to))
        finally:
            target.close()
    finally:
        source.close()
    return Moved(len(tables), rows)


def _file() -> Path:
    return Path(settings.HOME) / "kenesh.sqlite3"


def _refuse_filled(to: DatabaseAddress) -> None:
    """Before anything is made there: it must hold nothing, or what an earlier try has left."""
    names, accounts = _found_there(to)
    if accounts:
        raise Wrong("there are accounts in that database already, and a move never mixes with them: choose an empty one")
    if names and "django_migrations" not in names:
        raise Wrong("there are tables of something else in that database: choose an empty one")


def _found_there(to: DatabaseAddress) -> tuple[set[str], bool]:
    if to.engine == "sqlite":
        if not _file().exists():
            return set(), False
        file = SqliteTarget(_file())
        try:
            names = file.names()
            return names, "people_user" in names and file.count(_ACCOUNTS) > 0
        finally:
            file.close()
    with connect(to) as server:
        names = {name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}
        filled = "people_user" in names and server.execute("SELECT 1 FROM people_user LIMIT 1").fetchone() is not None
        return names, filled


_ACCOUNTS = Table("people_user", ("id",), ("BigAutoField",), "id", counted=True)


def _migrate(url: str) -> None:
    """In a process of its own: what migrations and the steps after them touch is the new database alone."""
    told = subprocess.run(
        [sys.executable, "-m", "kenesh", "migrate"],
        env={**os.environ, "KENESH_DATABASE_URL": url, node_lock.MOVING: "yes"},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise Wrong(f"the new database could not be made: {told.stderr.strip().removeprefix('kenesh: ')}")


def _fill(source: Source, target: Target, tables: list[Table], said: Said) -> int:
    target.prepare(tables)
    moved = 0
    for table in tables:
        total, sent = source.count(table), [0]
        if total:
            target.store(table, _counted(source.rows(table), table, total, sent, said))
        if not total == sent[0] == target.count(table):
            raise Wrong(f"{table.name} holds {total} rows here, and {target.count(table)} came there")
        moved += total
    for done, of in target.finish(tables, source.last_numbers(tables)):
        said("indexes and constraints", done, of)
    return moved


def _counted(batches: Iterator[Rows], table: Table, total: int, sent: list[int], said: Said) -> Iterator[Rows]:
    for rows in batches:
        yield rows
        before, sent[0] = sent[0], sent[0] + len(rows)
        if before // TELL_EVERY != sent[0] // TELL_EVERY or sent[0] == total:
            said(table.name, sent[0], total)
