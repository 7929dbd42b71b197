"""Every command has help, every setting and every command is documented, and nothing documented is gone."""

import argparse
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kenesh.config.environment import DOCUMENTED
from kenesh.site.command_line import build_parser

ROOT = Path(__file__).resolve().parents[3]


def commands(parser: argparse.ArgumentParser, prefix: str = "") -> Iterator[tuple[str, str | None, argparse.ArgumentParser]]:
    """(name, its line of help, its parser) of each command and each command of a group."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            summaries = {choice.dest: choice.help for choice in action._choices_actions}
            for name, child in action.choices.items():
                yield f"{prefix}{name}", summaries.get(name), child
                yield from commands(child, f"{prefix}{name} ")


COMMANDS = list(commands(build_parser()))


@pytest.mark.parametrize(("name", "summary", "parser"), COMMANDS, ids=[name for name, _, _ in COMMANDS])
def test_every_command_and_argument_has_help(name: str, summary: str | None, parser: argparse.ArgumentParser) -> None:
    assert summary
    assert [
        action.dest for action in parser._actions if not action.help and not isinstance(action, argparse._SubParsersAction)
    ] == []


@pytest.mark.parametrize(("name", "parser"), [(name, parser) for name, _, parser in COMMANDS if parser.get_default("handler")])
def test_every_command_leads_to_a_function(name: str, parser: argparse.ArgumentParser) -> None:
    module, function = parser.get_default("handler").split(":")
    assert inspect.isfunction(getattr(importlib.import_module(module), function))


def test_every_command_is_documented() -> None:
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/operations.md"))
    undocumented = [name for name, _, parser in COMMANDS if parser.get_default("handler") and f"kenesh {name}" not in text]
    assert undocumented == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert sorted(name for name in DOCUMENTED if f"`{name}`" not in text) == []


def test_no_setting_is_documented_that_does_not_exist() -> None:
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    of_tests = {"KENESH_TEST_ENGINE"}
    assert sorted(set(re.findall(r"`(KENESH_\w+)`", text)) - set(DOCUMENTED) - of_tests) == []


def test_settings_are_read_in_one_place() -> None:
    """Elsewhere the environment is not asked for a setting; the names below steer a process, not the node."""
    allowed = {"KENESH_TEST_ENGINE", "KENESH_UNDER_SUPERVISOR", "KENESH_SHARED_MEMORY", "KENESH_DEBUG"}
    readers = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "kenesh").rglob("*.py"))
        if "tests" not in path.parts and path.name not in {"settings.py", "testing.py"}
        for name in re.findall(r"environ(?:\.get\(|\[)\s*\"(KENESH_\w+)\"", path.read_text(encoding="utf-8"))
        if name not in allowed
    ]
    assert readers == []
