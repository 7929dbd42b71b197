"""A bounded queue for slow key derivation, so that a crowd of filings cannot eat the machine.

One derivation runs at a time in each process and some wait; who comes after gets `Busy`, and the page keeps the form.
Staff sign-in has a queue of its own, so that a flood of the public form keeps nobody out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import connection

T = TypeVar("T")


class Busy(Exception):
    """Too many are waiting. Nothing was lost: ask again in some seconds."""


class StretchQueue:
    """`running` at a time, `waiting` more in line."""

    def __init__(self, *, running: int, waiting: int) -> None:
        self._line = threading.BoundedSemaphore(running + waiting)
        self._running = threading.BoundedSemaphore(running)

    def run(self, derive: Callable[[], T]) -> T:
        """What `derive` returns. Raises Busy, and RuntimeError inside a transaction, whose locks it would hold for long."""
        # Django marks the transactions that its test cases wrap around a test; those are not ours.
        if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            raise RuntimeError("key derivation belongs outside of transactions")
        if not self._line.acquire(blocking=False):
            raise Busy
        try:
            with self._running:
                return derive()
        finally:
            self._line.release()


# Of a process's threads some always stay free for pages that derive nothing: with 16 threads at most nine are in the
# public's line, two in the line of strangers who sign in, and three in that of devices that have signed in before, which
# no stranger can enter.
public = StretchQueue(running=1, waiting=min(8, settings.WEB_THREADS // 2))
staff = StretchQueue(running=1, waiting=settings.WEB_THREADS // 16)
known = StretchQueue(running=1, waiting=settings.WEB_THREADS // 8)
