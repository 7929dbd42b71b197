"""Who works with this node's database: processes that serve it share a lock, a move has it alone; and where it has moved to."""

from __future__ import annotations

import fcntl
import os
from datetime import date
from pathlib import Path
from typing import TextIO

from django.conf import settings

from kenesh.config.environment import DatabaseAddress

MOVING = "KENESH_MOVING"  # in the environment of the process that makes the new database


class InUse(Exception):
    """Another process has the lock."""


def hold(*, alone: bool) -> TextIO:
    """Takes the lock, for as long as the file that it gives is open. Raises InUse."""
    file = (settings.HOME / "node.lock").open("a")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse from None
    return file


def name_of(address: DatabaseAddress) -> str:
    """A database in words, without a password."""
    if address.engine == "sqlite":
        return "sqlite"
    return f"postgresql://{address.host}{address.port and f':{address.port}'}/{address.name}"


def _mark() -> Path:
    return Path(settings.HOME) / "moved"


def leave_mark(old: str, new: str) -> None:
    """Says that the node is no longer in its old database, so that nobody goes on there by mistake."""
    aside = _mark().with_suffix(".part")
    with aside.open("w", encoding="utf-8") as file:
        file.write(f"{old}\t{new}\t{date.today().isoformat()}\n")  # noqa: DTZ011  # a day for people, in the zone of the machine
        file.flush()
        os.fsync(file.fileno())
    aside.replace(_mark())


def moved_to() -> str:
    """Where the node went from the database that the settings name; "" when it is still there."""
    if os.environ.get(MOVING) or not _mark().exists():
        return ""
    old, new, _day = _mark().read_text(encoding="utf-8").strip().split("\t")
    return new if old == name_of(settings.DATABASE_URL) else ""
