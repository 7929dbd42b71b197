"""Rows that every filing or every page of a list reads: their SQL and their converters are put together once, not for each query."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

AnyModel = TypeVar("AnyModel", bound=Model)
_AT_ONCE = 900  # values in one statement; SQLite took no more than 999 for long


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


def rows_of(model: type[AnyModel], column: str, values: Iterable[Any], *, order: str = "") -> list[AnyModel]:
    """Rows of one table in whose column one of these values stands; without a query when there are none. Goes past the
    model's own manager. `order`: SQL of ours."""
    wanted = list(values)
    found: list[AnyModel] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found += rows_where(model, f"{column} IN ({', '.join(['%s'] * len(some))}){order and f' ORDER BY {order}'}", some)
    return found


def rows_with(model: type[AnyModel], **equal: Any) -> list[AnyModel]:
    """Rows of one table in which each of these fields (attribute names) holds this value."""
    condition, fields = _equals(model, tuple(equal))
    values = [field.get_db_prep_value(value, connection) for field, value in zip(fields, equal.values(), strict=True)]
    return rows_where(model, condition, values)


@functools.cache
def _equals(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    return " AND ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields), fields


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
