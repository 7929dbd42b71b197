"""Walking through the lists of the multimap, newest first, without reading them whole.

Every cursor stands at a number (0: at the end) and can be sent on to the largest number that is not above another one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from kenesh.casework.search.multimap import LARGEST, Head, Multimap

_BEFORE = LARGEST + 1  # where a cursor stands that has not been sent anywhere yet
_READ_AHEAD = 16
_GUESSES = 3  # interpolations before plain halving
Place = tuple[str, int]  # a term, and in which of its blocks the number stands (0: the head)


class Cursor(Protocol):
    value: int
    count: int  # at most so many numbers

    def seek(self, number: int) -> int: ...

    def places(self) -> list[Place]:
        """The terms that stand at the present value."""


class Postings:
    """The list of one term."""

    def __init__(self, index: Multimap, text: str, head: Head) -> None:
        self.value, self.count = _BEFORE, head.count
        self._index, self._text, self._term = index, text, index.term(text)
        self._numbers, self._place = head.newest, 0
        self._below = head.blocks  # full blocks that are older than where we stand
        self._known: dict[int, array[int]] = {}
        self._ahead = 1

    def seek(self, number: int) -> int:
        if self.value <= number:
            return self.value
        while not self._numbers or self._numbers[0] > number:
            if not self._below:
                self._numbers, self.value = array("I"), 0
                return 0
            place = self._find(number)
            self._numbers, self._place, self._below = self._block(place), place, place - 1
        self.value = self._numbers[bisect_right(self._numbers, number) - 1]
        return self.value

    def places(self) -> list[Place]:
        return [(self._text, self._place)]

    def _find(self, number: int) -> int:
        """The newest block that does not begin above the number, or the oldest of all: interpolation, then halving."""
        low, low_begins = 0, 0
        high, high_begins = self._below + 1, self._numbers[0] if self._numbers else LARGEST
        guesses = 0
        while high - low > 1:
            part = (number - low_begins) / max(1, high_begins - low_begins) if guesses < _GUESSES else 0.5
            guess = min(max(low + int((high - low) * part), low + 1), high - 1)
            guesses += 1
            block = self._block(guess)
            if block[0] > number:
                high, high_begins = guess, block[0]
            else:
                low, low_begins = guess, block[0]
                if block[-1] >= number:
                    break
        return max(low, 1)

    def _block(self, place: int) -> array[int]:
        if place not in self._known:
            first = max(1, place - self._ahead + 1) if place == self._below else place
            self._ahead = min(2 * self._ahead, _READ_AHEAD) if place == self._below else 1
            self._known.update(self._index.blocks(self._term, range(first, place + 1)))
        return self._known[place]


class AnyOf:
    """Stands wherever one of several stands."""

    def __init__(self, cursors: Sequence[Cursor]) -> None:
        self.value, self.count = _BEFORE, sum(cursor.count for cursor in cursors)
        self._cursors = cursors

    def seek(self, number: int) -> int:
        self.value = max((cursor.seek(number) for cursor in self._cursors), default=0)
        return self.value

    def places(self) -> list[Place]:
        return [place for cursor in self._cursors if cursor.value == self.value for place in cursor.places()]


class AllOf:
    """Stands where all of several stand; the rarest leads."""

    def __init__(self, cursors: Sequence[Cursor]) -> None:
        self._cursors = sorted(cursors, key=lambda cursor: cursor.count)
        self.value, self.count = _BEFORE, self._cursors[0].count if self._cursors else 0

    def seek(self, number: int) -> int:
        if self.value <= number:
            return self.value
        self.value = self._meet(number)
        return self.value

    def _meet(self, number: int) -> int:
        while number:
            wanted = number
            for cursor in self._cursors:
                number = cursor.seek(number)
                if number < wanted:
                    break
            if number == wanted:
                return number if self._cursors else 0
        return 0

    def places(self) -> list[Place]:
        return [place for cursor in self._cursors for place in cursor.places()]
