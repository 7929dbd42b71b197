"""What is moved: every table of every model. The rest each engine makes by itself, and anything else is not of this version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models

Rows = list[tuple[Any, ...]]
AT_ONCE = 2000  # rows in memory
# Made by `kenesh migrate` in each database: the history of migrations, the shared cache, SQLite's own books, the index of words.
MADE_BY_ITSELF = ("django_migrations", "kenesh_cache", "sqlite_", "search_words")


class Wrong(Exception):
    """The move cannot go on; the message says why and what to do."""


@dataclass(frozen=True)
class Table:
    """`kinds`: Django's name of the type of each column. `counted`: its keys are numbers that the database gives."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    key: str
    counted: bool


class Source(Protocol):
    """A database that is read as of one moment, while nobody writes to it."""

    def names(self) -> set[str]: ...
    def count(self, table: Table) -> int: ...
    def rows(self, table: Table) -> Iterator[Rows]: ...
    def last_numbers(self, tables: Iterable[Table]) -> dict[str, int]:
        """Table → the last number that was given to a row, which may be gone: it is never given again."""

    def close(self) -> None: ...


class Target(Protocol):
    """A migrated database that is filled in one transaction."""

    def prepare(self, tables: Iterable[Table]) -> None:
        """Empties it, and takes away what would slow the filling down: indexes, constraints, triggers."""

    def store(self, table: Table, rows: Iterator[Rows]) -> None: ...
    def count(self, table: Table) -> int: ...
    def finish(self, tables: Iterable[Table], last: dict[str, int]) -> Iterator[tuple[int, int]]:
        """Makes again what was taken away; gives how many of how many. Raises Wrong when rows point to rows that are not there."""

    def commit(self) -> None: ...
    def close(self) -> None: ...


def all_tables() -> list[Table]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            fields: list[models.Field[Any, Any]] = list(model._meta.concrete_fields)
            key = model._meta.pk
            found.append(
                Table(
                    name=model._meta.db_table,
                    columns=tuple(str(field.column) for field in fields),
                    kinds=tuple(_kind(field) for field in fields),
                    key=str(key.column),
                    counted=isinstance(key, models.AutoField),
                )
            )
    return sorted(found, key=lambda table: table.name)


def _kind(field: models.Field[Any, Any]) -> str:
    """Of a relation, the type of what it points to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def refuse_unknown(names: set[str], tables: Iterable[Table]) -> None:
    """Raises Wrong for a table of which this version knows nothing: its rows would be lost."""
    unknown = sorted(name for name in names - {table.name for table in tables} if not name.startswith(MADE_BY_ITSELF))
    if unknown:
        raise Wrong(f"the database holds the table {unknown[0]}, which this version does not know: its rows would be lost")
