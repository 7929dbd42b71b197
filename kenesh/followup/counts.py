"""How many places the public list has under each key: kept, not counted when somebody reads.

Triggers append a delta (+1, -1) for each change of a place and lock nothing, so that two answers at once never wait for each other's
counts. The worker folds the deltas into one row for each key, stage and day. A count is the sum of all rows, so it is right at every
moment. Days are kept beside the numbers because an answer becomes late without anybody writing.

The triggers are made again after every migration, because SQLite drops them silently when a later migration rebuilds the table.
"""

# ruff: noqa: S608  # statements are made of the constants of this file alone

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from kenesh.followup.models import NO_DATE, Stage

_LOCK = 0x6B656E66  # of PostgreSQL's advisory locks: one folds at a time
_TABLE, _COUNTED = "followup_filedcount", "followup_filed"
_CELL = "key, stage, late_after"
_COLUMNS = f"is_sum, {_CELL}, number"


def _cell(row: str) -> str:
    """Once somebody has answered, the day says nothing any more: one cell for all days."""
    return f"{row}.key, {row}.stage, CASE WHEN {row}.stage = '{Stage.WAITING.value}' THEN {row}.late_after ELSE '{NO_DATE}' END"


def _sqlite() -> dict[str, str]:
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in ("key", "stage", "late_after"))
    plus = f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES (false, {_cell('NEW')}, 1);"
    minus = f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES (false, {_cell('OLD')}, -1);"
    return {
        "filed_count_insert": f"AFTER INSERT ON {_COUNTED} BEGIN {plus} END",
        "filed_count_delete": f"AFTER DELETE ON {_COUNTED} BEGIN {minus} END",
        "filed_count_update": f"AFTER UPDATE ON {_COUNTED} WHEN {differs} BEGIN {minus} {plus} END",
    }


def _postgresql() -> dict[str, tuple[str, str]]:
    """Name → (head of the trigger, body of its function). By statement: a bulk change appends one row for each cell."""
    each = "FOR EACH STATEMENT EXECUTE FUNCTION"

    def appended(*parts: tuple[str, int]) -> str:
        rows = " UNION ALL ".join(f"SELECT {_cell('r')}, {sign} FROM {alias} r" for alias, sign in parts)
        return (
            f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT false, {_CELL}, sum(number) FROM ({rows}) AS changed ({_CELL}, number) "
            f"GROUP BY {_CELL} HAVING sum(number) <> 0"
        )

    return {
        "filed_count_insert": (f"AFTER INSERT ON {_COUNTED} REFERENCING NEW TABLE AS added {each}", appended(("added", 1))),
        "filed_count_delete": (f"AFTER DELETE ON {_COUNTED} REFERENCING OLD TABLE AS gone {each}", appended(("gone", -1))),
        "filed_count_update": (
            f"AFTER UPDATE ON {_COUNTED} REFERENCING OLD TABLE AS gone NEW TABLE AS added {each}",
            appended(("gone", -1), ("added", 1)),
        ),
    }


def _present(using: str) -> set[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_COUNTED])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = to_regclass(%s)",
                [_COUNTED],
            )
        return {row[0] for row in cursor.fetchall()}


def missing(using: str = "default") -> set[str]:
    """Names of our triggers that the database has not; empty when every change is noted (`kenesh doctor` asks)."""
    return set(_sqlite()) - _present(using)


def create(using: str = "default") -> None:
    """Makes the triggers that are missing; counts anew when one was, or when a count is wrong."""
    connection = connections[using]
    lacking = missing(using)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, trigger in _sqlite().items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {trigger}")
        else:
            for name, (head, body) in _postgresql().items():
                if name in lacking:
                    cursor.execute(
                        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$"
                    )
                    cursor.execute(f"CREATE TRIGGER {name} {head} {name}()")
            # What several filters leave is counted in some milliseconds; to start helpers for that takes a busy server twenty.
            cursor.execute("SELECT 1 FROM pg_class WHERE oid = to_regclass(%s) AND reloptions IS NULL", [_COUNTED])
            if cursor.fetchone():
                cursor.execute(f"ALTER TABLE {_COUNTED} SET (parallel_workers = 0)")
    if lacking or wrong(using):
        recount(using)


def create_after_migrate(sender: Any, using: str = "default", **_: Any) -> None:
    """For `post_migrate`; a database that was taken back to before the table keeps no counts."""
    if sender.label == "followup" and {_TABLE, _COUNTED} <= set(connections[using].introspection.table_names()):
        create(using)


def wrong(using: str = "default") -> int:
    """In how many cells the kept count is not the counted one; 0 when all is well. `recount()` mends it."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"WITH both_ways ({_CELL}, number) AS (SELECT {_CELL}, number FROM {_TABLE} UNION ALL "
            f"SELECT {_cell('r')}, -1 FROM {_COUNTED} r) "
            f"SELECT count(*) FROM (SELECT 1 FROM both_ways GROUP BY {_CELL} HAVING sum(number) <> 0) AS found"
        )
        return int(cursor.fetchone()[0])


def recount(using: str = "default") -> None:
    """Throws all counts away and counts the places. Nobody else may write meanwhile: PostgreSQL locks them, SQLite does anyway."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {_COUNTED} IN SHARE MODE")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(f"DELETE FROM {_TABLE}")
        cursor.execute(
            f"WITH counted ({_CELL}) AS (SELECT {_cell('r')} FROM {_COUNTED} r) "
            f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT true, {_CELL}, count(*) FROM counted GROUP BY {_CELL}"
        )


def fold(using: str = "default") -> None:
    """Adds the deltas to the sums, in one transaction. When somebody else is folding now, there is nothing to do."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_folded(f"(SELECT * FROM {_TABLE} WHERE NOT is_sum)"))
            cursor.execute(f"DELETE FROM {_TABLE} WHERE NOT is_sum")
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return
            # One statement, so that what is deleted is what is added, whatever others commit meanwhile.
            cursor.execute(f"WITH gone AS (DELETE FROM {_TABLE} WHERE NOT is_sum RETURNING *) {_folded('gone')}")
        cursor.execute(f"DELETE FROM {_TABLE} WHERE is_sum AND number = 0")


def _folded(source: str) -> str:
    return (
        f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT true, {_CELL}, sum(number) FROM {source} AS deltas WHERE true "
        f"GROUP BY {_CELL} HAVING sum(number) <> 0 "
        f"ON CONFLICT ({_CELL}) WHERE is_sum DO UPDATE SET number = {_TABLE}.number + excluded.number"
    )
