"""Rows that every filing reads: their SQL and what makes values of its answer are put together once, not anew for each query."""

from __future__ import annotations

import functools
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

AnyModel = TypeVar("AnyModel", bound=Model)


def rows_where(model: type[AnyModel], condition: str, values: list[Any]) -> list[AnyModel]:
    """Rows of one table, whole. `condition`: SQL of ours after WHERE, never put together out of what somebody sent."""
    statement, names, converters = _reading(model)
    with connection.cursor() as cursor:
        cursor.execute(statement + condition, values)
        found = [list(row) for row in cursor.fetchall()]
    for row in found:
        for place, ways, column in converters:
            for convert in ways:
                row[place] = convert(row[place], column, connection)
    return [model.from_db(connection.alias, names, row) for row in found]


@functools.cache
def _reading(model: type[Model]) -> tuple[str, list[str], list[tuple[int, list[Any], Any]]]:
    table, quoted = model._meta.db_table, connection.ops.quote_name
    names, columns, converters = [], [], []
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(table)
        names.append(field.attname)
        columns.append(quoted(str(field.column)))
        ways = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        if ways:
            converters.append((place, ways, column))
    return f"SELECT {', '.join(columns)} FROM {quoted(table)} WHERE ", names, converters  # noqa: S608  # names of our own tables
