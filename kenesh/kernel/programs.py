"""Runs a program of ours on a stranger's file, through pipes: bounded in time, with no environment, one at a time in each process."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from kenesh.kernel.stretching import Busy


class Bounded:
    """A program that reads everything before it says a word. It bounds its own memory and processor time; this bounds the rest.

    `arguments`: what Python is called with. `seconds`: after so many the program is ended, though it only waits.
    `queue`: seconds that somebody waits for the one before.
    """

    def __init__(self, arguments: Sequence[str], *, seconds: float, queue: float) -> None:
        self._arguments = list(arguments)
        self._seconds = seconds
        self._queue = queue
        self._running = threading.BoundedSemaphore(1)  # each may take hundreds of megabytes

    @contextmanager
    def asked(self, question: Iterable[bytes], *more: str) -> Iterator[IO[bytes]]:
        """Its answer, as a stream that ends early when the program died of its bounds. Raises stretching.Busy."""
        if not self._running.acquire(timeout=self._queue):
            raise Busy
        try:
            with self._process(*more) as process:
                if process.stdin is None or process.stdout is None:
                    raise RuntimeError("the program has no pipes")
                with suppress(BrokenPipeError):  # it has died of its bounds: the missing answer says so
                    for chunk in question:
                        process.stdin.write(chunk)
                    process.stdin.close()
                yield process.stdout
        finally:
            self._running.release()

    @contextmanager
    def _process(self, *more: str) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", *self._arguments, *more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", close_fds=True,
        )  # fmt: skip
        watch = threading.Timer(self._seconds, process.kill)
        watch.start()
        try:
            yield process
        finally:
            watch.cancel()
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()
