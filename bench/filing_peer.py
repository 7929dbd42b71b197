"""Filings a second beside the tickets a second of django-helpdesk, in the same run on the same machine.

    kenesh bench filing_peer --json
    python -m bench.filing_peer --seconds 6 --rounds 4

A filing is form, check and send, and the receipt shown: 3 requests with all questions on one page, sealed to an office and to
the receipt (`page by page`: 10 requests). A ticket is the peer's public form and its post: 2 requests, nothing encrypted.
Both have the same web server with as many processes and threads, the same version of Django, SQLite with WAL and
synchronous=FULL, and clients of the same kind. They are measured by turns, so that what else runs on the machine meets both.
At the end every acknowledged receipt is looked up and opened. Where the peer cannot be installed, a row says why.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.harness.crowd import Notes, check, file_one, until
from bench.harness.node import Node
from bench.harness.peer import PEER, VERSION, Desk, NotInstalled, submit
from bench.harness.person import ONE_PAGE, PAGES
from bench.harness.servers import folder_on_disk

CLIENTS = (8, 50)
FILINGS, TICKETS, BY_PAGE = "filings", "tickets", "filings page by page"

Row = dict[str, Any]


@dataclass
class Turns:
    """What one kind of client has done in all its turns."""

    what: str
    clients: int
    act: Callable[[], None]
    done: Callable[[], int]
    cpu: Callable[[], float]
    count: int = 0
    elapsed: float = 0.0
    server: float = 0.0
    own: float = 0.0

    def take(self, seconds: float) -> None:
        count, cpu, own, begin = self.done(), self.cpu(), time.process_time(), time.perf_counter()
        until(seconds, self.clients, self.act)
        self.elapsed += time.perf_counter() - begin
        self.own += time.process_time() - own
        self.server += self.cpu() - cpu
        self.count += self.done() - count

    def row(self) -> Row:
        return {
            "what": self.what,
            "clients": self.clients,
            "count": self.count,
            "per_second": round(self.count / self.elapsed, 2),
            "cpu_ms_each": round(self.server / self.count * 1000, 2),
            "clients_cpu_ms_each": round(self.own / self.count * 1000, 2),
        }


def run(seconds: float = 5.0, rounds: int = 3) -> dict[str, Any]:
    """`seconds` for each turn; `rounds` turns of each kind for each number of clients. Raises NodeTrouble, Trouble."""
    with folder_on_disk() as folder:
        desk = Desk(folder / "desk")
        try:
            desk.install()
        except NotInstalled as why:
            skipped = {"what": "skipped", "why": f"{PEER} {VERSION} cannot be installed here: {why}"}
            return {"bench": "filing_peer", "rows": [skipped], "summary": {"skipped": skipped["why"]}}
        node = Node(folder / "home")
        node.kenesh("migrate")
        node.python("bench.harness.inside", "office")
        node.start()
        try:
            desk.start(like=node)
            rows = _measure(node, desk, seconds, rounds)
        finally:
            desk.stop()
            node.stop()
    return {"bench": "filing_peer", "rows": rows, "summary": _summary(rows)}


def _measure(node: Node, desk: Desk, seconds: float, rounds: int) -> list[Row]:
    notes, tickets = Notes(), list[str]()
    acts: dict[str, tuple[Callable[[], None], Callable[[], int], Callable[[], float]]] = {
        FILINGS: (lambda: file_one(node.port, ONE_PAGE, notes), lambda: len(notes.acknowledged), node.web_cpu_seconds),
        TICKETS: (lambda: tickets.append(submit(desk.port)), lambda: len(tickets), desk.web_cpu_seconds),
        BY_PAGE: (lambda: file_one(node.port, PAGES, notes), lambda: len(notes.acknowledged), node.web_cpu_seconds),
    }
    for act, _done, _cpu in acts.values():
        until(1.5, 4, act)  # imports, templates and connections are warm after this
    turns = [Turns(what, clients, *act) for clients in CLIENTS for what, act in acts.items()]
    for _ in range(rounds):
        for one in turns:
            one.take(seconds)
    found = check(node, notes)
    return [
        *(one.row() for one in turns),
        {
            "what": "check",
            **found,
            "asked_to_wait_or_broken": len(notes.troubles),
            "tickets": len(tickets),
            "tickets_in_database": desk.tickets(),
        },
    ]


def _summary(rows: list[Row]) -> dict[str, Any]:
    """With fifty clients; the keys that end in a number with so many."""

    def of(what: str, clients: int) -> Row:
        return next(row for row in rows if row["what"] == what and row["clients"] == clients)

    most, few = CLIENTS[-1], CLIENTS[0]
    found = next(row for row in rows if row["what"] == "check")
    filings, tickets, by_page = (of(what, most) for what in (FILINGS, TICKETS, BY_PAGE))
    return {
        "filings_per_second": filings["per_second"],
        "tickets_per_second": tickets["per_second"],
        "ratio": round(filings["per_second"] / tickets["per_second"], 3),
        f"ratio_{few}": round(of(FILINGS, few)["per_second"] / of(TICKETS, few)["per_second"], 3),
        "page_by_page_per_second": by_page["per_second"],
        "page_by_page_ratio": round(by_page["per_second"] / tickets["per_second"], 3),
        "lost": found["lost"],
        "doubled": found["doubled"],
        "cpu_ms_per_filing": filings["cpu_ms_each"],
        "cpu_ms_per_ticket": tickets["cpu_ms_each"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.filing_peer", description="Filings beside a peer's tickets.")
    parser.add_argument("--seconds", type=float, default=5.0, help="for each turn (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each kind (default: %(default)s)")
    chosen = parser.parse_args()
    json.dump(run(chosen.seconds, chosen.rounds), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
