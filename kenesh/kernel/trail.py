"""The trail: what was done, by whom, to what; append-only, each entry chained to the one before by a keyed MAC.

One chain per organisation (its uid) and one for the node. The key is a file outside the database, so who can only
write the database cannot forge an entry. It proves nothing later than the last head that was kept elsewhere
(`kenesh trail verify --head`). Entries by the public carry the day alone. Targets are opaque: codes and uids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from kenesh.kernel import bulk, inserting, ledger, reading, triggers, vault
from kenesh.kernel.models import TrailEntry, TrailHead

NODE = "node"
PUBLIC = "public"
_FIELDS = ("chain", "number", "at", "actor", "verb", "target", "mac")


class Actor(Protocol):
    """Whoever acts: people.User, or a string such as "public" or "worker"."""

    @property
    def trail_name(self) -> str: ...


@dataclass(frozen=True)
class Broken:
    """The first entry of a chain that does not hold, and why."""

    chain: str
    number: int
    why: str


def record(*, verb: str, target: str, by: Actor | str, chain: str = NODE) -> None:
    """Appends an entry within the caller's transaction; call it last, since it locks the chain's head.

    Raises RuntimeError outside a transaction: an act and its evidence are stored together or not at all.
    """
    head = _locked_head(chain)
    values = _chained(head, Act(verb, target, by if isinstance(by, str) else by.trail_name))
    entry = TrailEntry(**dict(zip(_FIELDS, values, strict=True)))
    inserting.insert(entry)
    if ledger.destroys(verb):
        transaction.on_commit(lambda: ledger.write([entry]), robust=True)  # if the disk refuses, the worker catches up
    inserting.change(head, "number", "mac")


@dataclass(frozen=True)
class Act:
    """One thing that was done. `by`: the name of the actor in the trail."""

    verb: str
    target: str
    by: str


def record_many(acts: Iterable[Act], *, chain: str) -> None:
    """The same as `record` for many acts in their order; none of them may destroy anything."""
    head = _locked_head(chain)
    bulk.store(TrailEntry, [_chained(head, act) for act in acts], _FIELDS)
    inserting.change(head, "number", "mac")


def _locked_head(chain: str) -> TrailHead:
    if not connection.in_atomic_block:
        raise RuntimeError("an entry of the trail belongs into the transaction of the act")
    locking = " FOR UPDATE" if connection.features.has_select_for_update else ""
    for head in reading.rows_where(TrailHead, f"chain = %s{locking}", [chain]):
        return head
    TrailHead.objects.get_or_create(chain=chain)
    return TrailHead.objects.select_for_update().get(chain=chain)


def _chained(head: TrailHead, act: Act) -> bulk.Row:
    """The next entry after the head, which moves on to it, as values of `_FIELDS`; nothing is saved."""
    now = datetime.now(UTC)
    at = now.date().isoformat() if act.by == PUBLIC else now.isoformat(timespec="seconds")
    number = head.number + 1
    mac = _mac(bytes(head.mac), head.chain, number, at, act.by, act.verb, act.target)
    head.number, head.mac = number, mac
    return head.chain, number, at, act.by, act.verb, act.target, mac


def _mac(previous: bytes, *fields: str | int) -> bytes:
    return vault.trail_mac(settings.SECRETS.trail, previous, [str(field) for field in fields])


def verify(heads: Iterable[tuple[str, int, str]] = ()) -> list[Broken]:
    """Walks every chain; gives the first broken entry of each. `heads`: (chain, count, MAC in hexadecimal) kept elsewhere."""
    broken = [first for head in TrailHead.objects.order_by("chain") if (first := _first_broken(head))]
    chains = set(TrailHead.objects.values_list("chain", flat=True))
    orphans = TrailEntry.objects.exclude(chain__in=chains).values_list("chain", flat=True).distinct()
    broken += [Broken(chain, 1, "entries of a chain whose head is gone") for chain in orphans]
    for chain, number, mac in heads:
        entry = TrailEntry.objects.filter(chain=chain, number=number).first()
        if entry is None or bytes(entry.mac).hex() != mac:
            broken.append(Broken(chain, number, "is not what the head that was kept elsewhere says"))
    return broken


def _first_broken(head: TrailHead) -> Broken | None:
    previous, expected = b"", 0
    entries: Iterator[TrailEntry] = TrailEntry.objects.filter(chain=head.chain).order_by("number").iterator(chunk_size=2000)
    for entry in entries:
        expected += 1
        if entry.number != expected:
            return Broken(head.chain, expected, "is missing")
        mac = _mac(previous, entry.chain, entry.number, entry.at, entry.actor, entry.verb, entry.target)
        if mac != bytes(entry.mac):
            return Broken(head.chain, entry.number, "was changed after it was written")
        previous = mac
    if head.number != expected or bytes(head.mac) != previous:
        return Broken(head.chain, expected + 1, "is missing: the head counts more entries, or others")
    return None


def heads() -> list[tuple[str, int, str]]:
    """Chain, count and MAC of every head, to be kept somewhere else each day."""
    return [(head.chain, head.number, bytes(head.mac).hex()) for head in TrailHead.objects.order_by("chain")]


def triggers_present() -> bool:
    """Whether the database still refuses to change the trail (`kenesh doctor` asks)."""
    return triggers.expected() <= triggers.present()
