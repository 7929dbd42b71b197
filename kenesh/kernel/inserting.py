"""New rows whose SQL is put together once: a filing stores ten, and Django would put each statement together anew."""

from __future__ import annotations

import functools
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(row: Model) -> None:
    """Stores a new row and gives it its id. Sends no signal: not for models that somebody listens to."""
    row._prepare_related_fields_for_save("insert")  # type: ignore[attr-defined]  # as `save` does: ids that a parent got since
    statement, fields = _insert(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


@functools.cache
def _insert(model: type[Model]) -> tuple[str, list[Any]]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = _quoted(model._meta.pk.column)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({marks}) RETURNING {key}", fields  # noqa: S608  # names of ours


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
