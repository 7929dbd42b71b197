"""The files of a backup: attachments are ciphertext already, but nothing in a folder says that they are the ones that were there.

So each backup names every file with its hash in the archive of content, which is authenticated; a restore compares all of them
before it replaces anything, and brings no other.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

from django.conf import settings

PARTS = ("sealed", "public")
KNOWN = "backup.files"  # in KENESH_HOME: what was hashed before, so that a daily backup reads new files alone
Said = Callable[[str, int, int], None]


class Line(TypedDict):
    """`file`: part and path, with slashes. `hash`: BLAKE2b-256 in hexadecimal."""

    file: str
    size: int
    hash: str


def copy(folder: Path, said: Said) -> Iterator[Line]:
    """Copies new and changed files into the backup, deletes those that were destroyed here, and tells each that is there now."""
    known, now = _known(), settings.HOME / f"{KNOWN}.part"
    with now.open("w", encoding="utf-8") as memory:
        for part in PARTS:
            source, target = settings.FILES / part, folder / "files" / part
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            here = sorted(_relative(source))
            _delete_gone(target, set(here))
            for number, relative in enumerate(here, 1):
                line = _copy_one(source / relative, target / relative, f"{part}/{relative.as_posix()}", known, memory.write)
                if line is not None:
                    yield line
                said(f"files/{part}", number, len(here))
    now.replace(settings.HOME / KNOWN)


def _known() -> dict[str, tuple[str, str]]:
    """File → its size and time, and the hash that it had."""
    path = settings.HOME / KNOWN
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {name: (stamp, digest) for name, stamp, digest in (line.split("\t") for line in lines)}


def _relative(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*") if folder.is_dir() and not folder.is_symlink() else ():
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder)


def _delete_gone(target: Path, here: set[Path]) -> None:
    for path in target.rglob("*"):
        if (path.is_symlink() or path.is_file()) and path.relative_to(target) not in here:
            path.unlink()


def _copy_one(
    source: Path, target: Path, name: str, known: dict[str, tuple[str, str]], remember: Callable[[str], object]
) -> Line | None:
    """None for a file that was destroyed while the backup was made."""
    try:
        about = source.stat()
        stamp, (before, digest) = f"{about.st_size}.{about.st_mtime_ns}", known.get(name, ("", ""))
        if stamp != before or not target.is_file() or target.stat().st_size != about.st_size:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = target.with_name(target.name + ".copying")
            shutil.copy2(source, aside)
            digest = _hash(aside)
            aside.rename(target)
    except FileNotFoundError:
        return None
    remember(f"{name}\t{stamp}\t{digest}\n")
    return {"file": name, "size": about.st_size, "hash": digest}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()


def fault_of(folder: Path, line: Line) -> str:
    """What is wrong with a file of the backup, in words; "" when it is the one that was there."""
    path = _place(folder / "files", line["file"])
    if path is None or not path.is_file() or path.is_symlink():
        return f"files/{line['file']} is missing in the backup"
    if path.stat().st_size != line["size"] or _hash(path) != line["hash"]:
        return f"files/{line['file']} is not the file that was backed up: it was changed or cut off"
    return ""


def bring(folder: Path, names: list[str]) -> None:
    """Copies files that were compared into the node. What else lies in the folder stays there."""
    for name in names:
        source, target = _place(folder / "files", name), _place(settings.FILES, name)
        if source is None or target is None:
            continue  # no name of ours: `fault_of` has refused it before
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(source, target)


def _place(folder: Path, name: str) -> Path | None:
    """The file of that name below the folder, on no way that leads out of it, through no link."""
    part, _, rest = name.partition("/")
    path = folder / part / rest
    plain = part in PARTS and rest and os.path.normpath(name) == name and ".." not in Path(name).parts
    linked = any(above.is_symlink() for above in path.parents if above.is_relative_to(folder))
    return path if plain and not linked else None
