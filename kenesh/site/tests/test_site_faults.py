"""The machine fails under a real node: the disk is full, the database goes away. Nothing typed is lost, nothing is doubled."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from PIL import Image

from bench.harness.caseworker import Caseworker, NotKept, typed_in
from bench.harness.node import Node, alive, command, family
from bench.harness.person import PAGES, AskedToWait, NoAnswer, Person
from kenesh.config import testing

ROUNDS, WINDOWS, STRUCK_AFTER, LONGEST = 8, 6, 6, 240.0  # the last in seconds
COLD = {"KENESH_WARM_UP": "no"}  # these servers start often; the one of test_site_kill.py warms up as in use
sqlite_only = pytest.mark.skipif(testing.ENGINE != "sqlite", reason="the small disk holds the database of SQLite")
WORDS = "Ответ прокуратуры: «проверка назначена», 12.03.\nЖооп келди 😀 <b>&amp;"


def mounted(path: Path, size: str) -> bool:
    """A small file system in memory; False where this user may not mount one."""
    path.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "small"
    if os.geteuid() != 0 or not mounted(path, "24m"):
        pytest.skip("a small disk of its own can only be mounted by root")
    yield path
    subprocess.run(["umount", "--lazy", str(path)], check=True)


def fill(disk: Path) -> Path:
    """Takes every free byte; gives the file that does."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def with_office(node: Node) -> Caseworker:
    """A node with an office, one case and a caseworker who is signed in; gives her browser."""
    node.start()
    node.python("bench.harness.inside", "office")
    seed = bytes.fromhex(node.python("bench.harness.inside", "factor").strip())
    first = Person(node.port)
    first.file()
    first.close()
    caseworker = Caseworker(node.port, "ru")
    caseworker.sign_in(seed)
    caseworker.close()  # what comes next may take longer than the server keeps an idle connection
    return caseworker


def a_case(node: Node) -> str:
    return f"/work/cases/{node.python('bench.harness.inside', 'case').strip()}/"


def written(node: Node) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(node.python("bench.harness.inside", "written"))
    return found


def a_picture() -> bytes:
    """About 700 KB that do not compress."""
    file = io.BytesIO()
    Image.frombytes("RGB", (480, 480), random.Random(1).randbytes(480 * 480 * 3)).save(file, "PNG")
    return file.getvalue()


def until_refused(caseworker: Caseworker, path: str) -> tuple[list[str], dict[str, str], NotKept]:
    """Writes notes until the disk takes none; gives those that were acknowledged, the form that was not, and the answer."""
    kept: list[str] = []
    for number in range(2000):
        form = {"note-text": f"{number} {WORDS}", "note-key": str(uuid.uuid4())}
        try:
            caseworker.keep(path, form)
        except NotKept as why:
            return kept, form, why
        kept.append(form["note-text"])
    raise AssertionError("the disk never was full")


@sqlite_only
def test_a_full_disk_gives_a_clear_page_keeps_what_was_typed_and_stores_it_once_when_there_is_room(
    small_disk: Path, make_node: Callable[..., Node]
) -> None:
    node = make_node(small_disk / "home", **COLD)
    with contextlib.ExitStack() as closing:
        closing.callback(node.kill)  # before the disk goes
        caseworker = with_office(node)
        case = a_case(node)
        person = Person(node.port, "ru")
        again = Person(node.port, "ru")
        for browser in (caseworker, person, again):
            closing.callback(browser.close)
        person.fill()
        caseworker.get(case)
        filler = fill(small_disk)

        kept, form, refused = until_refused(caseworker, f"{case}note/")
        assert refused.answer.status == 507
        assert "kenesh doctor" in refused.answer.body.decode()
        assert typed_in(refused.answer) == {**form, "": f"{case}note/"}
        with pytest.raises(NotKept) as piece:
            caseworker.add_file(f"{case}files/piece/", "photo.png", a_picture(), uuid.UUID(int=1))
        assert piece.value.answer.status == 200  # the page's script shows the sentence that is in it
        assert person.post("/ru/appeal/send/", {}).status == 507
        again.get("/ru/appeal/")
        refused_page = again.post("/ru/appeal/", PAGES[""])
        assert (refused_page.status, typed_in(refused_page)) == (507, {**PAGES[""], "": "/ru/appeal/"})
        assert "only 0 MB are free" in _doctor(node)

        for browser in (caseworker, person, again):
            browser.close()
        filler.unlink()
        caseworker.keep(f"{case}note/", form)
        caseworker.keep(f"{case}note/", form)
        caseworker.add_file(f"{case}files/piece/", "photo.png", a_picture(), uuid.UUID(int=1))
        digits = [person.send(), again.file()]
        stored = json.loads(node.python("bench.harness.inside", "look", stdin="\n".join(digits)))
        assert stored == {"found": 2, "opened": 2, "appeals": 3, "receipts": 3}
        found = written(node)
        assert sorted(found["notes"]) == sorted([*kept, form["note-text"]])
        assert found["files"] == [len(a_picture())]
        assert len(list((node.home / "files/sealed").iterdir())) == 2  # the picture and its copy without metadata
        assert list((node.home / "files/arriving").iterdir()) == []


