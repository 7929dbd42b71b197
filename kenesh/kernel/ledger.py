"""The ledger of destroyed keys: a file outside the database, so that a restored backup does not bring back what was erased.

Each act that destroys keys leaves its entry in the trail; once it is committed, the same entry is written here. The worker
writes what a killed process left out. `kenesh restore` replays the lines that are later than its backup: every area says
with `@replays("destroy_appeal")` how its act is done again on restored rows. Lines hold opaque names, no person.

A line: day, chain, number in the chain, verb, target, MAC, separated by tabs. What an act sealed anew is kept beside the
ledger (kernel/carried.py).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from kenesh.kernel import carried, vault

if TYPE_CHECKING:
    from kenesh.kernel.models import TrailEntry

Replay = Callable[[str], None]

_replays: dict[str, Replay] = {}
_undone_by: dict[str, str] = {}  # act → the act that takes it back


class NotOurs(Exception):
    """A line that this node has not written, or that somebody has changed. `number`: of the line."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number}")
        self.number = number


@dataclass(frozen=True)
class Line:
    """One destroyed thing. `target`: the opaque name that the trail uses."""

    on: date
    chain: str
    number: int
    verb: str
    target: str
    mac: str


def replays(*verbs: str, undone_by: str = "") -> Callable[[Replay], Replay]:
    """Registers how an act that destroyed keys is done again on restored rows, inside the caller's transaction.

    `undone_by`: the act that takes it back while that is still possible; it stands in the ledger too.
    """

    def register(function: Replay) -> Replay:
        for verb in verbs:
            _replays[verb] = function
            if undone_by:
                _undone_by[verb] = undone_by
        return function

    return register


def destroys(verb: str) -> bool:
    """Whether an act of this name destroys keys, or takes such an act back."""
    return verb in _verbs()


def _verbs() -> set[str]:
    return {*_replays, *_undone_by.values(), *carried.verbs()}


def standing(all_lines: list[Line]) -> list[Line]:
    """The lines that still hold, in order: without acts that were taken back, and without the taking back."""
    kept: list[Line] = []
    for line in all_lines:
        if line.verb in _undone_by.values():
            kept = [old for old in kept if not (old.target == line.target and _undone_by.get(old.verb) == line.verb)]
        else:
            kept.append(line)
    return kept


def replay(line: Line, *, file: Path, secret: bytes, close_lost: bool) -> None:
    """Does the act again, and puts back what was sealed anew then. `file`: the ledger; `secret`: of the offline key.

    Raises KeyError for a verb that no area knows, carried.Lost.
    """
    if line.verb not in _verbs():
        raise KeyError(line.verb)
    if line.verb in _replays:
        _replays[line.verb](line.target)
    carried.put_back(
        chain=line.chain,
        number=line.number,
        verb=line.verb,
        target=line.target,
        ledger=file,
        secret=secret,
        close_lost=close_lost,
    )


def path() -> Path:
    return settings.LEDGER


def write(entries: list[TrailEntry]) -> None:
    """Appends lines and waits for the disk. Two processes may write at once."""
    if not entries:
        return
    carried.keep(entries)
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.writelines(_text(entry) for entry in entries)
        file.flush()
        os.fsync(file.fileno())


def catch_up() -> int:
    """Writes what the trail knows and the ledger does not; gives how many lines. Needs no key of anybody."""
    from kenesh.kernel.models import TrailEntry

    known = {(line.chain, line.number, line.verb, line.target) for line in lines()} if path().exists() else set()
    missing = [
        entry
        for entry in TrailEntry.objects.filter(verb__in=_verbs()).order_by("id").iterator(chunk_size=2000)
        if (entry.chain, entry.number, entry.verb, entry.target) not in known
    ]
    write(missing)
    return len(missing)


def lines(file: Path | None = None) -> Iterator[Line]:
    """The lines of a ledger. Raises NotOurs for a line with a wrong MAC, OSError for a file that cannot be read."""
    for number, text in enumerate((file or path()).read_text(encoding="utf-8").splitlines(), 1):
        parts = text.split("\t")
        if len(parts) != 6 or not vault.same(parts[5].encode(), _mac(parts[:5]).encode()):
            raise NotOurs(number)
        yield Line(date.fromisoformat(parts[0]), parts[1], int(parts[2]), parts[3], parts[4], parts[5])


def _text(entry: TrailEntry) -> str:
    parts = [entry.at[:10], entry.chain, str(entry.number), entry.verb, entry.target]
    return "\t".join([*parts, _mac(parts)]) + "\n"


def _mac(parts: list[str]) -> str:
    return vault.link_hash(settings.SECRETS.trail, "ledger\t" + "\t".join(parts)).hex()
