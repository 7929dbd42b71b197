"""Rows of any model as JSON knows them and back, as they were: for backups, and for keys that are kept beside the ledger."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.db import models


class Table(TypedDict):
    """Some columns (attribute names) of some rows of one model."""

    table: str
    fields: list[str]
    rows: list[list[Any]]


def plain(value: Any) -> Any:
    """A value as JSON knows it; bytes as base64, which Django's own field reads back."""
    if isinstance(value, bytes | memoryview | bytearray):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, Decimal):
        return str(value)
    return value


def plain_of(field: models.Field[Any, Any], value: Any) -> Any:
    """The same for the value of a column: one that holds JSON says itself how it is written."""
    return field.get_prep_value(value) if isinstance(field, models.JSONField) else plain(value)


def row(model: type[models.Model], fields: Sequence[models.Field[Any, Any]], values: Sequence[Any]) -> models.Model:
    """An unsaved row out of what `plain` gave."""
    made = model()
    for field, value in zip(fields, values, strict=True):
        setattr(made, field.attname, _target(field).to_python(value) if value is not None else None)
    return made


def _target(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def table(found: models.QuerySet[Any], fields: Sequence[str] = ()) -> Table:
    """These rows with all columns, or with the named ones (attribute names, the primary key among them)."""
    by_name = {field.attname: field for field in found.model._meta.concrete_fields}
    names = list(fields) or list(by_name)
    rows = [
        [plain_of(by_name[name], value) for name, value in zip(names, values, strict=True)]
        for values in found.order_by("pk").values_list(*names)
    ]
    return {"table": found.model._meta.label_lower, "fields": names, "rows": rows}


def rows_of(tables: Iterable[Table], model: type[models.Model]) -> list[Any]:
    """The unsaved rows of one model."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [
        row(model, [by_name[name] for name in each["fields"]], values)
        for each in tables
        if each["table"] == model._meta.label_lower
        for values in each["rows"]
    ]


def put(rows: Iterable[models.Model]) -> None:
    """Writes rows as they were, under their own numbers; those that point to a row that is not here stay away."""
    for each in rows:
        if all(_there(each, field) for field in each._meta.concrete_fields if isinstance(field, models.ForeignKey)):
            each.save_base(raw=True)


def _there(each: models.Model, field: models.ForeignKey[Any, Any]) -> bool:
    value = getattr(each, field.attname)
    return value is None or bool(field.remote_field.model._default_manager.filter(**{field.target_field.attname: value}).exists())


def change(rows: Iterable[models.Model], fields: Sequence[str]) -> None:
    """Sets the named columns of rows that are here; a row that would point nowhere keeps its own."""
    for each in rows:
        by_name = {field.attname: field for field in each._meta.concrete_fields}
        kept = [
            name
            for name in fields
            if name != each._meta.pk.attname
            and (not isinstance(field := by_name[name], models.ForeignKey) or _there(each, field))
        ]
        type(each)._default_manager.filter(pk=each.pk).update(**{name: getattr(each, name) for name in kept})


def stamp_of(row: models.Model) -> str:
    """Changes with every change of the row: a form carries it, and who saves second is told."""
    values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
