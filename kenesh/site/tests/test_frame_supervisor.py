"""The supervisor starts a fallen child again, gives up on one that does not stand, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kenesh.config import testing

pytestmark = pytest.mark.skipif(testing.ENGINE != "sqlite", reason="needs no database; once is enough")

PROGRAM = """
import sys
from kenesh.site.supervisor import Supervisor
child = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()} '); time.sleep(60)"
print(Supervisor({"child": [sys.executable, "-c", child, sys.argv[1]]}).run())
"""

SHARING = """
import sys
from kenesh.site.supervisor import Supervisor
child = (
    "import os, pathlib, sys, time; from kenesh.kernel import memory; memory.attach(os.environ['KENESH_SHARED_MEMORY'])\\n"
    "with memory.held() as m: m[0] += 1; pathlib.Path(sys.argv[1]).open('a').write(f'{m[0]} ')\\n"
    "time.sleep(60)"
)
print(Supervisor({name: [sys.executable, "-c", child, sys.argv[1]] for name in ("one", "other")}).run())
"""


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended and waits to be collected does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(true: object, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def start(notes: Path, program: str = PROGRAM) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(notes)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def pids(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text().split()] if notes.exists() else []


def test_a_stop_that_was_asked_for_ends_the_children_too(tmp_path: Path) -> None:
    supervisor = start(tmp_path / "pids")
    assert wait_until(lambda: len(pids(tmp_path / "pids")) == 1)
    supervisor.send_signal(signal.SIGTERM)
    output, _ = supervisor.communicate(timeout=10)
    assert (supervisor.returncode, output) == (0, "\n")
    assert not alive(pids(tmp_path / "pids")[0])


def test_a_killed_supervisor_leaves_no_orphan(tmp_path: Path) -> None:
    supervisor = start(tmp_path / "pids")
    assert wait_until(lambda: len(pids(tmp_path / "pids")) == 1)
    supervisor.kill()
    supervisor.communicate(timeout=10)
    assert wait_until(lambda: not alive(pids(tmp_path / "pids")[0]))


def test_a_fallen_child_is_started_again_and_given_up_after_three_quick_falls(tmp_path: Path) -> None:
    supervisor = start(tmp_path / "pids")
    for number in (1, 2, 3):
        assert wait_until(lambda number=number: len(pids(tmp_path / "pids")) == number)
        os.kill(pids(tmp_path / "pids")[-1], signal.SIGKILL)
    output, errors = supervisor.communicate(timeout=10)
    assert output == "child\n"
    assert errors.splitlines() == ["kenesh: child ended with status -9 and is started again"] * 2


def test_the_children_share_a_memory_that_is_no_file(tmp_path: Path) -> None:
    supervisor = start(tmp_path / "counted", SHARING)
    assert wait_until(lambda: sorted(pids(tmp_path / "counted")) == [1, 2])
    supervisor.send_signal(signal.SIGTERM)
    supervisor.communicate(timeout=30)
    assert [path.name for path in tmp_path.iterdir()] == ["counted"]
