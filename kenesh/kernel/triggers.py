"""Triggers that refuse to change or delete entries of the trail.

They are made again after every migration, because SQLite drops them silently when a later migration rebuilds the table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "kernel_trailentry"
REFUSAL = "the trail is append-only"

_SQLITE = {
    "trail_no_update": f"CREATE TRIGGER IF NOT EXISTS trail_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "trail_no_delete": f"CREATE TRIGGER IF NOT EXISTS trail_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
}
_POSTGRESQL_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
_POSTGRESQL = {
    "trail_no_update": f"CREATE TRIGGER trail_no_update BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "trail_no_truncate": f"CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
}


def create(using: str = "default") -> None:
    """Makes the triggers that are missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            for statement in _SQLITE.values():
                cursor.execute(statement)
            return
        cursor.execute(_POSTGRESQL_FUNCTION)
        for name, statement in _POSTGRESQL.items():
            if name not in present(using):
                cursor.execute(statement)


def drop(using: str = "default") -> None:
    """Takes the triggers away: only the flush of a test database calls this."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {TABLE}"))


def present(using: str = "default") -> set[str]:
    """Names of the triggers that the database has now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = to_regclass(%s)", [TABLE]
            )
        return {row[0] for row in cursor.fetchall()}


def expected(using: str = "default") -> set[str]:
    return set(_SQLITE if connections[using].vendor == "sqlite" else _POSTGRESQL)


def create_after_migrate(sender: Any, using: str = "default", **_: Any) -> None:
    if sender.label == "kernel":
        create(using)
