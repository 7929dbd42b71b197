"""The files of documents as they came, under files/public/library: public material, kept plainly, and in every backup."""

from __future__ import annotations

import os
import re
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

LEFT_OVER_SECONDS = 3_600  # a file that no row names is deleted after an hour
_NAME = re.compile(r"[0-9a-f]{32}")


def folder() -> Path:
    path: Path = settings.FILES / "public" / "library"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Writes a file and makes sure that it lies on the disk; its name and its size. Raises OSError."""
    name, size = uuid.uuid4().hex, 0
    path = folder() / name
    with path.open("xb") as file:
        for chunk in chunks:
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return name, size


def content(name: str) -> bytes:
    """Raises FileNotFoundError for one that is gone, ValueError for what is no name of ours."""
    return _path(name).read_bytes()


def delete(name: str) -> None:
    if name:
        _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("this is no name of a file of the library")
    return folder() / name


def old_ones() -> set[str]:
    """Names of files that were written more than an hour ago."""
    before = time.time() - LEFT_OVER_SECONDS
    return {entry.name for entry in os.scandir(folder()) if _NAME.fullmatch(entry.name) and entry.stat().st_mtime < before}