def _doctor(node: Node) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kenesh", "doctor"],
        env=node.environment,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


class Work:
    """What a caseworker writes in several windows at once. What is not acknowledged she sends again, the same form."""

    def __init__(self, case: str, template: str, person: str) -> None:
        letter = f"{case}letters/write/?template={template}&person={person}"
        self.forms: list[tuple[str, dict[str, str]]] = [(letter, {"key": str(uuid.uuid4()), "version": "0"}) for _ in range(2)]
        for number in range(ROUNDS):
            key = {name: str(uuid.uuid4()) for name in ("answer", "note", "step")}
            self.forms += [
                (f"{case}answer/", {"answer-text": f"{number} {WORDS}", "answer-key": key["answer"]}),
                (f"{case}note/", {"note-text": f"{number} {WORDS}", "note-key": key["note"]}),
                (f"{case}step/", {"step-kind": "call", "step-what": f"{number} {WORDS}", "step-key": key["step"]}),
            ]
        self.case, self.acknowledged, self.refused = case, 0, 0
        self.begun = threading.Event()
        self._lock = threading.Lock()

    def all_of_it(self, browser: Caseworker) -> None:
        with ThreadPoolExecutor(WINDOWS) as pool:
            file = pool.submit(self._until_kept, browser.colleague(), self._add_file)
            done = list(pool.map(lambda form: self._until_kept(browser.colleague(), lambda own: own.keep(*form)), self.forms))
            file.result()
        assert len(done) == len(self.forms)

    def _add_file(self, browser: Caseworker) -> None:
        browser.add_file(f"{self.case}files/piece/", "photo.png", a_picture(), uuid.UUID(int=7))

    def _until_kept(self, browser: Caseworker, act: Callable[[Caseworker], object]) -> None:
        limit = time.monotonic() + LONGEST
        with contextlib.closing(browser):
            while True:
                assert time.monotonic() < limit, "what was written was never acknowledged"
                try:
                    act(browser)
                except (NoAnswer, NotKept, AskedToWait):
                    self.refused += 1
                    time.sleep(0.3)
                else:
                    break
        with self._lock:
            self.acknowledged += 1
            if self.acknowledged >= STRUCK_AFTER:
                self.begun.set()

    def is_all_there_once(self, node: Node) -> None:
        texts = sorted(f"{number} {WORDS}" for number in range(ROUNDS))
        found = written(node)
        assert {name: sorted(found[name]) for name in ("answers", "notes", "steps")} == dict.fromkeys(
            ("answers", "notes", "steps"), texts
        )
        assert (found["files"], found["letters"]) == ([len(a_picture())], 2)
        assert node.kenesh("trail", "verify").startswith("the trail holds")


def begin_work(node: Node) -> tuple[Caseworker, Work]:
    caseworker = with_office(node)
    case = a_case(node)
    page = caseworker.get(f"{case}letters/").body.decode()
    template = re.search(r'<select name="template".*?<option value="([^"]+)"', page, re.DOTALL)
    person = re.search(r'<select name="person".*?<option value="([^"]+)"', page, re.DOTALL)
    assert template is not None
    assert person is not None
    return caseworker, Work(case, template.group(1), person.group(1))


