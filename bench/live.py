"""Whether a thousand phones on the live page follow the meeting: each asks every three seconds whether anything is new.

    kenesh bench live --json
    python -m bench.live --phones 200

Every phone follows its own link, in a session of its own, reads the page once, and from then on asks as our script does: with the tag
of what it shows. For some periods nothing happens, and what an answer "nothing new" costs is measured. Then the chair calls the next
point, and the clock runs until the last phone shows it.
"""

from __future__ import annotations

import argparse
import heapq
import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.harness.crowd import together
from bench.harness.node import Node
from bench.harness.person import Browser, Unexpected
from bench.harness.servers import folder_on_disk

PHONES = 1_000
CLIENTS = 16
PERIOD = 3.0  # seconds between two questions of one phone, as in council/live.js
QUIET = 4  # periods in which nothing happens
PATIENCE = 120.0  # seconds after which a phone that does not follow is an error
_TAG = re.compile(rb'data-tag="&quot;([0-9a-f]+)&quot;"')


@dataclass(eq=False)
class Phone:
    browser: Browser
    tag: str = ""
    sees: bool = False  # the point that was called last

    def ask(self, words: bytes) -> int:
        """One question; gives the status. Raises Unexpected."""
        more = {"If-None-Match": f'"{self.tag}"'} if self.tag else {}
        answer = self.browser.ask("GET", "/en/phone/", None, more)
        self.browser.close()
        if answer.status == 200:
            tag = _TAG.search(answer.body)
            if tag is None:
                raise Unexpected("the page carries no tag")
            self.tag, self.sees = tag[1].decode(), words in answer.body
        elif answer.status != 304:
            raise Unexpected(f"{answer.status}: {answer.body[:300]!r}")
        return answer.status


@dataclass
class Crowd:
    """Phones in the order in which they ask next. Each asks at a moment of its own within the period."""

    phones: list[Phone]
    words: bytes
    late: list[float] = field(default_factory=list)  # seconds that a question waited for its turn
    same: int = 0
    fresh: int = 0

    def __post_init__(self) -> None:
        chance, now = Random(7), time.perf_counter()
        self._due = [(now + chance.uniform(0, PERIOD), place) for place in range(len(self.phones))]
        heapq.heapify(self._due)
        self._lock, self._until = threading.Lock(), float("inf")

    def follow(self, seconds: float) -> None:
        """All ask for so long, or until all see the words."""
        self._until = time.perf_counter() + seconds
        together(CLIENTS, self._client)

    def _client(self) -> None:
        while True:
            with self._lock:
                due, place = heapq.heappop(self._due)
            wait = due - time.perf_counter()
            if time.perf_counter() + max(0.0, wait) >= self._until or all(phone.sees for phone in self.phones):
                with self._lock:
                    heapq.heappush(self._due, (due, place))
                return
            time.sleep(max(0.0, wait))
            status = self.phones[place].ask(self.words)
            with self._lock:
                self.late.append(max(0.0, -wait))
                self.same += status == 304
                self.fresh += status == 200
                heapq.heappush(self._due, (max(due + PERIOD, time.perf_counter()), place))


def run(phones: int = PHONES) -> dict[str, Any]:
    """One row. Raises NodeTrouble, Unexpected."""
    with folder_on_disk() as folder:
        node = Node(folder / "home")
        node.kenesh("migrate")
        node.start()
        try:
            row = _follow(node, phones)
        finally:
            node.stop()
    return {"bench": "live", "rows": [row], "summary": row}


def _follow(node: Node, number: int) -> dict[str, Any]:
    made = json.loads(node.python("bench.harness.chamber", "open", str(number), "named"))
    phones = _come_in(node, made["tokens"])
    crowd = Crowd(phones, b"The next point")
    before = node.web_cpu_seconds()
    crowd.follow(PERIOD * QUIET)
    quiet, cost = crowd.same, node.web_cpu_seconds() - before
    waited = max(crowd.late)
    node.python("bench.harness.chamber", "call", str(made["ballot"]), "The next point")  # the clock begins with its commit
    begin = time.perf_counter()
    crowd.follow(PATIENCE)
    return {
        "phones": number,
        "seconds_until_all_show_it": round(time.perf_counter() - begin, 2),
        "missing": sum(not phone.sees for phone in phones),
        "cpu_ms_per_same": round(cost / max(1, quiet) * 1000, 2),
        "same_answers": quiet,
        "longest_wait_seconds": round(waited, 2),
        "processors_busy": round(cost / (PERIOD * QUIET), 2),
    }


def _come_in(node: Node, tokens: list[str]) -> list[Phone]:
    waiting, phones = list(tokens), list[Phone]()

    def client() -> None:
        while waiting:
            try:
                token = waiting.pop()
            except IndexError:
                return
            browser = Browser(node.port, language="en")
            browser.get(f"/en/phone/{token}/")
            browser.post(f"/en/phone/{token}/", {})
            phone = Phone(browser)
            phone.ask(b"The next point")
            phones.append(phone)

    together(CLIENTS, client)
    return phones


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.live", description="Whether all phones follow a meeting.")
    parser.add_argument("--phones", type=int, default=PHONES, help="that follow (default: %(default)s)")
    json.dump(run(parser.parse_args().phones), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
