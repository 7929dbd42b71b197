"""Many rows at once into either database: COPY on PostgreSQL, one prepared statement on SQLite. Triggers see them as they see others."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

Row = tuple[Any, ...]
AnyModel = TypeVar("AnyModel", bound=Model)


@lru_cache(maxsize=64)
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def bare(model: type[AnyModel], **values: Any) -> AnyModel:
    """An unsaved row, as `model(**values)` makes it, a tenth as slowly. Relations are given by their numbers (`case_id`)."""
    row = model.__new__(model)
    row.__dict__.update(_defaults(model))
    row.__dict__["_state"] = ModelState()
    if "uid" not in values and "uid" in row.__dict__:
        row.__dict__["uid"] = uuid.uuid4()
    row.__dict__.update(values)
    return row


@lru_cache(maxsize=64)
def _defaults(model: type[Model]) -> dict[str, Any]:
    return {field.attname: None if field.attname == "code" else field.get_default() for field in model._meta.concrete_fields}


def row_of(row: Model) -> Row:
    """The values of an unsaved row, in the order of its columns, as both databases read them."""
    plain, values = _PLAIN, row.__dict__
    return tuple([make(value) if (make := plain.get(type(value := values[name]))) else value for name in _names(type(row))])


_PLAIN: dict[type, Callable[[Any], Any]] = {uuid.UUID: lambda value: value.hex, date: date.isoformat}


def store(model: type[Model], rows: Sequence[Row], names: Sequence[str] = ()) -> None:
    """Inserts rows of values as `row_of` gives them, or of the fields in `names` alone; both in the order of the model."""
    quoted = connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields if not names or field.name in names]
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


def look_at_sizes() -> None:
    """After many rows: PostgreSQL plans by how large it thinks its tables are, and reads an index alone only where it knows that
    rows are settled; by itself it would look again only some minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
