"""Memory that the processes of the web server share and that no disk holds.

The supervisor makes it as a file without a name (memfd_create, Linux), which goes with the last process that has it open, and
tells its children where to find it. A process that nobody supervises has such memory of its own. What stands in it at first is
zeros; what is written is gone when the node stops.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = 2**21

_threads = threading.Lock()
_file: int | None = None
_map = mmap.mmap(-1, SIZE)


def create() -> str:
    """New shared memory, held open by this process for its life; gives the address by which its children find it."""
    file = os.memfd_create("kenesh")
    os.ftruncate(file, SIZE)
    return f"/proc/{os.getpid()}/fd/{file}"


def attach(address: str) -> None:
    """From now on this process uses the memory at `address`, which `create` gave. Raises OSError."""
    global _file, _map
    file = os.open(address, os.O_RDWR | os.O_CLOEXEC)
    with _threads:
        _file, _map = file, mmap.mmap(file, SIZE)


@contextmanager
def held() -> Iterator[mmap.mmap]:
    """The memory, for one thread of one process at a time."""
    with _threads:
        if _file is not None:
            fcntl.flock(_file, fcntl.LOCK_EX)
        try:
            yield _map
        finally:
            if _file is not None:
                fcntl.flock(_file, fcntl.LOCK_UN)


def clear() -> None:
    """Forgets everything, as a new start does."""
    with held() as memory:
        memory[:] = bytes(SIZE)
