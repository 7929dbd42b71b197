"""Counts that are kept, not recomputed: triggers note each change of an appeal or a case, and this folds the notes.

A trigger appends deltas (+1, -1) and locks nothing. Folding adds them to two kinds of cells: fine ones (office, status,
theme, countries, caseworker) and coarse ones (office, status, caseworker). A count is the sum of the cells and of the
deltas that are not folded yet, so it is right at every moment. Only metadata that stand in the clear anyway are used.

The triggers are made again after every migration, because SQLite drops them silently when a later migration rebuilds the table.
"""

# ruff: noqa: S608  # statements are made of the constants of this file alone

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.models import Count, Sum

from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Tally

FOLD_AT = 500  # deltas of an office's counts: with more, whoever reads them folds first
_LOCK = 0x6B656E65  # of PostgreSQL's advisory locks: one folds at a time

_TABLE = "casework_tally"
_KEY = "grain, what, office_id, status, theme, origin, destination, caseworker"
_COLUMNS = f"{_KEY}, number"
_COUNTED = {"appeals_appeal": "appeal", "casework_case": "case"}


def _caseworker(table: str, row: str) -> str:
    return f"coalesce({row}.assignee_id, 0)" if table == "casework_case" else "0"


def _values(table: str, row: str) -> str:
    """One row of the table as a cell, without its number."""
    plain = ", ".join(f"{row}.{name}" for name in ("office_id", "status", "theme", "origin", "destination"))
    return f"{Tally.DELTA}, '{_COUNTED[table]}', {plain}, {_caseworker(table, row)}"


def _sqlite(table: str) -> dict[str, str]:
    what = _COUNTED[table]
    watched = ["office_id", "status", "theme", "origin", "destination"] + (["assignee_id"] if what == "case" else [])
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in watched)
    plus = f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES ({_values(table, 'NEW')}, 1);"
    minus = f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES ({_values(table, 'OLD')}, -1);"
    return {
        f"tally_{what}_insert": f"AFTER INSERT ON {table} BEGIN {plus} END",
        f"tally_{what}_delete": f"AFTER DELETE ON {table} BEGIN {minus} END",
        f"tally_{what}_update": f"AFTER UPDATE OF {', '.join(watched)} ON {table} WHEN {differs} BEGIN {minus} {plus} END",
    }


def _postgresql(table: str) -> dict[str, tuple[str, str]]:
    """Name → (head of the trigger, body of its function). By statement: a bulk change appends one row for each cell."""
    what, each = _COUNTED[table], "FOR EACH STATEMENT EXECUTE FUNCTION"

    def appended(*parts: tuple[str, int]) -> str:
        rows = " UNION ALL ".join(f"SELECT {_values(table, 'r')}, {sign} FROM {alias} r" for alias, sign in parts)
        return (
            f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT {_KEY}, sum(number) FROM ({rows}) AS changed ({_COLUMNS}) "
            f"GROUP BY {_KEY} HAVING sum(number) <> 0"
        )

    return {
        f"tally_{what}_insert": (f"AFTER INSERT ON {table} REFERENCING NEW TABLE AS added {each}", appended(("added", 1))),
        f"tally_{what}_delete": (f"AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone {each}", appended(("gone", -1))),
        f"tally_{what}_update": (
            f"AFTER UPDATE ON {table} REFERENCING OLD TABLE AS gone NEW TABLE AS added {each}",
            appended(("gone", -1), ("added", 1)),
        ),
    }


def expected() -> set[str]:
    return {f"tally_{what}_{event}" for what in _COUNTED.values() for event in ("insert", "delete", "update")}


