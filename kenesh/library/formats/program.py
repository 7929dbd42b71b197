"""The program that reads PDF and Word files of strangers: bound in memory and processor time, it writes nothing and starts nothing.

It is asked through its standard input, file after file, and answers each with one line of JSON. `isolated.py` starts it.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import resource
import sys
from typing import BinaryIO

from kenesh.library.formats.extracted import CannotRead

MEMORY = 768 * 2**20
SECONDS = 20  # of processor time for one file
READERS = ("pdf", "word")
_TOO_LARGE = "Reading the file takes more memory than is given to one file. Split it, or save it as plain text."


def bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def answer(reader: str, data: bytes) -> dict[str, object]:
    """{"extracted": …} or {"refused": a sentence}. The reader is loaded when it is first asked for."""
    try:
        module = importlib.import_module(f"kenesh.library.formats.{READERS[READERS.index(reader)]}")
        return {"extracted": dataclasses.asdict(module.extract(data))}
    except CannotRead as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": _TOO_LARGE}


def serve(asked: BinaryIO, out: BinaryIO) -> None:
    """Each question is a line "reader length" and so many bytes."""
    while line := asked.readline(100):
        reader, length = line.decode("ascii").split()
        data = asked.read(int(length))
        used = resource.getrusage(resource.RUSAGE_SELF)
        # The kernel ends the program when one file takes too long; the next file begins with a time of its own.
        soft = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        out.write(json.dumps(answer(reader, data)).encode("ascii") + b"\n")
        out.flush()


def main() -> None:
    sys.setrecursionlimit(3000)
    bind()
    serve(sys.stdin.buffer, sys.stdout.buffer)
