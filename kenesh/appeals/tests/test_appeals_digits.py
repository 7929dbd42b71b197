"""The QR code of a receipt is the one that segno draws, and its picture shows exactly these squares."""

from __future__ import annotations

import random
import re
from urllib.parse import unquote

import segno

from kenesh.appeals.digits import BORDER, SIDE, picture_of

SOME = random.Random(20)
RECEIPTS = ["0" * 20, "9" * 20, *("".join(SOME.choices("0123456789", k=20)) for _ in range(200))]


def dark_squares(picture: str) -> list[bytes]:
    """As a browser paints them: a line of the height of one square for each run."""
    rows = [bytearray(SIDE) for _ in range(SIDE)]
    for left, top, length in re.findall(r"M(\d+),(\d+)\.5h(\d+)", unquote(picture)):
        for column in range(int(left), int(left) + int(length)):
            rows[int(top) - BORDER][column - BORDER] = 1
    return [bytes(row) for row in rows]


def test_the_picture_shows_the_squares_that_segno_draws() -> None:
    for digits in RECEIPTS:
        drawn = segno.make(digits, error="m", micro=False, mask=2)
        assert dark_squares(picture_of(digits)) == [bytes(row) for row in drawn.matrix]


def test_cameras_find_the_code_on_white_with_a_border_of_four_squares() -> None:
    picture = unquote(picture_of("1" * 20))
    assert 'viewBox="0 0 29 29"' in picture
    assert '<path fill="#fff" d="M0,0h29v29H0z"/>' in picture
