"""How many appeals a second a real node takes in, beside what the machine could do at best in the same run.

    kenesh bench intake --json
    python -m bench.intake --seconds 20 --filings 1000

A filing is form, check and send: the form with all questions on one page, read and sent, the page that shows the answers,
the sending and the receipt: 5 requests, 2 durable commits, one derivation of a receipt. `page by page` is the longer way:
11 requests, 5 commits. `sends` are the last two requests alone, by persons who have filled in the form before. The clients
run on the same machine: their share of the CPU is in each row. At the end every receipt is looked up and opened in the
database, and some through the status page.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.harness import limits
from bench.harness.crowd import Notes, Pages, acknowledge, check, file_one, together, until
from bench.harness.node import Node, cpu_seconds
from bench.harness.person import ONE_PAGE, PAGES, Person, commits_of_a_filing, requests_of_a_filing
from bench.harness.servers import PostgresServer, folder_on_disk, make_database, postgresql, programs

CLIENTS = (1, 8, 50)
SENDERS = 50
REQUESTS = {"filings": requests_of_a_filing(ONE_PAGE), "page by page": requests_of_a_filing(PAGES), "sends": 1}
LIMIT_SECONDS = 1.5

Row = dict[str, Any]


@dataclass
class Bench:
    """One engine's run: the node, what the clients have seen, the rows so far."""

    engine: str
    node: Node
    server: PostgresServer | None
    notes: Notes = field(default_factory=Notes)
    rows: list[Row] = field(default_factory=list)

    def measure(self, what: str, clients: int, act: Callable[[], None]) -> None:
        """Adds a row: how many filings `act` brought, how long each took, and whose CPU they cost."""
        first, troubles = len(self.notes.filings), len(self.notes.troubles)
        cpu, begin = self._cpu(), time.perf_counter()
        act()
        elapsed = time.perf_counter() - begin
        web, database, own = (after - before for after, before in zip(self._cpu(), cpu, strict=True))
        times = sorted(self.notes.filings[first:])
        rate = len(times) / elapsed
        self.rows.append(
            {
                "engine": self.engine,
                "what": what,
                "clients": clients,
                "count": len(times),
                "per_second": round(rate, 2),
                "requests_per_second": round(rate * REQUESTS[what], 1),
                "median_ms": round(times[len(times) // 2] * 1000, 1),
                "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
                "server_cpu_ms_each": round(web / len(times) * 1000, 2),
                "database_cpu_ms_each": round(database / len(times) * 1000, 2),
                "clients_share_of_cpu": round(own / (own + web + database), 3),
                "cores_used": round((own + web + database) / elapsed, 2),
                "asked_to_wait_or_broken": len(self.notes.troubles) - troubles,
            }
        )

    def _cpu(self) -> tuple[float, float, float]:
        """CPU seconds so far of the web server, of the database server (0 for SQLite, which has none) and of the clients."""
        return self.node.web_cpu_seconds(), cpu_seconds([self.server.pid] if self.server else []), time.process_time()


def run(seconds: float = 6.0, filings: int = 150) -> dict[str, Any]:
    """`seconds` for each number of clients; `filings` forms are filled in before the sending is measured."""
    rows: list[Row] = []
    with folder_on_disk() as folder:
        rows += _measure_engine("sqlite", folder, None, seconds, filings)
        if programs() is None:
            rows.append({"engine": "postgresql", "what": "skipped", "why": "PostgreSQL is not installed"})
        else:
            with postgresql(folder) as server:
                rows += _measure_engine("postgresql", folder, server, seconds, filings)
    return {"bench": "intake", "rows": rows, "summary": _summary(rows)}


def _measure_engine(engine: str, folder: Path, server: PostgresServer | None, seconds: float, filings: int) -> list[Row]:
    before = _limits(folder, server)
    node = Node(folder / f"home-{engine}", database=f"{server.address}/kenesh_bench" if server else "sqlite")
    if server:
        make_database(server, "kenesh_bench")
    node.kenesh("migrate")
    node.python("bench.harness.inside", "office")
    node.start()
    bench = Bench(engine, node, server)
    try:
        _file_for(bench, ONE_PAGE, clients=4, seconds=1.0)  # imports, templates and connections are warm after this
        for clients in CLIENTS:
            bench.measure("filings", clients, functools.partial(_file_for, bench, ONE_PAGE, clients, seconds))
        bench.measure("page by page", CLIENTS[-1], functools.partial(_file_for, bench, PAGES, CLIENTS[-1], seconds))
        bench.measure("sends", SENDERS, functools.partial(_send_all, bench, _prepare(bench, filings)))
        found = check(node, bench.notes)
    finally:
        node.stop()
    after = _limits(folder, server)  # other work on this machine comes and goes: the limit is the mean of before and after
    limit = {name: round((before[name] + after[name]) / 2, 1) for name in before}
    best = min(limit["commits_per_second"], limit["derivations_per_second"])
    for row in bench.rows:
        row["ratio_to_limit"] = round(row["per_second"] / best, 4)
    return [{"engine": engine, "what": "limits", **limit}, *bench.rows, {"engine": engine, "what": "check", **found}]


def _limits(folder: Path, server: PostgresServer | None) -> dict[str, float]:
    found = {"derivations_per_second": limits.derivations(LIMIT_SECONDS)}
    if server is None:
        found["commits_per_second"] = limits.sqlite_commits(folder, LIMIT_SECONDS)
    else:
        by_clients = {n: limits.postgresql_commits(server.address, n, LIMIT_SECONDS) for n in CLIENTS}
        found["commits_per_second"] = max(by_clients.values())
        found |= {f"commits_per_second_{n}": rate for n, rate in by_clients.items()}
    return found


# --- the clients ----------------------------------------------------------------------------------------------------------


def _file_for(bench: Bench, pages: Pages, clients: int, seconds: float) -> None:
    until(seconds, clients, lambda: file_one(bench.node.port, pages, bench.notes))


def _prepare(bench: Bench, filings: int) -> list[Person]:
    """Persons who have filled in the form and not sent it."""
    prepared: list[Person] = []

    def client() -> None:
        while len(prepared) < filings:
            person = Person(bench.node.port, way=ONE_PAGE)
            person.fill()
            person.close()
            prepared.append(person)

    together(8, client)
    return prepared


def _send_all(bench: Bench, prepared: list[Person]) -> None:
    waiting = list(prepared)

    def client() -> None:
        while True:
            try:
                person = waiting.pop()
            except IndexError:
                return
            acknowledge(person, bench.notes, Person.send)

    together(SENDERS, client)


# --- what is told ---------------------------------------------------------------------------------------------------------


def _summary(rows: list[Row]) -> dict[str, Any]:
    """SQLite with fifty clients, the default of a node; the keys with another engine's name for that engine."""
    checks = [row for row in rows if row["what"] == "check"]
    summary: dict[str, Any] = {"lost": sum(row["lost"] for row in checks), "doubled": sum(row["doubled"] for row in checks)}
    for engine in dict.fromkeys(row["engine"] for row in checks):
        prefix = "" if engine == "sqlite" else f"{engine}_"
        mine = [row for row in rows if row["engine"] == engine]
        full = next(row for row in mine if row["what"] == "filings" and row["clients"] == CLIENTS[-1])
        by_page = next(row for row in mine if row["what"] == "page by page")
        sends = next(row for row in mine if row["what"] == "sends")
        limit = next(row for row in mine if row["what"] == "limits")
        summary |= {
            f"{prefix}per_second": full["per_second"],
            f"{prefix}ratio_to_limit": full["ratio_to_limit"],
            f"{prefix}cpu_ms_per_filing": full["server_cpu_ms_each"],
            f"{prefix}page_by_page_per_second": by_page["per_second"],
            f"{prefix}page_by_page_cpu_ms": by_page["server_cpu_ms_each"],
            f"{prefix}sends_per_second": sends["per_second"],
            f"{prefix}sends_ratio_to_limit": sends["ratio_to_limit"],
            f"{prefix}commits_per_second": limit["commits_per_second"],
            f"{prefix}derivations_per_second": limit["derivations_per_second"],
            f"{prefix}commits_per_filing": commits_of_a_filing(ONE_PAGE),
        }
    return summary


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description="How many appeals a second a real node takes in.")
    parser.add_argument("--seconds", type=float, default=6.0, help="for each number of clients (default: %(default)s)")
    parser.add_argument(
        "--filings", type=int, default=150, help="forms filled in before the sending is measured (default: %(default)s)"
    )
    chosen = parser.parse_args()
    json.dump(run(chosen.seconds, chosen.filings), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
