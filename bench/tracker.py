"""How long the public tracker's pages take on the server with very many recommendations.

    kenesh bench tracker --json
    python -m bench.tracker --recommendations 100000 --engine sqlite

A node of its own is filled in bulk: ministries of eleven countries, three bodies, recommendations of ten years with themes,
sources, answers and judgements, filed and counted as the actions would. A reader without an account then asks for the list, with
and without filters, deep in it, for one recommendation and for the scoreboard, in one warm process: only the server's time counts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.harness.node import Node
from bench.harness.servers import PostgresServer, folder_on_disk, make_database, postgresql, programs

RECOMMENDATIONS = 100_000
REQUESTS = 60  # of each page
ENGINES = ("sqlite", "postgresql")
LIMIT_MS = 50

Row = dict[str, Any]


def run(recommendations: int = RECOMMENDATIONS, engines: Sequence[str] = ENGINES, requests: int = REQUESTS) -> dict[str, Any]:
    """Rows: one for each engine and page. Raises NodeTrouble."""
    rows: list[Row] = []
    for engine in engines:
        if engine == "postgresql" and programs() is None:
            rows.append({"engine": engine, "page": "skipped", "why": "PostgreSQL is not installed"})
            continue
        with folder_on_disk() as folder, _database(engine, folder) as server:
            node = Node(folder / "home", database=f"{server.address}/kenesh_bench" if server else "sqlite")
            node.kenesh("migrate")
            found = json.loads(node.python("bench.harness.tracker", str(recommendations), str(requests)))
            rows += [{"engine": engine, **row} for row in found]
    return {"bench": "tracker", "rows": rows, "summary": _summary(rows, recommendations)}


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[PostgresServer | None]:
    if engine == "sqlite":
        yield None
        return
    with postgresql(folder) as server:
        make_database(server, "kenesh_bench")
        yield server


def _summary(rows: list[Row], recommendations: int) -> dict[str, Any]:
    """The slowest page of all."""
    pages = [row for row in rows if "p95_ms" in row]
    worst = max(pages, key=lambda row: row["p95_ms"])
    return {
        "p95_ms": worst["p95_ms"],
        "page": worst["page"],
        "engine": worst["engine"],
        "cpu_p95_ms": max(row["cpu_p95_ms"] for row in pages),
        "queries": max(row["queries"] for row in pages),
        "recommendations": recommendations,
        "machine": statistics.median(row["machine"] for row in pages),
        "over_limit": sorted({f"{row['engine']}: {row['page']}" for row in pages if row["p95_ms"] > LIMIT_MS}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.tracker", description="How long the public tracker's pages take.")
    parser.add_argument("--recommendations", type=int, default=RECOMMENDATIONS, help="how many (default: %(default)s)")
    parser.add_argument("--engine", choices=ENGINES, nargs="+", default=ENGINES, help="which databases (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page (default: %(default)s)")
    chosen = parser.parse_args()
    json.dump(run(chosen.recommendations, chosen.engine, chosen.requests), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
