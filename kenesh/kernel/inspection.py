"""Has a stranger's file looked into by a program of its own (kernel/stripping), through pipes, with no secret in its reach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from kenesh.kernel import sealed_files, vault
from kenesh.kernel.programs import Bounded

MOST_COPY = 60 * 2**20
_program = Bounded(["-m", "kenesh.kernel.stripping"], seconds=25, queue=30)


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
    with _asked(mode, chunks) as (said, copy):
        kind, refused = str(said["kind"]), str(said["refused"])
        if refused or not said["copy"]:
            return Verdict(kind, refused)
        stored = sealed_files.write(copy_name, copy)
        # A copy that reached its bound may have been cut off.
        return Verdict(kind, copy=stored if stored.size < MOST_COPY else None)


def preview(chunks: Iterable[bytes]) -> bytes:
    """A small JPEG of a picture; b"" when none can be made. Raises stretching.Busy."""
    with _asked("preview", chunks) as (_said, copy):
        return b"".join(copy)


@contextmanager
def _asked(mode: str, chunks: Iterable[bytes]) -> Iterator[tuple[dict[str, object], Iterator[bytes]]]:
    """The verdict and the copy."""
    with _program.asked(chunks, mode) as answer:
        line = answer.readline(4096)
        if line.endswith(b"\n"):
            yield json.loads(line), _bounded(answer)
        else:
            yield {"kind": "", "refused": "unchecked", "copy": False}, iter(())


def _bounded(answer: IO[bytes]) -> Iterator[bytes]:
    """The copy; one that goes beyond its bound ends there, and the program with it."""
    left = MOST_COPY
    while left > 0 and (chunk := answer.read(min(vault.STREAM_CHUNK, left))):
        left -= len(chunk)
        yield chunk
