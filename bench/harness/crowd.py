"""Many persons at once, what they have seen, and whether all of it is there afterwards."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.harness.node import Node
from bench.harness.person import AskedToWait, NoAnswer, Person

SAMPLE = 50  # receipts that are opened again through the status page
Pages = dict[str, dict[str, str]]


@dataclass
class Notes:
    """What the clients have seen. Lists are only appended to, which Python makes safe among threads."""

    acknowledged: list[str] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    filings: list[float] = field(default_factory=list)  # seconds of each
    troubles: list[str] = field(default_factory=list)  # waits and broken connections, after which the person tried again


def together(clients: int, work: Callable[[], None]) -> None:
    """Runs `work` in so many threads at once; raises the first error of any of them."""
    with ThreadPoolExecutor(clients) as pool:
        for one in [pool.submit(work) for _ in range(clients)]:
            one.result()


def until(seconds: float, clients: int, act: Callable[[], None]) -> None:
    """So many clients at once, each again and again until the time is over."""
    end = time.perf_counter() + seconds

    def client() -> None:
        while time.perf_counter() < end:
            act()

    together(clients, client)


def file_one(port: int, pages: Pages, notes: Notes) -> None:
    """One person comes, files an appeal and goes."""
    acknowledge(Person(port, way=pages), notes, Person.file)


def acknowledge(person: Person, notes: Notes, act: Callable[[Person], str]) -> None:
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


def check(node: Node, notes: Notes) -> dict[str, int]:
    """Whether every acknowledged appeal is there once, opens with its receipt, and none that nobody sent."""
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
