"""What is wrong with the machine and not with what was asked: no room on the disk, or a database that does not answer.

Both pass by themselves or by somebody's hand, and the same form sent again then succeeds; so the page that says it keeps
what was typed.
"""

from __future__ import annotations

import enum
import errno
import shutil
import sqlite3
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError

NEARLY_NOTHING = 2**20  # bytes: SQLite names some writes that found no room an error of the disk

# First five, or first two characters of SQLSTATE (PostgreSQL, appendix A).
_FULL = ("53100",)
_AWAY = ("08", "53", "57", "58", "25006", "40001", "40P01", "55P03")


class Fault(enum.Enum):
    """Of the machine."""

    FULL = "full"  # the disk
    AWAY = "away"  # the database, or a disk that cannot be written to


def fault_of(error: BaseException) -> Fault | None:
    """Which fault of the machine lies behind an error; None for a mistake of ours."""
    return next((fault for each in _with_causes(error) if (fault := _fault(each))), None)


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    for _depth in range(10):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def _fault(error: BaseException) -> Fault | None:
    if isinstance(error, OSError):
        return _of_file(error)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, InterfaceError):
        return Fault.AWAY  # the connection is closed
    cause = error.__cause__
    if isinstance(error, DatabaseError) and cause is not None and hasattr(cause, "sqlstate"):
        return _of_postgresql(error, cause.sqlstate)
    return None


def _of_file(error: OSError) -> Fault | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault.FULL
    return Fault.AWAY if error.errno in (errno.EROFS, errno.EIO) else None


def _of_sqlite(error: sqlite3.Error) -> Fault | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the number tells where it happened
    if code == sqlite3.SQLITE_FULL:
        return Fault.FULL
    if code in (
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
    ):
        nothing_free = shutil.disk_usage(settings.HOME).free < NEARLY_NOTHING
        return Fault.FULL if nothing_free and code != sqlite3.SQLITE_BUSY else Fault.AWAY
    return None


def _of_postgresql(error: DatabaseError, state: str | None) -> Fault | None:
    if state is None:
        return Fault.AWAY if isinstance(error, OperationalError) else None  # it could not be reached, or hung up
    if state.startswith(_FULL):
        return Fault.FULL
    return Fault.AWAY if state.startswith(_AWAY) else None
