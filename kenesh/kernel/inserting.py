"""Rows whose SQL is put together once: a filing stores fifteen, and Django would put each statement together anew.

All of this sends no signal: it is not for models that somebody listens to.
"""

from __future__ import annotations

import functools
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(row: Model, *, once: str = "", changes: tuple[str, ...] = ()) -> None:
    """Stores a new row and gives it its id. Where one with the same `once` is, its fields `changes` become those of the new one."""
    row._prepare_related_fields_for_save("insert")  # type: ignore[attr-defined]  # as `save` does: ids that a parent got since
    statement, fields = _insert(type(row), once, changes)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def insert_new(row: Model) -> bool:
    """Stores a new row and gives it its id; False, and nothing stored, where it would double one that is there."""
    row._prepare_related_fields_for_save("insert")  # type: ignore[attr-defined]  # as above
    statement, fields = _insert(type(row), "", ())
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING "), values)
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk, row._state.adding, row._state.db = found[0], False, connection.alias
    return True


def change(row: Model, *names: str) -> bool:
    """Stores these fields of a row; False when it is no longer there."""
    statement, fields = _change(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])
        return bool(cursor.rowcount)


@functools.cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields = [model._meta.get_field(name) for name in names]
    settings = ", ".join(f"{_column(model, name)} = %s" for name in names)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {settings} WHERE {_quoted(model._meta.pk.column)} = %s", fields  # noqa: S608  # as below


@functools.cache
def _insert(model: type[Model], once: str, changes: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = _quoted(model._meta.pk.column)
    settings = ", ".join(f"{_column(model, name)} = EXCLUDED.{_column(model, name)}" for name in changes)
    instead = f" ON CONFLICT ({_column(model, once)}) DO UPDATE SET {settings}" if once else ""
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({marks}){instead} RETURNING {key}", fields  # noqa: S608  # names of ours


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return _quoted(field.column)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
