"""Two records of the same organisation, or of the same person, become one.

A room registers in its `ready()` what it knows of such a join: what of its own would move, what forbids it, whose it is. The move
itself it does when `people.signals.records_joined` comes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kenesh.kernel.findings import Words
from kenesh.people.models import Organisation, Person

Record = Organisation | Person


@dataclass(frozen=True)
class Told:
    """What would come of a join. `moves`: what of the record that goes moves to the one that stays, and how many of it; `refusals`: why
    the two cannot be joined, as sentences that say what to do; `bodies`: ids of those whose rows would change."""

    moves: Sequence[tuple[Words, int]] = field(default_factory=list)
    refusals: Sequence[Words] = field(default_factory=list)
    bodies: frozenset[int] = frozenset()


Teller = Callable[[Record, Record], Told]
_tellers: list[tuple[int, Teller]] = []


def register(teller: Teller, *, order: int) -> None:
    """Adds a teller, which is asked with the record that stays and the one that goes; a lower `order` comes first. Registering the
    same one twice counts once."""
    if all(known is not teller for _order, known in _tellers):
        _tellers.append((order, teller))
        _tellers.sort(key=lambda entry: entry[0])


def told_of(stays: Record, goes: Record) -> Told:
    """What all rooms say together."""
    told = [teller(stays, goes) for _order, teller in _tellers]
    return Told(
        [move for each in told for move in each.moves if move[1]],
        [refusal for each in told for refusal in each.refusals],
        frozenset().union(*(each.bodies for each in told)),
    )
