"""A real server under load is killed at one blow and started again: every acknowledged appeal is there, exactly once.

The processes, the derivation of receipts and the requests are those of a node in use. The power stays on: that a commit
outlives a power cut too is the matter of `synchronous=FULL` and `fsync`, which the settings choose.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bench import ballot
from bench.harness.node import Node
from bench.harness.person import AskedToWait, NoAnswer, Person

FILINGS = 120
AT_ONCE = 24
KILLED_AFTER = 40  # acknowledged receipts
LONGEST = 120.0  # seconds for anything that is waited for


@pytest.fixture
def node(make_node: Callable[..., Node]) -> Node:
    """A node with one office that takes appeals, serving."""
    node = make_node()
    node.start()
    node.python("bench.harness.inside", "office")
    return node


class Crowd:
    """Persons who file at once. Whose connection breaks waits for the server and goes on with the same cookie."""

    def __init__(self, port: int) -> None:
        self.persons = [Person(port) for _ in range(FILINGS)]
        self.acknowledged: dict[Person, str] = {}
        self.broken = 0
        self.enough = threading.Event()
        self.server_is_up = threading.Event()
        self.given_up = threading.Event()
        self.server_is_up.set()
        self._lock = threading.Lock()

    def file(self, person: Person) -> None:
        while not self.given_up.is_set():
            assert self.server_is_up.wait(LONGEST)
            try:
                digits = person.file()
            except NoAnswer:
                with self._lock:
                    self.broken += 1
                time.sleep(0.05)  # the server may be gone a moment before we are told
            except AskedToWait:
                time.sleep(0.5)
            else:
                break
        person.close()
        with self._lock:
            self.acknowledged[person] = digits
            if len(self.acknowledged) >= KILLED_AFTER:
                self.enough.set()


def come_back(port: int, digits: str) -> int:
    person = Person(port)
    while True:
        try:
            return person.come_back(digits).status
        except AskedToWait:
            time.sleep(0.5)
        finally:
            person.close()


def kill_in_the_middle(node: Node, crowd: Crowd) -> dict[Person, str]:
    """Lets the crowd file, kills and restarts the server; gives whose receipts had been shown before."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(crowd.file, person) for person in crowd.persons]
        try:
            while not crowd.enough.wait(0.05):
                _raise_what_stopped(done)
            crowd.server_is_up.clear()
            node.kill()
            shown_before = dict(crowd.acknowledged)
            node.start()
            crowd.server_is_up.set()
            for one in done:
                one.result()
        except BaseException:
            crowd.given_up.set()
            crowd.server_is_up.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return shown_before


def _raise_what_stopped(done: list[Future[None]]) -> None:
    for one in done:
        if one.done():
            one.result()


def test_a_killed_server_has_lost_no_acknowledged_appeal_and_doubled_none(node: Node) -> None:
    crowd = Crowd(node.port)
    shown_before = kill_in_the_middle(node, crowd)
    assert KILLED_AFTER <= len(shown_before) < FILINGS
    assert crowd.broken > 0
    assert {person: person.digits for person in crowd.persons} == crowd.acknowledged  # a retry shows the same receipt
    assert {person: crowd.acknowledged[person] for person in shown_before} == shown_before

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda digits: come_back(node.port, digits), crowd.acknowledged.values()))
    assert pages == [200] * FILINGS
    stored = json.loads(node.python("bench.harness.inside", "look", stdin="\n".join(crowd.acknowledged.values())))
    assert stored == {"found": FILINGS, "opened": FILINGS, "appeals": FILINGS, "receipts": FILINGS}
    assert node.kenesh("trail", "verify").startswith("the trail holds")


def test_a_secret_vote_goes_on_after_the_server_was_killed_in_its_middle(make_node: Callable[..., Node]) -> None:
    node = make_node(KENESH_CALM_PER_MINUTE="100000")
    node.start()
    done = ballot.one_round(node, 40, "secret", killed=True)
    left = {name: done[name] for name in ("acknowledged", "counted", "lost", "doubled", "left_sealed", "left_keys")}
    assert left == {"acknowledged": 40, "counted": 40, "lost": 0, "doubled": 0, "left_sealed": 0, "left_keys": 0}
    assert done["sent_again"] > 0
