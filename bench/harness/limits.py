"""What this machine can do at best, measured in the same run: durable commits and derivations of receipts a second."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from kenesh.kernel import vault

ROW = b"\x00" * 1024  # about what one sealed answer takes


def sqlite_commits(folder: Path, seconds: float) -> float:
    """One-row transactions a second by one writer (SQLite has one), WAL and synchronous=FULL as the node's own database."""
    connection = sqlite3.connect(folder / "limit.sqlite3", isolation_level=None)
    try:
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE IF NOT EXISTS one (id INTEGER PRIMARY KEY, body BLOB)",
        ):
            connection.execute(statement)
        return _rate(lambda: connection.execute("INSERT INTO one (body) VALUES (?)", (ROW,)), seconds)
    finally:
        connection.close()


def postgresql_commits(address: str, clients: int, seconds: float) -> float:
    """One-row transactions a second by so many connections at once."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS one (id bigserial PRIMARY KEY, body bytea)")

    def client() -> float:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            return _rate(lambda: connection.execute("INSERT INTO one (body) VALUES (%s)", (ROW,)), seconds)

    return _together(client, clients)


def derivations(seconds: float, threads: int = 2) -> float:
    """Receipts derived a second (Argon2id at the cost of the node), by two threads as by the node's two processes."""
    pepper = vault.new_key()
    return _together(lambda: _rate(lambda: vault.from_receipt("0" * 20, pepper), seconds), threads)


def _rate(work: Callable[[], object], seconds: float) -> float:
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        work()
        count += 1
    return count / (time.perf_counter() - begin)


def _together(work: Callable[[], float], threads: int) -> float:
    """The sum of what so many threads at once give."""
    with ThreadPoolExecutor(threads) as pool:
        return sum(one.result() for one in [pool.submit(work) for _ in range(threads)])
