"""Runs the web server and the worker together: starts both again when they fall, stops both when asked, leaves no orphan."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

from kenesh.kernel import memory

PR_SET_PDEATHSIG = 1
SHORT_LIFE = 5.0  # seconds: who falls sooner than this, three times in a row, will not stand at the fourth
MOST_FALLS = 3
PATIENCE = 20.0  # seconds that a child has to end by itself


def die_with_parent(sign: int = signal.SIGTERM) -> None:
    """Asks the kernel to send this process `sign` when its parent ends, however it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """What a fallen child leaves of its own processes would go on answering beside the new one."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


class Supervisor:
    """Keeps a set of named commands running until SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.started: dict[str, float] = {}
        self.falls = dict.fromkeys(commands, 0)
        self.stopping = False
        self.environment = {**os.environ, "KENESH_UNDER_SUPERVISOR": "yes"}
        if sys.platform == "linux":
            self.environment["KENESH_SHARED_MEMORY"] = memory.create()

    def run(self) -> str:
        """Gives an empty text after a stop that was asked for, else the name of the command that does not stay up."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._stop)
        try:
            while not self.stopping:
                for name in self.commands:
                    if not self._stands(name):
                        return name
                time.sleep(0.2)
        finally:
            self._end_children()
        return ""

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _stands(self, name: str) -> bool:
        child = self.children.get(name)
        if child is not None and child.poll() is None:
            return True
        if child is not None:
            _end_group(child)
            short = time.monotonic() - self.started[name] < SHORT_LIFE
            self.falls[name] = self.falls[name] + 1 if short else 1
            if self.falls[name] >= MOST_FALLS:
                return False
            print(f"kenesh: {name} ended with status {child.returncode} and is started again", file=sys.stderr)
        # A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which ends the children in order.
        self.children[name] = subprocess.Popen(
            self.commands[name],
            process_group=0,
            preexec_fn=die_with_parent,  # safe here: one thread, and nothing but a system call
            env=self.environment,
        )
        self.started[name] = time.monotonic()
        return True

    def _end_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        limit = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