def strike(node: Node, caseworker: Caseworker, work: Work, blow: Callable[[], None]) -> None:
    """The blow falls while she writes."""
    with contextlib.closing(caseworker), ThreadPoolExecutor(1) as pool:
        writing = pool.submit(work.all_of_it, caseworker)
        assert work.begun.wait(LONGEST)
        blow()
        if (error := writing.exception()) is not None:
            error.add_note(node.log()[-4000:])  # which error it was, and where
            raise error
    assert work.refused > 0


def child(node: Node, *words: bytes) -> int:
    """The child of the supervisor whose command holds these words; 0 for none."""
    assert node.server is not None
    found = [pid for pid in family(node.server.pid)[1:] if set(words) <= set(command(pid).split(b"\0"))]
    return found[0] if found else 0


def web_server(node: Node) -> int:
    return child(node, b"granian", b"--interface")


def task_worker(node: Node) -> int:
    return child(node, b"kenesh", b"worker")


def waited_for(true: Callable[[], object]) -> bool:
    limit = time.monotonic() + LONGEST
    while time.monotonic() < limit:
        if true():
            return True
        time.sleep(0.1)
    return False


def test_a_server_killed_while_caseworkers_write_loses_and_doubles_nothing(make_node: Callable[..., Node]) -> None:
    node = make_node(**COLD)
    caseworker, work = begin_work(node)

    def kill_each_alone_and_then_all() -> None:
        web, worker = web_server(node), task_worker(node)
        os.kill(family(web)[-1], signal.SIGKILL)  # one of the processes that answer
        os.kill(worker, signal.SIGKILL)
        assert waited_for(lambda: task_worker(node) not in (0, worker))
        os.kill(web, signal.SIGKILL)  # the web server's own parent: what it leaves must not go on answering
        assert waited_for(lambda: web_server(node) not in (0, web))
        node.kill()
        node.start()

    strike(node, caseworker, work, kill_each_alone_and_then_all)
    work.is_all_there_once(node)

    assert node.server is not None
    everything = family(node.server.pid)
    node.server.kill()  # the supervisor alone
    assert waited_for(lambda: not any(map(alive, everything[1:])))


@pytest.fixture
def own_server() -> Iterator[str]:
    """A PostgreSQL server of its own: the other tests' one is not to be restarted."""
    script = Path(__file__).parents[3] / "scripts/with-postgresql"
    shell = ["sh", "-c", 'echo "$KENESH_DATABASE_URL"; cat']
    with subprocess.Popen([str(script), *shell], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        name = urlsplit(address)
        with psycopg.connect(urlunsplit(name._replace(path="/postgres")), autocommit=True) as connection:
            connection.execute("CREATE DATABASE kenesh")
        yield address
        assert server.stdin is not None
        server.stdin.close()


@pytest.mark.skipif(testing.ENGINE != "postgresql", reason="SQLite is no server that could be restarted")
def test_a_database_restarted_while_caseworkers_write_loses_and_doubles_nothing(own_server: str, tmp_path: Path) -> None:
    with psycopg.connect(own_server, autocommit=True) as connection:
        folder = str(connection.execute("SHOW data_directory").fetchone()[0])  # type: ignore[index]  # one row
    node = Node(tmp_path / "home", database=own_server)
    with contextlib.ExitStack() as closing:
        closing.callback(node.kill)
        node.environment |= COLD
        node.kenesh("migrate")
        caseworker, work = begin_work(node)
        before = task_worker(node), web_server(node)

        def restart() -> None:
            control(folder, "stop")
            time.sleep(4)  # long enough for the worker to notice
            control(folder, "start")

        strike(node, caseworker, work, restart)
        work.is_all_there_once(node)
        assert (task_worker(node), web_server(node)) == before


def control(folder: str, what: str) -> None:
    """Stops the server as a power cut would, or starts it with the options it had."""
    program = max(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    options = shlex.join(shlex.split(Path(folder, "postmaster.opts").read_text())[3:])  # after the program and its folder
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    more = ["-m", "immediate"] if what == "stop" else ["-l", f"{folder}/../log", "-o", options]
    subprocess.run([*owner, str(program), "-s", "-w", "-D", folder, *more, what], check=True, cwd="/", stdout=subprocess.DEVNULL)
