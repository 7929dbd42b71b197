"""Whether all members of a large council can vote within a minute from their phones, and each vote counts exactly once.

    kenesh bench ballot --json
    python -m bench.ballot --members 200

Every member follows her own link, in a session of her own, and reads the page that asks for her confirmation. Then all
confirm at once; only that is timed. In two more rounds the server is killed (SIGKILL) in the middle and started again; whoever got no
answer sends the same form again. At the end the ballot is closed, and what was acknowledged is compared with what was counted.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bench.harness.crowd import together
from bench.harness.node import Node
from bench.harness.person import Browser, NoAnswer, Unexpected
from bench.harness.servers import folder_on_disk

MEMBERS = (1_000, 10_000)
CLIENTS = 16
CHOICES = ("for", "against", "abstain")
_FIELDS = re.compile(rb'<input type="hidden" name="(seen|key)" value="([^"]*)"')
_NUMBER = re.compile(rb"<output>([0-9A-Z-]{11})</output>")

Row = dict[str, Any]


@dataclass(eq=False)
class Voter:
    """One phone with the form that it is about to send."""

    browser: Browser
    address: str
    form: dict[str, str]
    number: str = ""
    tries: int = 0


@dataclass
class Notes:
    """Lists are only appended to, which Python makes safe among threads."""

    acknowledged: list[Voter] = field(default_factory=list)


def run(members: Sequence[int] = MEMBERS) -> dict[str, Any]:
    """Rows: a named and a secret ballot for each number of members, and one of each that is cut off. Raises NodeTrouble, Unexpected."""
    rounds = [(number, how, False) for number in members for how in ("named", "secret")]
    rows: list[Row] = []
    with folder_on_disk() as folder:
        node = Node(folder / "home")
        node.kenesh("migrate")
        node.start()
        try:
            one_round(node, 20, "secret", killed=False)  # imports, templates and connections are warm after this
            rows += [
                one_round(node, number, how, killed=killed)
                for number, how, killed in [*rounds, (members[0], "named", True), (members[0], "secret", True)]
            ]
        finally:
            node.stop()
    return {"bench": "ballot", "rows": rows, "summary": _summary(rows)}


def one_round(node: Node, members: int, how: str, *, killed: bool) -> Row:
    """Opens a ballot, lets all vote, closes it, and compares. `killed`: the server falls when half of the votes are acknowledged."""
    made = json.loads(node.python("bench.harness.chamber", "open", str(members), how))
    before = node.web_cpu_seconds()
    voters = _come_in(node, made["ballot"], made["tokens"])
    pages = node.web_cpu_seconds() - before
    notes, before, begin = Notes(), node.web_cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(1) as pool:
        confirmed = pool.submit(_confirm, voters, notes)
        if killed:  # by this thread: the server ends with the thread that started it (prctl(2), PR_SET_PDEATHSIG)
            _kill(node, notes, members // 2)
        confirmed.result()
    seconds = time.perf_counter() - begin
    cpu = node.web_cpu_seconds() - before
    return {
        "members": members,
        "how": how,
        "killed": killed,
        "seconds": round(seconds, 2),
        "votes_per_second": round(members / seconds, 1),
        "cpu_ms_per_vote": None if killed else round(cpu / members * 1000, 2),
        "cpu_ms_per_member_before": round(pages / members * 1000, 2),  # the link, the session, the page that asks
        "sent_again": sum(voter.tries - 1 for voter in voters),
        **_compared(notes, json.loads(node.python("bench.harness.chamber", "close", str(made["ballot"])))),
    }


def _come_in(node: Node, ballot: int, tokens: list[str]) -> list[Voter]:
    """Every member follows her link and presses a button; her form is filled in and not sent."""
    waiting, voters = list(enumerate(tokens)), list[Voter]()
    address = f"/en/phone/ballots/{ballot}/"

    def client() -> None:
        while waiting:
            try:
                place, token = waiting.pop()
            except IndexError:
                return
            browser = Browser(node.port, language="en")
            browser.get(f"/en/phone/{token}/")
            browser.post(f"/en/phone/{token}/", {})
            page = browser.get(address).body
            browser.close()
            form = {name.decode(): value.decode() for name, value in _FIELDS.findall(page)}
            voters.append(Voter(browser, address, {**form, "choice": CHOICES[place % 3]}))

    together(CLIENTS, client)
    return voters


def _confirm(voters: list[Voter], notes: Notes) -> None:
    waiting = list(voters)

    def client() -> None:
        while waiting:
            try:
                voter = waiting.pop()
            except IndexError:
                return
            _send(voter)
            notes.acknowledged.append(voter)

    together(CLIENTS, client)


def _send(voter: Voter) -> None:
    """Sends the form until there is an answer. Raises Unexpected."""
    while True:
        voter.tries += 1
        try:
            answer = voter.browser.post(voter.address, voter.form)
        except NoAnswer:
            time.sleep(0.2)
            continue
        voter.browser.close()
        if answer.status == 302:
            return
        number = _NUMBER.search(answer.body)
        if answer.status != 200 or number is None:
            raise Unexpected(f"{answer.status}: {answer.body[-500:]!r}")
        voter.number = number[1].decode()
        return


def _kill(node: Node, notes: Notes, after: int) -> None:
    """Ends every process of the server when so many votes are acknowledged, and starts it again."""
    while len(notes.acknowledged) < after:
        time.sleep(0.005)
    node.kill()
    node.start()


def _compared(notes: Notes, counted: dict[str, Any]) -> Row:
    """What was acknowledged beside what was counted: secret votes one by one, by their numbers; named ones by their sums."""
    wanted = Counter(voter.form["choice"] for voter in notes.acknowledged)
    if counted["tracking"]:
        lost = sum(counted["tracking"].get(voter.number) != voter.form["choice"] for voter in notes.acknowledged)
    else:
        lost = sum(max(0, wanted[choice] - counted[choice]) for choice in CHOICES)
    return {
        "acknowledged": len(notes.acknowledged),
        "counted": counted["rows"],
        "lost": lost,
        "doubled": max(0, counted["rows"] - len(notes.acknowledged)),
        "left_sealed": counted["sealed"],
        "left_keys": counted["keys"],
    }


def _summary(rows: list[Row]) -> dict[str, Any]:
    timed = [row for row in rows if not row["killed"]]
    most = max(row["members"] for row in timed)
    full = [row for row in timed if row["members"] == most]
    return {
        "members": most,
        "lost": sum(row["lost"] for row in rows),
        "doubled": sum(row["doubled"] for row in rows),
        "seconds": max(row["seconds"] for row in full),
        "cpu_ms_per_vote": max(row["cpu_ms_per_vote"] for row in full),
        "cpu_ms_per_named_vote": max(row["cpu_ms_per_vote"] for row in full if row["how"] == "named"),
        "votes_per_second": min(row["votes_per_second"] for row in full),
        "sent_again_after_kill": sum(row["sent_again"] for row in rows if row["killed"]),
        "left_sealed": sum(row["left_sealed"] for row in rows),
        "left_keys": sum(row["left_keys"] for row in rows),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ballot", description="Whether all members can vote within a minute.")
    parser.add_argument("--members", type=int, nargs="+", default=MEMBERS, help="of the council (default: %(default)s)")
    json.dump(run(parser.parse_args().members), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
