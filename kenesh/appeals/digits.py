"""How 20 digits are shown: in groups of four, and as a QR code."""

from __future__ import annotations

import re

import segno

BORDER = 4  # squares of white around it, which cameras need
_DARK = re.compile(rb"\x01+")
_PICTURE = (
    "data:image/svg+xml,%%3Csvg%%20xmlns=%%22http://www.w3.org/2000/svg%%22%%20viewBox=%%220%%200%%20%(side)d%%20%(side)d%%22"
    "%%20shape-rendering=%%22crispEdges%%22%%3E%%3Cpath%%20fill=%%22%%23fff%%22%%20d=%%22M0,0h%(side)dv%(side)dH0z%%22/%%3E"
    "%%3Cpath%%20stroke=%%22%%23000%%22%%20d=%%22%(lines)s%%22/%%3E%%3C/svg%%3E"
)


def digits_in_groups(digits: str) -> list[str]:
    return [digits[i : i + 4] for i in range(0, len(digits), 4)]


def picture_of(digits: str) -> str:
    """An address with a QR code in it. It holds the digits and nothing else: found on a phone, it names no address.

    Not the smaller Micro QR, which the cameras of most phones cannot read. Any of the eight masks is a valid code (ISO/IEC
    18004, 7.8); to look for the best one takes longer than the rest of the page. Drawn here, a line for each run of dark
    squares, since segno's own drawing takes as long again.
    """
    rows = segno.make(digits, error="m", micro=False, mask=2).matrix
    lines = "".join(
        f"M{run.start() + BORDER},{number}.5h{run.end() - run.start()}"
        for number, row in enumerate(rows, BORDER)
        for run in _DARK.finditer(row)
    )
    return _PICTURE % {"side": len(rows) + 2 * BORDER, "lines": lines}
