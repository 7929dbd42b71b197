"""Many rows at once into either database: COPY on PostgreSQL, one prepared statement on SQLite. Triggers see them as they see others."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

Row = tuple[Any, ...]


@lru_cache(maxsize=64)
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def row_of(row: Model) -> Row:
    """The values of an unsaved row, in the order of its columns, as both databases read them."""
    return tuple(_plain(value) for value in map(row.__dict__.__getitem__, _names(type(row))))


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def store(model: type[Model], rows: Sequence[Row]) -> None:
    """Inserts rows that carry their numbers already."""
    quoted, columns = connection.ops.quote_name, [field.column for field in model._meta.concrete_fields]
    into = f"{quoted(model._meta.db_table)} ({', '.join(map(quoted, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608  # names of our own tables
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def reserve(model: type[Model], count: int) -> int:
    """Keeps so many numbers of a table free for us; gives the one before the first. Others who write meanwhile take later ones."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            before = int(found[0]) if found else 0
            if found:
                cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [before + count, table])
            else:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, before + count])
            return before
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        before = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, before + count])
    return before


def bytes_used() -> int:
    """The size of the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
