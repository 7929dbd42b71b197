"""A PostgreSQL server that waits for the disk at every commit, as one in use does (`scripts/with-postgresql` does not)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.harness.node import NodeTrouble, free_port

PROGRAMS = Path("/usr/lib/postgresql")
IN_MEMORY = {"tmpfs", "ramfs"}


@dataclass(frozen=True)
class PostgresServer:
    """Its address without a database name (`postgresql://…:port`) and the process id of its main process."""

    address: str
    pid: int


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs; None when none is installed."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    """A folder that a power cut leaves in place (/var/tmp, FHS 3.0 section 5.15). Raises NodeTrouble when it is in memory."""
    folder = Path(tempfile.mkdtemp(prefix="kenesh-bench-", dir="/var/tmp"))  # mkdtemp makes it for this user alone
    try:
        if file_system(folder) in IN_MEMORY:
            raise NodeTrouble(f"{folder.parent} is in memory here: durable commits cannot be measured")
        folder.chmod(0o711)  # PostgreSQL's own user walks through it to its folder
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def file_system(path: Path) -> str:
    """The kind of the file system on which the path lies (Linux, proc(5))."""
    mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text().splitlines()]
    return max((point, kind) for point, kind in mounts if path.is_relative_to(point))[1]


@contextmanager
def postgresql(parent: Path) -> Iterator[PostgresServer]:
    """A fresh server in a folder of `parent`, with `fsync` and `synchronous_commit` on (the defaults). Raises NodeTrouble."""
    bin_folder = programs()
    if bin_folder is None:
        raise NodeTrouble("PostgreSQL is not installed")
    folder, port = parent / "postgresql", free_port()
    folder.mkdir(mode=0o700)
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=on -c max_connections=120"
    _run([*as_owner, str(bin_folder / "initdb"), "-D", str(data), "-A", "trust", "-U", "kenesh", "--locale=C", "-E", "UTF8"])
    control = [*as_owner, str(bin_folder / "pg_ctl"), "-s", "-w", "-D", str(data)]
    _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        yield PostgresServer(f"postgresql://kenesh@127.0.0.1:{port}", pid)
    finally:
        _run([*control, "-m", "immediate", "stop"])


def make_database(server: PostgresServer, name: str) -> None:
    import psycopg

    with psycopg.connect(f"{server.address}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise NodeTrouble(f"{' '.join(command)}: {done.stderr.strip()[-1000:]}")
