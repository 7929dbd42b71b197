"""Has a stranger's file looked into by a program of its own (kernel/stripping), through pipes, with no secret in its reach."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from kenesh.kernel import sealed_files, vault
from kenesh.kernel.stretching import Busy

PROGRAM = "kenesh.kernel.stripping"
WALL_SECONDS = 25  # the program bounds its own processor time; this ends one that waits
QUEUE_SECONDS = 30
MOST_COPY = 60 * 2**20
_running = threading.BoundedSemaphore(1)  # each may take 512 MiB: one at a time in each process


@dataclass(frozen=True)
class Verdict:
    """`refused`: a code, "" for a file that is taken. `copy`: the sealed copy without metadata, None when none could be made."""

    kind: str
    refused: str = ""
    copy: sealed_files.Stored | None = None


def inspect(read: Callable[[], Iterable[bytes]], *, copy_name: str) -> Verdict:
    """The verdict; the copy is sealed as it comes and kept under `copy_name`. Raises stretching.Busy.

    A program that died of its bounds is asked again for the kind alone: a picture or a sound is taken then, without a copy.
    """
    verdict = _verdict("inspect", read(), copy_name)
    return _verdict("kind", read(), copy_name) if verdict.refused == "unchecked" else verdict


def _verdict(mode: str, chunks: Iterable[bytes], copy_name: str) -> Verdict:
    with _program(mode, chunks) as (said, copy):
        kind, refused = str(said["kind"]), str(said["refused"])
        if refused or not said["copy"]:
            return Verdict(kind, refused)
        stored = sealed_files.write(copy_name, copy)
        # A copy that reached its bound may have been cut off.
        return Verdict(kind, copy=stored if stored.size < MOST_COPY else None)


def preview(chunks: Iterable[bytes]) -> bytes:
    """A small JPEG of a picture; b"" when none can be made. Raises stretching.Busy."""
    with _program("preview", chunks) as (_said, copy):
        return b"".join(copy)


@contextmanager
def _program(mode: str, chunks: Iterable[bytes]) -> Iterator[tuple[dict[str, object], Iterator[bytes]]]:
    if not _running.acquire(timeout=QUEUE_SECONDS):
        raise Busy
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", "-m", PROGRAM, mode],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", close_fds=True,
        )  # fmt: skip
        watch = threading.Timer(WALL_SECONDS, process.kill)
        watch.start()
        try:
            yield _ask(process, chunks)
        finally:
            watch.cancel()
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()
    finally:
        _running.release()


def _ask(process: subprocess.Popen[bytes], chunks: Iterable[bytes]) -> tuple[dict[str, object], Iterator[bytes]]:
    """Writes everything, then reads the verdict: the program reads all before it says a word."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the program has no pipes")
    with suppress(BrokenPipeError):  # it has died of its bounds: the missing verdict says so
        for chunk in chunks:
            process.stdin.write(chunk)
        process.stdin.close()
    line = process.stdout.readline(4096)
    if not line.endswith(b"\n"):
        return {"kind": "", "refused": "unchecked", "copy": False}, iter(())
    return json.loads(line), _bounded(process)


def _bounded(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """The copy; one that goes beyond its bound ends there, and the program with it."""
    left = MOST_COPY
    while process.stdout is not None and left > 0 and (chunk := process.stdout.read(min(vault.STREAM_CHUNK, left))):
        left -= len(chunk)
        yield chunk
