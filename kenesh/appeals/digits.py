"""How 20 digits are shown: in groups of four, and as a QR code."""

from __future__ import annotations

import functools
import re

import segno

SIDE = 21  # squares of the smallest code, which holds them all
BORDER = 4  # squares of white around it, which cameras need
_DARK = re.compile("1+")
_PICTURE = (
    "data:image/svg+xml,%%3Csvg%%20xmlns=%%22http://www.w3.org/2000/svg%%22%%20viewBox=%%220%%200%%20%(side)d%%20%(side)d%%22"
    "%%20shape-rendering=%%22crispEdges%%22%%3E%%3Cpath%%20fill=%%22%%23fff%%22%%20d=%%22M0,0h%(side)dv%(side)dH0z%%22/%%3E"
    "%%3Cpath%%20stroke=%%22%%23000%%22%%20d=%%22%(lines)s%%22/%%3E%%3C/svg%%3E"
)


def digits_in_groups(digits: str) -> list[str]:
    return [digits[i : i + 4] for i in range(0, len(digits), 4)]


def picture_of(digits: str) -> str:
    """An address with a QR code in it. It holds the digits and nothing else: found on a phone, it names no address."""
    squares = squares_of(digits)
    lines = "".join(
        f"M{run.start() + BORDER},{number}.5h{run.end() - run.start()}"
        for number in range(BORDER, BORDER + SIDE)
        for run in _DARK.finditer(squares[(number - BORDER) * SIDE :][:SIDE])
    )
    return _PICTURE % {"side": SIDE + 2 * BORDER, "lines": lines}


def squares_of(digits: str) -> str:
    """The code's squares, row by row: "1" is dark.

    Such a code is linear: each bit that is written into it, three digits as ten bits, turns over squares of its own, also of
    those that mend errors. So segno is asked once for each bit, and not at each receipt.
    """
    squares, turned = _of_zeros()
    for group, of_bits in zip(_threes(digits), turned, strict=True):
        for bit, places in enumerate(of_bits):
            squares ^= places if int(group) >> bit & 1 else 0
    return f"{squares:0{SIDE * SIDE}b}"


def _threes(digits: str) -> list[str]:
    return [digits[i : i + 3] for i in range(0, len(digits), 3)]


@functools.cache
def _of_zeros() -> tuple[int, list[list[int]]]:
    """The squares of twenty zeros; and for each group of digits which of them each of its bits turns over."""
    zeros = _threes("0" * 20)
    squares = _drawn("".join(zeros))
    turned = []
    for place, group in enumerate(zeros):
        numbers = [f"{1 << bit:0{len(group)}d}" for bit in range(10 if len(group) == 3 else 7)]
        turned.append([squares ^ _drawn("".join([*zeros[:place], number, *zeros[place + 1 :]])) for number in numbers])
    return squares, turned


def _drawn(digits: str) -> int:
    """Not the smaller Micro QR, which the cameras of most phones cannot read. Any of the eight masks is a valid code (ISO/IEC
    18004, 7.8), and they must all be of one mask here."""
    rows = segno.make(digits, error="m", micro=False, mask=2).matrix
    return int("".join(str(square) for row in rows for square in row), 2)
