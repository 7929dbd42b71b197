"""How steady the machine was while something was measured: a fixed piece of work, timed between the requests.

A shared machine gives a process now more, now less of its processor: the same piece then takes twice its least time, and so
does a page. The ratio says how much of a p95 is the machine's doing: 1.0 is a machine that nobody else uses.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

_STEPS = 40_000  # some four milliseconds


def piece() -> float:
    """Milliseconds that the piece took, on the clock."""
    began, total = time.perf_counter(), 0
    for number in range(_STEPS):
        total += number * number
    return (time.perf_counter() - began) * 1000


def unsteadiness(pieces: Sequence[float]) -> float:
    """The p95 of at least two pieces, divided by the least of them."""
    return round(statistics.quantiles(pieces, n=20, method="inclusive")[-1] / min(pieces), 2)
