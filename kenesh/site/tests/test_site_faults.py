"""The machine fails under a real node: the disk is full, the database goes away. Nothing typed is lost, nothing is doubled."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bench.harness.caseworker import Caseworker, NotKept, typed_in
from bench.harness.node import Node
from bench.harness.person import PAGES, Person
from kenesh.config import testing

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
    node.start("--migrate")
    node.python("bench.harness.inside", "office")
    seed = bytes.fromhex(node.python("bench.harness.inside", "factor").strip())
    first = Person(node.port)
    first.file()
    first.close()
    caseworker = Caseworker(node.port, "ru")
    caseworker.sign_in(seed)
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
def test_a_full_disk_gives_a_clear_page_keeps_what_was_typed_and_stores_it_once_when_there_is_room(small_disk: Path) -> None:
    node = Node(small_disk / "home")
    with contextlib.ExitStack() as closing:
        closing.callback(node.kill)
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
