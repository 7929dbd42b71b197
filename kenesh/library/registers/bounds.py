"""What a register may hold at most, and how one is refused. No Django here: the program that reads it has none."""

from __future__ import annotations

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 100, 1_500_000
LONGEST_CELL = 32_767

Row = list[str | None]


class Refused(Exception):
    """The file is not taken; the message is a code."""
