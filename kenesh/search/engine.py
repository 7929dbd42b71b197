"""The two full-text indexes behind one function, `lists`: for each expression, which entries have its terms, the newest first.

SQLite: a contentless FTS5 table that keeps numbers of rows alone (`detail=none`), kept in step by triggers, since 3.40 cannot
delete from one by itself. PostgreSQL: a GIN index over the same terms. Neither analyses anything and neither ranks: what a term
is, `terms.py` decides, and `scoring.py` computes, so that both give the same answer.

A term that very many entries have is only looked for among the newest of them: `since` bounds it. For PostgreSQL, whose
index knows no order, each entry has the term of its block of 4,096 numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

from kenesh.search.models import Entry

MOST = 500  # entries of one list
BLOCK_BITS = 12
_TABLE = Entry._meta.db_table
_WORDS = "search_words"

# Terms have no space and are in one case already; whatever else is in them belongs to them.
_FORGET = f"INSERT INTO {_WORDS} ({_WORDS}, rowid, terms) VALUES ('delete', old.id, old.terms)"  # noqa: S608  # names of ours
_LEARN = f"INSERT INTO {_WORDS} (rowid, terms) VALUES (new.id, new.terms)"  # noqa: S608  # names of ours
_TOKENS = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
_TABLE_OF_WORDS = f"CREATE VIRTUAL TABLE IF NOT EXISTS {_WORDS} USING fts5(terms, content='', detail=none, columnsize=0, tokenize=\"{_TOKENS}\")"
_TRIGGERS = {
    "search_entry_new": f"AFTER INSERT ON {_TABLE} BEGIN {_LEARN}; END",
    "search_entry_gone": f"AFTER DELETE ON {_TABLE} BEGIN {_FORGET}; END",
    "search_entry_changed": f"AFTER UPDATE OF terms ON {_TABLE} BEGIN {_FORGET}; {_LEARN}; END",
}
# Its cost keeps PostgreSQL from computing the function for row after row where the index answers at once. The terms lie
# outside of the rows, so that thousands of rows are a few pages.
_BLOCK = f"' =' || (id >> {BLOCK_BITS})"
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {_WORDS}(terms text, id bigint) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE COST 100000 "
    f"AS $$ BEGIN RETURN array_to_tsvector(string_to_array(terms || {_BLOCK}, ' ')); END $$"
)
_POSTGRESQL = (
    _FUNCTION,
    f"ALTER TABLE {_TABLE} ALTER COLUMN terms SET STORAGE EXTERNAL",
    f"ALTER TABLE {_TABLE} SET (toast_tuple_target = 128)",
    f"CREATE INDEX IF NOT EXISTS search_entry_words ON {_TABLE} USING gin ({_WORDS}(terms, id)) WITH (fastupdate = off)",
)
_LISTS_SQLITE = (
    f"SELECT asked.key, (SELECT group_concat(number) FROM (SELECT {_WORDS}.rowid AS number FROM {_WORDS} "  # noqa: S608  # names of ours
    f"WHERE {_WORDS} MATCH asked.value->>0 AND {_WORDS}.rowid >= asked.value->>1 ORDER BY {_WORDS}.rowid DESC LIMIT %s)) "
    "FROM json_each(%s) AS asked"
)
_LISTS_POSTGRESQL = (
    f"SELECT asked.number - 1, (SELECT array_agg(found.id) FROM (SELECT id FROM {_TABLE} "  # noqa: S608  # names of ours
    f"WHERE {_WORDS}(terms, id) @@ asked.query::tsquery ORDER BY id DESC LIMIT %s) AS found) "
    "FROM unnest(%s::text[]) WITH ORDINALITY AS asked (query, number)"
)


@dataclass(frozen=True)
class Expression:
    """All of `every` and, of each group in `some`, at least one; among the entries with a number of at least `since`."""

    every: tuple[str, ...] = ()
    some: tuple[tuple[str, ...], ...] = ()
    since: int = 0

    def restricted(self, terms: Iterable[str]) -> Expression:
        """The same, of entries that have these terms too."""
        return Expression((*self.every, *terms), self.some, self.since)


def lists(expressions: Sequence[Expression], newest: int, most: int = MOST) -> list[list[int]]:
    """Numbers of entries for each expression, the newest first, so many at most; one query. `newest`: the highest number there is."""
    if not expressions:
        return []
    found: list[list[int]] = [[] for _ in expressions]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            asked = [[_for_sqlite(each), _first_of_block(each.since)] for each in expressions]
            cursor.execute(_LISTS_SQLITE, [most, json.dumps(asked, ensure_ascii=False)])
            for number, joined in cursor.fetchall():
                found[int(number)] = list(map(int, joined.split(","))) if joined else []
        else:
            cursor.execute(_LISTS_POSTGRESQL, [most, [_for_postgresql(each, newest) for each in expressions]])
            for number, ids in cursor.fetchall():
                found[int(number)] = list(ids) if ids else []
    return found


def lists_among(expressions: Sequence[Expression], entries: Iterable[tuple[int, str]]) -> list[list[int]]:
    """The same of entries whose terms were read, for whom the order matters no more: number and terms of each."""
    wanted = {term for each in expressions for group in (each.every, *each.some) for term in group}
    having: dict[str, dict[int, None]] = {term: {} for term in wanted}
    for number, terms in entries:
        for term in wanted.intersection(terms.split(" ")):
            having[term][number] = None

    def found(expression: Expression) -> list[int]:
        sets = [having[term].keys() for term in expression.every]
        sets += [{number: None for term in group for number in having[term]}.keys() for group in expression.some]
        return [number for number in sets[0] if all(number in other for other in sets[1:])] if sets else []

    return [found(each) for each in expressions]


def _first_of_block(number: int) -> int:
    return number >> BLOCK_BITS << BLOCK_BITS


def _for_sqlite(expression: Expression) -> str:
    def quoted(term: str) -> str:
        return '"' + term.replace('"', '""') + '"'

    parts = [quoted(term) for term in expression.every]
    parts += ["(" + " OR ".join(map(quoted, group)) + ")" for group in expression.some]
    return " AND ".join(parts)


def _for_postgresql(expression: Expression, newest: int) -> str:
    def quoted(term: str) -> str:
        return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"

    parts = [quoted(term) for term in expression.every]
    some = list(expression.some)
    if expression.since:
        some.append(tuple(f"={block}" for block in range(expression.since >> BLOCK_BITS, (newest >> BLOCK_BITS) + 1)))
    parts += ["(" + " | ".join(map(quoted, group)) + ")" for group in some]
    return " & ".join(parts)


def create(using: str = "default") -> None:
    """Makes what the database needs beside the tables, where it is missing; an index that was not there is filled."""
    database = connections[using]
    with database.cursor() as cursor:
        if _TABLE not in database.introspection.table_names(cursor):
            return
        if database.vendor != "sqlite":
            for statement in _POSTGRESQL:
                cursor.execute(statement)
            return
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = %s", [_WORDS])
        there = bool(cursor.fetchone()[0])
        cursor.execute(_TABLE_OF_WORDS)
        for name, what in _TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {what}")
        if not there:
            cursor.execute(f"INSERT INTO {_WORDS} (rowid, terms) SELECT id, terms FROM {_TABLE}")  # noqa: S608  # names of ours


def missing(using: str = "default") -> set[str]:
    """Names of what `create` makes and the database has not."""
    database = connections[using]
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            wanted = {_WORDS, *_TRIGGERS}
            cursor.execute("SELECT name FROM sqlite_master")
        else:
            wanted = {"search_entry_words"}
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [_TABLE])
        return wanted - {row[0] for row in cursor.fetchall()}


def create_after_migrate(sender: Any, using: str = "default", **_: Any) -> None:
    if sender.label == "search":
        create(using)
