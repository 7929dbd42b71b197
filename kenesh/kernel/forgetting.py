"""After keys were destroyed: nothing of them stays in what the database keeps beside its tables."""

from __future__ import annotations

from django.db import connection


def scrub(*tables: str) -> None:
    """Empties the write-ahead log (SQLite, which overwrites deleted rows already) or vacuums the tables (PostgreSQL).

    Outside of transactions only. Readers and writers go on beside it.
    """
    if connection.in_atomic_block:
        return  # a caller inside a transaction cannot; the worker's next round does
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in tables:
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
