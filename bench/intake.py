"""How many appeals a second a real node takes in, beside what the machine could do at best in the same run.

    kenesh bench intake --json
    python -m bench.intake --seconds 20 --filings 1000

A filing is everything that a person's browser asks for: the four pages of the form, read and sent, the page that shows
the answers, the sending and the receipt: 11 requests, 5 durable commits, one derivation of a receipt. `sends` are the
last two requests alone, by persons who have filled in the form before. The clients run on the same machine: their share
of the CPU is in each row. At the end every receipt is looked up and opened in the database, and some through the
status page.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.harness import limits
from bench.harness.node import Node, cpu_seconds
from bench.harness.person import COMMITS_OF_A_FILING, REQUESTS_OF_A_FILING, AskedToWait, NoAnswer, Person
from bench.harness.servers import PostgresServer, folder_on_disk, make_database, postgresql, programs

CLIENTS = (1, 8, 50)
SENDERS = 50
SAMPLE = 50  # receipts that are opened again through the status page
LIMIT_SECONDS = 1.5

Row = dict[str, Any]


@dataclass
class Notes:
    """What the clients have seen. Lists are only appended to, which Python makes safe among threads."""

    acknowledged: list[str] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    filings: list[float] = field(default_factory=list)  # seconds of each
    troubles: list[str] = field(default_factory=list)  # waits and broken connections, after which the person tried again


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
                "requests_per_second": round(rate * (REQUESTS_OF_A_FILING if what == "filings" else 2), 1),
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
        _file_for(bench, clients=4, seconds=1.0)  # imports, templates and connections are warm after this
        for clients in CLIENTS:
            bench.measure("filings", clients, functools.partial(_file_for, bench, clients, seconds))
        bench.measure("sends", SENDERS, functools.partial(_send_all, bench, _prepare(bench, filings)))
        check = _check(bench)
    finally:
        node.stop()
    after = _limits(folder, server)  # other work on this machine comes and goes: the limit is the mean of before and after
    limit = {name: round((before[name] + after[name]) / 2, 1) for name in before}
    best = min(limit["commits_per_second"], limit["derivations_per_second"])
    for row in bench.rows:
        row["ratio_to_limit"] = round(row["per_second"] / best, 4)
    return [{"engine": engine, "what": "limits", **limit}, *bench.rows, {"engine": engine, "what": "check", **check}]


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


def _crew(clients: int, work: Callable[[], None]) -> None:
    """Runs `work` in so many threads at once; raises the first error of any of them."""
    with ThreadPoolExecutor(clients) as pool:
        for one in [pool.submit(work) for _ in range(clients)]:
            one.result()


def _file_for(bench: Bench, clients: int, seconds: float) -> None:
    end = time.perf_counter() + seconds

    def client() -> None:
        while time.perf_counter() < end:
            _one(Person(bench.node.port), bench.notes, Person.file)

    _crew(clients, client)


def _one(person: Person, notes: Notes, act: Callable[[Person], str]) -> None:
    """One filing until it is acknowledged, however often the person is asked to wait."""
    notes.persons.append(person)
    begin = time.perf_counter()
    while True:
        try:
            digits = act(person)
        except (AskedToWait, NoAnswer) as trouble:
            notes.troubles.append(type(trouble).__name__)
            time.sleep(0.5)
        else:
            break
    notes.filings.append(time.perf_counter() - begin)
    notes.acknowledged.append(digits)
    person.close()


def _prepare(bench: Bench, filings: int) -> list[Person]:
    """Persons who have filled in the form and not sent it."""
    prepared: list[Person] = []

    def client() -> None:
        while len(prepared) < filings:
            person = Person(bench.node.port)
            person.fill()
            person.close()
            prepared.append(person)

    _crew(8, client)
    return prepared


def _send_all(bench: Bench, prepared: list[Person]) -> None:
    waiting = list(prepared)

    def client() -> None:
        while True:
            try:
                person = waiting.pop()
            except IndexError:
                return
            _one(person, bench.notes, Person.send)

    _crew(SENDERS, client)


# --- what is told ---------------------------------------------------------------------------------------------------------


def _check(bench: Bench) -> Row:
    """Whether every acknowledged appeal is there once, opens with its receipt, and none that nobody sent."""
    node, notes = bench.node, bench.notes
    acknowledged = set(notes.acknowledged)
    found = json.loads(node.python("bench.harness.inside", "look", stdin="\n".join(acknowledged)))
    every = json.loads(node.python("bench.harness.inside", "look", stdin="\n".join({person.digits for person in notes.persons})))
    sample = notes.acknowledged[:: max(1, len(notes.acknowledged) // SAMPLE)]
    for digits in sample:
        Person(node.port).come_back(digits)
    return {
        "acknowledged": len(notes.acknowledged),
        "opened_in_database": found["opened"],
        "opened_by_status_page": len(sample),
        "appeals": every["appeals"],
        "lost": len(notes.acknowledged) - found["opened"],
        "doubled": every["appeals"] - every["found"],
    }


def _summary(rows: list[Row]) -> dict[str, Any]:
    """SQLite with fifty clients, the default of a node; the keys with another engine's name for that engine."""
    checks = [row for row in rows if row["what"] == "check"]
    summary: dict[str, Any] = {"lost": sum(row["lost"] for row in checks), "doubled": sum(row["doubled"] for row in checks)}
    for engine in dict.fromkeys(row["engine"] for row in checks):
        prefix = "" if engine == "sqlite" else f"{engine}_"
        mine = [row for row in rows if row["engine"] == engine]
        full = next(row for row in mine if row["what"] == "filings" and row["clients"] == CLIENTS[-1])
        sends = next(row for row in mine if row["what"] == "sends")
        limit = next(row for row in mine if row["what"] == "limits")
        summary |= {
            f"{prefix}per_second": full["per_second"],
            f"{prefix}ratio_to_limit": full["ratio_to_limit"],
            f"{prefix}cpu_ms_per_filing": full["server_cpu_ms_each"],
            f"{prefix}sends_per_second": sends["per_second"],
            f"{prefix}sends_ratio_to_limit": sends["ratio_to_limit"],
            f"{prefix}commits_per_second": limit["commits_per_second"],
            f"{prefix}derivations_per_second": limit["derivations_per_second"],
            f"{prefix}commits_per_filing": COMMITS_OF_A_FILING,
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
