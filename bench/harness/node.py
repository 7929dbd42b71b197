"""A real node: `kenesh serve` in processes of its own, on a free loopback port, with a home of its own.

NodeTrouble            the node did not do what was asked; the message holds what it wrote last
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds until a start or an end counts as failed
TICKS = os.sysconf("SC_CLK_TCK")


class NodeTrouble(Exception):
    """The node did not do what was asked."""


def free_port() -> int:
    """A port that nobody listens on, below those that the system gives to clients.

    Among the latter, a client that knocks while the server is down can be given the server's own port, and then holds it.
    """
    lowest_of_clients = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = random.randrange(min(20_000, lowest_of_clients - 5_000), lowest_of_clients)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


MAY_BE_CHOSEN = {"KENESH_WEB_PROCESSES", "KENESH_WEB_THREADS"}  # what a benchmark may want to compare


class Node:
    """Its processes, from `start` to `stop` or `kill`; it may be started again. What it prints goes to HOME/serve.log."""

    def __init__(self, home: Path, *, database: str = "sqlite") -> None:
        self.home, self.port = home, free_port()
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in MAY_BE_CHOSEN or not name.startswith(("KENESH_", "DJANGO_", "PYTEST_"))
        }
        self.environment = {
            **kept,
            "KENESH_HOME": str(home),
            "KENESH_PORT": str(self.port),
            "KENESH_DATABASE_URL": database,
            "KENESH_CALM_PER_MINUTE": "1000000",  # a benchmark is a flood: without this it would be asked for proofs
            "DJANGO_SETTINGS_MODULE": "kenesh.config.settings",
        }
        self.server: subprocess.Popen[bytes] | None = None

    # --- commands -----------------------------------------------------------------------------------------------------

    def python(self, *arguments: str, stdin: str = "") -> str:
        """Runs `python -m …` within the node's environment and gives its output. Raises NodeTrouble."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NodeTrouble(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def kenesh(self, *arguments: str, stdin: str = "") -> str:
        return self.python("kenesh", *arguments, stdin=stdin)

    # --- the server ---------------------------------------------------------------------------------------------------

    def start(self, *options: str) -> None:
        """Starts `kenesh serve` and returns when it answers. Raises NodeTrouble."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "serve.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "kenesh", "serve", "--stop-with-parent", *options],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        limit = time.monotonic() + PATIENCE
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > limit:
                self.kill()
                raise NodeTrouble(f"the server does not answer: {self.log()[-2000:]}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/ru/appeal/status/")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def log(self) -> str:
        """What the server has printed so far."""
        return (self.home / "serve.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ends the server as an operator does."""
        if self.server is None:
            return
        self.server.terminate()
        try:
            self.server.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        self.server = None

    def kill(self) -> None:
        """Ends every process of the server with SIGKILL: none of them can finish or tidy up anything."""
        if self.server is None:
            return
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGSTOP)  # or it would start again what is killed
        everything = family(self.server.pid)
        for pid in reversed(everything):
            _send(pid, signal.SIGKILL)
        self.server.wait()
        limit = time.monotonic() + PATIENCE
        while any(map(alive, everything)):
            if time.monotonic() > limit:
                raise NodeTrouble("killed processes do not end")
            time.sleep(0.01)
        self.server = None

    def web_cpu_seconds(self) -> float:
        """CPU time (user and system) that the web server's processes have used so far; the task worker's is left out."""
        return cpu_seconds(self._web())

    def web_command(self) -> list[str]:
        """The command line of the web server, to start another one like it."""
        return command(self._web()[0]).decode().strip("\0").split("\0")

    def _web(self) -> list[int]:
        assert self.server is not None
        return [pid for pid in _children().get(self.server.pid, []) if b"granian" in command(pid)]


# --- processes, out of /proc (Linux, proc(5)) -------------------------------------------------------------------------------


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU time of these processes and all that descend from them."""
    return sum(_cpu_ticks(pid) for root in roots for pid in family(root)) / TICKS


def _fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, from the state on; empty for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def alive(pid: int) -> bool:
    fields = _fields(pid)
    return bool(fields) and fields[0] != "Z"


def _cpu_ticks(pid: int) -> int:
    """utime and stime of the process and of its children that have ended (cutime, cstime)."""
    fields = _fields(pid)
    return sum(map(int, fields[11:15])) if fields else 0


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (fields := _fields(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    return children


def family(root: int) -> list[int]:
    """The process and all its descendants, parents first."""
    children, found = _children(), [root]
    for pid in found:  # grows while it is walked
        found.extend(children.get(pid, []))
    return found


def _send(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has ended by itself
        os.kill(pid, sign)
