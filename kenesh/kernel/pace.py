"""How fast something comes in: over the whole node, from each network, and hour by hour.

One number each, in memory alone: the moment until which what came so far is paid for (the virtual clock of the generic cell
rate algorithm, ITU-T I.371 Annex A). Networks stand in numbered places: a network's place is a keyed hash of its
address, 16 bits of it, under a random key that is thrown away every hour together with all places. So the memory has the same size
whatever comes, holds no address, and what it says of a place is said of every network that falls there.
"""

from __future__ import annotations

import math
import mmap
import struct
import time

from django.conf import settings

from kenesh.kernel import memory, vault

PLACES = 65_536
MINUTE = 60.0
LONGEST_FLOOD = 600.0  # seconds: so long after the last of a flood nothing is asked of anybody any more
LONGEST_WAIT = 900.0  # seconds: nobody waits longer for a turn, however many of her network are before her

_HOUR = struct.Struct("<q32s")
_MOMENT = struct.Struct("<d")
HOURS = 49  # this hour and two days before it
_COUNT = struct.Struct("<qq")  # of which hour since 1970, how many
_COUNTS = memory.SIZE - HOURS * _COUNT.size
MOST_PACES = (_COUNTS - _HOUR.size) // ((1 + PLACES) * _MOMENT.size)


class Pace:
    """One thing that is counted; `number` says which, and where in the shared memory."""

    def __init__(self, number: int) -> None:
        self._whole = _HOUR.size + number * (1 + PLACES) * _MOMENT.size

    def count(self) -> None:
        """One more has come in."""
        with memory.held() as shared:
            now = time.time()
            paid = now + _left(shared, self._whole, now, LONGEST_FLOOD) + MINUTE / settings.CALM_PER_MINUTE
            _MOMENT.pack_into(shared, self._whole, min(paid, now + LONGEST_FLOOD))

    def flooded(self) -> bool:
        """Whether one more would be more than the node takes in within a minute."""
        return self._excess() + MINUTE / settings.CALM_PER_MINUTE > MINUTE

    def height(self) -> int:
        """0 when a flood begins, one more each time that what came doubles, up to 3."""
        return max(0, int(math.log2(max(1.0, self._excess() / MINUTE))))

    def _excess(self) -> float:
        with memory.held() as shared:
            return _left(shared, self._whole, time.time(), LONGEST_FLOOD)

    def wait(self, network: str) -> float:
        """Seconds until the next free turn of this network; 0 when it is now."""
        with memory.held() as shared:
            now = time.time()
            return _left(shared, self._place(shared, network, now), now, LONGEST_WAIT)

    def take(self, network: str) -> float:
        """Takes that turn: the network's next one comes TURN_SECONDS later. Gives the seconds until the one that was taken."""
        with memory.held() as shared:
            now = time.time()
            place = self._place(shared, network, now)
            wait = _left(shared, place, now, LONGEST_WAIT)
            _MOMENT.pack_into(shared, place, now + wait + settings.TURN_SECONDS)
            return wait

    def _place(self, shared: mmap.mmap, network: str, now: float) -> int:
        key = _key_of_the_hour(shared, now)
        number = int.from_bytes(vault.prf(key, "network", network.encode(), 16)[:2], "big")
        return self._whole + (1 + number) * _MOMENT.size


class Allowance(Pace):
    """So many requests of one network at once, and as many in each minute after; what is more waits, and is not counted."""

    def ask(self, network: str, *, a_minute: int) -> float:
        """Takes one of them and gives 0; when there is none left, gives the seconds until there is."""
        each = MINUTE / a_minute
        with memory.held() as shared:
            now = time.time()
            place = self._place(shared, network, now)
            taken = _left(shared, place, now, MINUTE)
            if taken + each > MINUTE + 1e-6:
                return taken + each - MINUTE
            _MOMENT.pack_into(shared, place, now + taken + each)
            return 0.0


def _left(shared: mmap.mmap, at: int, now: float, longest: float) -> float:
    """Seconds until the moment that is kept there; never more than `longest`, also when the clock was set back."""
    moment: float = _MOMENT.unpack_from(shared, at)[0]
    return min(max(0.0, moment - now), longest)


def _key_of_the_hour(shared: mmap.mmap, now: float) -> bytes:
    """The key, which the first who asks in an hour makes anew; what stood under the old one goes with it."""
    hour, key = _HOUR.unpack_from(shared, 0)
    if hour == int(now // 3600):
        return bytes(key)
    for number in range(MOST_PACES):
        first = _HOUR.size + (number * (1 + PLACES) + 1) * _MOMENT.size
        shared[first : first + PLACES * _MOMENT.size] = bytes(PLACES * _MOMENT.size)
    key = vault.new_key()
    _HOUR.pack_into(shared, 0, int(now // 3600), key)
    return key


def count_this_hour() -> None:
    """One more has come in, of whatever hour by hour is counted."""
    hour = int(time.time() // 3600)
    with memory.held() as shared:
        place = _COUNTS + hour % HOURS * _COUNT.size
        counted, number = _COUNT.unpack_from(shared, place)
        _COUNT.pack_into(shared, place, hour, number + 1 if counted == hour else 1)


def by_hour() -> list[int]:
    """How many came in this hour, in the one before, and so on for two days."""
    now = int(time.time() // 3600)
    numbers = [0] * HOURS
    with memory.held() as shared:
        for hour, number in _COUNT.iter_unpack(shared[_COUNTS : _COUNTS + HOURS * _COUNT.size]):
            if 0 <= now - hour < HOURS:
                numbers[now - hour] = number
    return numbers
