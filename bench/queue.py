"""How long a caseworker's pages take on the server, with few and with very many appeals on the node.

    kenesh bench queue --json
    python -m bench.queue --appeals 10000 1000000 --engine sqlite

A demonstration is filled with invented appeals (`kenesh demo --appeals`), asked, filled further, and asked again. Somebody
who works in its largest office signs in with password and second factor; her requests then go through the whole web
application in one warm process (bench/harness/desk.py), so that only the server's time is measured.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.harness.node import Node
from bench.harness.servers import PostgresServer, folder_on_disk, make_database, postgresql, programs

APPEALS = (10_000, 100_000)
REQUESTS = 40  # of each page
ENGINES = ("sqlite", "postgresql")
LIMIT_MS, LIMIT_GROWTH = 100, 1.5  # docs: what the pages promise

Row = dict[str, Any]


def run(appeals: Sequence[int] = APPEALS, engines: Sequence[str] = ENGINES, requests: int = REQUESTS) -> dict[str, Any]:
    """Rows: one for each engine, number of appeals and page. Raises NodeTrouble."""
    rows: list[Row] = []
    for engine in engines:
        if engine == "postgresql" and programs() is None:
            rows.append({"engine": engine, "page": "skipped", "why": "PostgreSQL is not installed"})
            continue
        with folder_on_disk() as folder, _database(engine, folder) as server:
            node = Node(folder / "home", database=f"{server.address}/kenesh_bench" if server else "sqlite")
            node.kenesh("migrate")
            for number in sorted(appeals):
                began = time.perf_counter()
                node.kenesh("demo", "--appeals", str(number))
                rows += measured(node, engine, requests, build_seconds=time.perf_counter() - began)
    return {"bench": "queue", "rows": rows, "summary": _summary(rows)}


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[PostgresServer | None]:
    if engine == "sqlite":
        yield None
        return
    with postgresql(folder) as server:
        make_database(server, "kenesh_bench")
        yield server


def measured(node: Node, engine: str, requests: int, *, build_seconds: float = 0.0) -> list[Row]:
    """What the node answers now, page by page, and a row for the node as a whole."""
    found = json.loads(node.python("bench.harness.desk", str(requests)))
    whole = {"page": "the node", "build_seconds": round(build_seconds, 1), **found["node"]}
    return [{"engine": engine, "appeals": found["node"]["appeals"], **row} for row in (*found["rows"], whole)]


def _summary(rows: list[Row]) -> dict[str, Any]:
    """The worst page with the most appeals; growth: against the same page and engine with the fewest. Writes count too."""
    pages = [row for row in rows if "p95_ms" in row]
    nodes = [row for row in rows if row["page"] == "the node"]
    most, fewest = (choose(row["appeals"] for row in nodes) for choose in (max, min))
    before = {(row["engine"], row["page"]): row for row in pages if row["appeals"] == fewest}
    full = [row for row in pages if row["appeals"] == most]

    def grown(row: Row, name: str) -> float:
        return round(float(row[name]) / max(float(before[row["engine"], row["page"]][name]), 0.001), 2)

    worst = max(full, key=lambda row: row["p95_ms"])
    grows = max(full, key=lambda row: grown(row, "p95_ms"))
    last = [row for row in nodes if row["appeals"] == most]
    return {
        "p95_ms": worst["p95_ms"],
        "growth": grown(grows, "p95_ms"),
        "queries": max(row["queries"] for row in full),
        "page": worst["page"],
        "grows_most": grows["page"],
        "cpu_p95_ms": max(row["cpu_p95_ms"] for row in full),
        "cpu_growth": max(grown(row, "cpu_p95_ms") for row in full),
        "appeals": most,
        "appeals_before": fewest,
        "memory_mb": max(row["memory_mb"] for row in last),
        "bytes_per_appeal": max(row["bytes_per_appeal"] for row in last),
        "build_seconds": max(sum(row["build_seconds"] for row in nodes if row["engine"] == each["engine"]) for each in last),
        "over_limit": sorted({row["page"] for row in full if row["p95_ms"] > LIMIT_MS or grown(row, "p95_ms") > LIMIT_GROWTH}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.queue", description="How long a caseworker's pages take.")
    parser.add_argument("--appeals", type=int, nargs="+", default=APPEALS, help="how many the node holds (default: %(default)s)")
    parser.add_argument("--engine", choices=ENGINES, nargs="+", default=ENGINES, help="which databases (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page (default: %(default)s)")
    parser.add_argument("--home", help="measure this filled node as it is, and leave it")
    parser.add_argument("--database", default="sqlite", help="with --home: where its database is, as KENESH_DATABASE_URL says it")
    chosen = parser.parse_args()
    if chosen.home:
        shutil.rmtree(Path(chosen.home) / "static", ignore_errors=True)
        engine = "sqlite" if chosen.database == "sqlite" else "postgresql"
        rows = measured(Node(Path(chosen.home), database=chosen.database), engine, chosen.requests)
        result = {"bench": "queue", "rows": rows, "summary": _summary(rows)}
    else:
        result = run(chosen.appeals, chosen.engine, chosen.requests)
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
