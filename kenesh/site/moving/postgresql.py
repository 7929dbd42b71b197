"""A PostgreSQL server: read through a cursor of the server, filled by COPY with its indexes and constraints made afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from kenesh.config.environment import DatabaseAddress
from kenesh.site.moving.tables import AT_ONCE, Rows, Table, Wrong


def connect(address: DatabaseAddress) -> psycopg.Connection[Any]:
    """Raises Wrong. What the driver says stays within its first line: where it tried, never a value."""
    given = {
        "dbname": address.name, "host": address.host, "port": address.port, "user": address.user, "password": address.password,
    }  # fmt: skip
    known: dict[str, Any] = {name: value for name, value in given.items() if value}
    try:
        return psycopg.connect(make_conninfo(options="-c TimeZone=UTC -c log_parameter_max_length_on_error=0", **known))
    except psycopg.OperationalError as why:
        first = (str(why).splitlines() or ["no answer"])[0]
        raise Wrong(f"the database does not answer ({first})") from why


class _Server:
    def __init__(self, address: DatabaseAddress) -> None:
        self._db = connect(address)

    def names(self) -> set[str]:
        found = self._db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {name for (name,) in found}

    def count(self, table: Table) -> int:
        row = self._db.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))).fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._db.rollback()
        self._db.close()


class PostgresSource(_Server):
    def __init__(self, address: DatabaseAddress, tables: Iterable[Table]) -> None:
        super().__init__(address)
        self._db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        self._db.execute("SET LOCAL lock_timeout = '20s'")
        names = sql.SQL(", ").join(sql.Identifier(table.name) for table in tables)
        try:
            self._db.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(names))  # from here on nobody else writes
        except psycopg.errors.LockNotAvailable:
            raise Wrong("another process writes to the database: stop it first") from None

    def rows(self, table: Table) -> Iterator[Rows]:
        columns = sql.SQL(", ").join(
            sql.SQL("{}::text").format(sql.Identifier(column)) if kind == "JSONField" else sql.Identifier(column)
            for column, kind in zip(table.columns, table.kinds, strict=True)
        )
        with self._db.cursor(name="moving") as cursor:
            cursor.execute(sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(table.name)))
            while rows := cursor.fetchmany(AT_ONCE):
                yield rows

    def last_numbers(self, tables: Iterable[Table]) -> dict[str, int]:
        found = {}
        for table in tables:
            if table.counted:
                row = self._db.execute(
                    "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() "
                    "AND format('%%I.%%I', schemaname, sequencename) = pg_get_serial_sequence(%s, %s)",
                    [table.name, table.key],
                ).fetchone()
                if row and row[0]:  # none: no number was given yet
                    found[table.name] = int(row[0])
        return found


_CONSTRAINTS: LiteralString = """
    SELECT rel.relname, con.conname, con.contype = 'f', pg_get_constraintdef(con.oid)
    FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
    WHERE con.contype IN ('f', 'u', 'p') AND con.connamespace = current_schema()::regnamespace AND rel.relname = ANY(%s)
    ORDER BY con.contype = 'f' DESC, rel.relname, con.conname"""
_INDEXES: LiteralString = """
    SELECT i.relname, pg_get_indexdef(x.indexrelid)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class rel ON rel.oid = x.indrelid
    WHERE rel.relnamespace = current_schema()::regnamespace AND rel.relname = ANY(%s)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint con WHERE con.conindid = x.indexrelid AND con.contype IN ('u', 'p'))
    ORDER BY i.relname"""


class PostgresTarget(_Server):
    def prepare(self, tables: Iterable[Table]) -> None:
        """Rows come in an order of their own: the constraints are made again, and with them checked, when all are there."""
        names = [table.name for table in tables]
        self._db.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for name in names:
            self._db.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
        self._db.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, names))))
        self._constraints = self._db.execute(_CONSTRAINTS, [names]).fetchall()
        self._indexes = self._db.execute(_INDEXES, [names]).fetchall()
        for table, name, _foreign, _definition in self._constraints:
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
            self._db.execute(drop.format(sql.Identifier(table), sql.Identifier(name)))
        for name, _definition in self._indexes:
            self._db.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))

    def store(self, table: Table, rows: Iterator[Rows]) -> None:
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        copying = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
        try:
            with self._db.cursor() as cursor, cursor.copy(copying) as copy:
                for some in rows:
                    for row in some:
                        copy.write_row(row)
        except psycopg.DataError as why:
            raise Wrong(f"a value of {table.name} does not fit into PostgreSQL ({type(why).__name__})") from None

    def finish(self, tables: Iterable[Table], last: dict[str, int]) -> Iterator[tuple[int, int]]:
        keys = {table.name: table.key for table in tables}
        for name, number in last.items():
            self._db.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, keys[name], number])
        total, made = len(self._constraints) + len(self._indexes), 0
        own = [one for one in self._constraints if not one[2]]
        foreign = [one for one in self._constraints if one[2]]
        for table, name, _foreign, definition in own:
            self._constrain(table, name, definition)
            yield (made := made + 1), total
        for _name, definition in self._indexes:
            self._db.execute(sql.SQL(definition))  # as the server itself wrote it down
            yield (made := made + 1), total
        for table, name, _foreign, definition in foreign:
            self._constrain(table, name, definition)
            yield (made := made + 1), total
        for name in keys:
            self._db.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))

    def _constrain(self, table: str, name: str, definition: str) -> None:
        add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        try:
            self._db.execute(add.format(sql.Identifier(table), sql.Identifier(name), sql.SQL(definition)))
        except psycopg.IntegrityError as why:
            raise Wrong(f"rows of {table} do not keep to {name} ({type(why).__name__})") from None

    def commit(self) -> None:
        self._db.commit()
        self._db.autocommit = True
        self._db.execute("ANALYZE")
