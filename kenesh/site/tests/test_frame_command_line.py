"""The command ends with 0, or with another status and one line on standard error."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kenesh.config import testing

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(testing.ENGINE != "sqlite", reason="starts programs of its own, on SQLite; once is enough")


def kenesh(*arguments: str, stdin: str = "", **environment: str) -> tuple[int, str, list[str]]:
    """(exit status, standard output, lines of standard error)"""
    done = subprocess.run(
        [sys.executable, "-m", "kenesh", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=180,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.splitlines()


def test_help_lists_every_command() -> None:
    status, output, errors = kenesh("--help")
    assert (status, errors) == (0, [])
    commands = [
        "serve",
        "migrate",
        "demo",
        "worker",
        "check",
        "read",
        "import",
        "language",
        "themes",
        "trail",
        "doctor",
        "bench",
        "freeze",
        "bounces",
    ]
    assert [name for name in commands if f"\n    {name} " not in output] == []


def test_an_unknown_command_ends_with_2_and_one_line() -> None:
    status, output, errors = kenesh("conquer")
    assert (status, output, len(errors)) == (2, "", 1)


def test_language_answers_with_one_object() -> None:
    status, output, _ = kenesh("language", "-", "--json", stdin="Мен үч айдан бери айлык ала элекмин, жардам бериңизчи.")
    answer = json.loads(output)
    assert (status, answer["language"], answer["script"]) == (0, "ky", "Cyrl")
    assert 0 < answer["confidence"] <= 1


def test_an_empty_text_is_refused() -> None:
    status, output, errors = kenesh("language", "-", "--json", stdin=" \n")
    assert (status, output, len(errors)) == (1, "", 1)


@pytest.mark.parametrize("name", ["language", "themes"])
def test_text_commands_never_set_django_up(name: str) -> None:
    """A home that cannot be made would end the settings at once."""
    status, _, errors = kenesh(name, "Нам не платят зарплату", "--json", KENESH_HOME="/proc/none", KENESH_PORT="none")
    assert (status, errors) == (0, [])


def test_a_wrong_setting_is_one_line_that_names_it() -> None:
    status, _, errors = kenesh("migrate", KENESH_PORT="eight")
    assert (status, len(errors)) == (1, 1)
    assert errors[0].startswith("KENESH_PORT='eight' cannot be used: ")


def test_an_address_with_https_and_no_proxy_is_refused() -> None:
    status, _, errors = kenesh("migrate", KENESH_ADDRESS="https://help.example.org", KENESH_PROXIES="0")
    assert (status, len(errors)) == (1, 1)
    assert errors[0].startswith("KENESH_PROXIES='0' cannot be used: write a whole number from 1 to 9")


@pytest.mark.parametrize("value", ["tg,az", "tg,", " , "])
def test_a_language_in_which_no_node_writes_is_refused(value: str) -> None:
    status, _, errors = kenesh("migrate", KENESH_WRITING_LANGUAGES=value)
    wanted = f"KENESH_WRITING_LANGUAGES={value!r} cannot be used: write one or more of ky, ru, uz, tg, kk, hy, en, with commas between. "
    assert (status, len(errors), errors[0].startswith(wanted)) == (1, 1, True)


def test_a_busy_port_is_refused_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, output, errors = kenesh("serve", KENESH_PORT=str(port))
    assert (status, output, len(errors)) == (1, "", 1)
    assert errors[0].startswith(f"kenesh: port {port} of 127.0.0.1 cannot be used")


def test_an_unknown_benchmark_is_refused() -> None:
    status, _, errors = kenesh("bench", "nothing", "--json")
    assert (status, len(errors)) == (1, 1)


def test_a_node_is_made_checked_and_given_its_first_account(tmp_path: Path) -> None:
    node = {"KENESH_HOME": str(tmp_path / "node"), "KENESH_DATABASE_URL": "sqlite"}
    account = ("people", "add-user", "--email", "ainura@example.org", "--name", "Ainura", "--role", "node_admin")

    status, _, errors = kenesh("serve", **node)
    assert (status, errors[0].endswith("run `kenesh migrate` first")) == (1, True)
    assert kenesh("migrate", **node) == (0, "", [])
    assert oct((tmp_path / "node/kenesh.sqlite3").stat().st_mode & 0o777) == "0o600"

    assert kenesh(*account, stdin="seven wild horses\n", **node) == (0, "ainura@example.org can sign in\n", [])
    status, _, errors = kenesh(*account, stdin="seven wild horses\n", **node)
    assert (status, errors) == (
        1,
        ["kenesh: there is an account with the address ainura@example.org: sign in with it, or choose another"],
    )

    head = kenesh("trail", "heads", **node)[1].strip()
    status, output, errors = kenesh("trail", "verify", "--head", head, **node)
    assert (status, output, errors) == (0, "the trail holds: 2 entries in 1 chains, 1 heads agree\n", [])
    status, _, errors = kenesh("trail", "verify", "--head", f"2:{'0' * 64}", **node)
    assert (status, len(errors)) == (1, 1)

    status, output, errors = kenesh("doctor", **node)
    assert (status, len(errors)) == (1, 1)
    assert "no worker was heard of" in output