def present(using: str = "default") -> set[str]:
    """Names of our triggers that the database has now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        return {row[0] for row in cursor.fetchall()} & expected()


def create(using: str = "default") -> None:
    """Makes the triggers that are missing; when one was, or when everything was emptied, counts anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not {_TABLE, *_COUNTED} <= set(connection.introspection.table_names(cursor)):
            return
        missing = expected() - present(using)
        for table in _COUNTED:
            if connection.vendor == "sqlite":
                for name, trigger in _sqlite(table).items():
                    cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {trigger}")
                continue
            for name, (head, body) in _postgresql(table).items():
                if name in missing:
                    cursor.execute(
                        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$"
                    )
                    cursor.execute(f"CREATE TRIGGER {name} {head} {name}()")
    emptied = not Appeal.objects.using(using).exists() and not Case.objects.using(using).exists()
    if missing or emptied or (using == "default" and disagreements()):
        recount(using)


def create_after_migrate(sender: Any, using: str = "default", **_: Any) -> None:
    if sender.label == "casework":
        create(using)


def recount(using: str = "default") -> None:
    """Throws all counts away and counts the tables. Nobody else may write meanwhile: PostgreSQL locks them, SQLite does anyway."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(_COUNTED)} IN SHARE MODE")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(f"DELETE FROM {_TABLE}")
        for table in _COUNTED:
            cursor.execute(
                f"WITH counted ({_COLUMNS}) AS (SELECT {_values(table, 'r')}, 1 FROM {table} r) "
                f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT {_KEY}, sum(number) FROM counted GROUP BY {_KEY}"
            )
        fold(using)


def fold(using: str = "default") -> None:
    """Adds the deltas to the cells, in one transaction. When somebody else is folding now, there is nothing to do."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for grain in (Tally.FINE, Tally.COARSE):
                cursor.execute(_folded(grain, f"(SELECT * FROM {_TABLE} WHERE grain = {Tally.DELTA})"))
            cursor.execute(f"DELETE FROM {_TABLE} WHERE grain = {Tally.DELTA}")
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return
            # One statement, so that what is deleted is what is added, whatever others commit meanwhile.
            cursor.execute(
                f"WITH gone AS (DELETE FROM {_TABLE} WHERE grain = {Tally.DELTA} RETURNING *), "
                f"fine AS ({_folded(Tally.FINE, 'gone')}) {_folded(Tally.COARSE, 'gone')}"
            )
        cursor.execute(f"DELETE FROM {_TABLE} WHERE grain > 0 AND number = 0")


def _folded(grain: int, source: str) -> str:
    place = ["theme", "origin", "destination"] if grain == Tally.FINE else ["''", "''", "''"]
    chosen = ["what", "office_id", "status", *place, "caseworker"]
    grouped = [name for name in chosen if name != "''"]
    return (
        f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT {grain}, {', '.join(chosen)}, sum(number) FROM {source} AS deltas WHERE true "
        f"GROUP BY {', '.join(grouped)} HAVING sum(number) <> 0 ORDER BY {', '.join(grouped)} "
        f"ON CONFLICT ({_KEY}) WHERE grain > 0 DO UPDATE SET number = {_TABLE}.number + excluded.number"
    )


@dataclass(frozen=True)
class Disagreement:
    """A cell whose kept count is not the counted one."""

    what: str
    office_id: int
    status: str
    kept: int
    counted: int


def disagreements() -> list[Disagreement]:
    """Where the kept counts are not what counting the tables gives; empty when all is well. `recount()` mends it."""
    found: list[Disagreement] = []
    for what, model in (("appeal", Appeal), ("case", Case)):
        real = {
            (row["office_id"], row["status"]): row["n"]
            for row in model._default_manager.values("office_id", "status").annotate(n=Count("id"))
        }
        for cell in (Tally.FINE, Tally.COARSE):
            rows = Tally.objects.filter(what=what, grain__in=(Tally.DELTA, cell)).values("office_id", "status")
            kept = {(row["office_id"], row["status"]): row["n"] for row in rows.annotate(n=Sum("number"))}
            found += [
                Disagreement(what, *key, kept.get(key, 0), real.get(key, 0))
                for key in sorted({*kept, *real})
                if kept.get(key, 0) != real.get(key, 0)
            ]
    return list(dict.fromkeys(found))


def triggers_present() -> bool:
    """Whether the database still notes every change (`kenesh doctor` asks)."""
    return expected() <= present()
