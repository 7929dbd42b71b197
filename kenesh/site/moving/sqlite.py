"""The file in KENESH_HOME, read and filled with the driver alone: values go as SQLite holds them."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]  # the stubs leave it out

from kenesh.site.moving.tables import AT_ONCE, Rows, Table, Wrong

_WORDS = "search_words"


def _quoted(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


class _File:
    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=20)
        register_functions(self._db)  # checks of our tables call them
        self._db.execute("PRAGMA foreign_keys=OFF")
        self._db.execute("PRAGMA cache_size=-200000")  # 200 MB
        self._db.execute("PRAGMA secure_delete=ON")
        try:
            self._db.execute("BEGIN IMMEDIATE")  # from here on nobody else writes
        except sqlite3.OperationalError:
            raise Wrong(f"another process writes to {path}: stop it first") from None

    def names(self) -> set[str]:
        return {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def count(self, table: Table) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {_quoted(table.name)}").fetchone()[0])  # noqa: S608  # names of ours

    def close(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()


class SqliteSource(_File):
    def rows(self, table: Table) -> Iterator[Rows]:
        cursor = self._db.execute(f"SELECT {_quoted(*table.columns)} FROM {_quoted(table.name)}")  # noqa: S608  # names of ours
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows

    def last_numbers(self, tables: Iterable[Table]) -> dict[str, int]:
        counted = {table.name for table in tables if table.counted}
        given = self._db.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")  # 0: no number was given yet
        return {name: last for name, last in given if name in counted}


class SqliteTarget(_File):
    def prepare(self, tables: Iterable[Table]) -> None:
        made = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        self._made = self._db.execute(made).fetchall()
        for kind, name, _sql in self._made:
            self._db.execute(f"DROP {kind} {_quoted(name)}")
        for table in tables:
            self._db.execute(f"DELETE FROM {_quoted(table.name)}")  # noqa: S608  # names of ours
        self._db.execute("DELETE FROM sqlite_sequence")
        self._db.execute(f"INSERT INTO {_WORDS} ({_WORDS}) VALUES ('delete-all')")  # noqa: S608  # names of ours

    def store(self, table: Table, rows: Iterator[Rows]) -> None:
        marks = ", ".join("?" * len(table.columns))
        into = f"INSERT INTO {_quoted(table.name)} ({_quoted(*table.columns)}) VALUES ({marks})"  # noqa: S608  # names of ours
        for some in rows:
            self._db.executemany(into, [tuple(map(_as_sqlite, row)) for row in some])

    def finish(self, tables: Iterable[Table], last: dict[str, int]) -> Iterator[tuple[int, int]]:
        for name, number in last.items():
            if not self._db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, name)).rowcount:
                self._db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, number))
        for number, (_kind, _name, sql) in enumerate(self._made, 1):
            self._db.execute(sql)
            yield number, len(self._made)
        self._db.execute(f"INSERT INTO {_WORDS} (rowid, terms) SELECT id, terms FROM search_entry")  # noqa: S608  # names of ours
        broken = self._db.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise Wrong(f"a row of {broken[0]} points to a row of {broken[2]} that is not there")

    def commit(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _as_sqlite(value: Any) -> Any:
    """As Django writes it there."""
    make = _WAYS.get(type(value))
    return make(value) if make else value


_WAYS: dict[type, Callable[[Any], Any]] = {
    uuid.UUID: lambda value: value.hex,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
    date: date.isoformat,
    bool: int,
    Decimal: str,
    dict: json.dumps,
    list: json.dumps,
}
