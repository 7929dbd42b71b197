"""Lock files pin everything by hash and name no place to download from; the licence is there in full."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LOCKS = ["requirements.txt", "requirements-test.txt", "package-lock.json"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_hold_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?://|file://|git\+|--(?:extra-)?index-url|--find-links|\"resolved\"", text) == []


@pytest.mark.parametrize("name", LOCKS[:2])
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9].*(?:\n    .*)*", text, re.MULTILINE)
    assert len(packages) > 20
    assert [package.splitlines()[0] for package in packages if not re.match(r"\S+==\S+.*\\\n    --hash=sha256:", package)] == []


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    served, tested = versions("requirements.txt"), versions("requirements-test.txt")
    assert {name: version for name, version in served.items() if tested.get(name) != version} == {}


def test_the_browser_tests_need_one_package_of_npm_alone() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert sorted(packages) == ["", "node_modules/axe-core"]


def test_the_licence_is_the_full_text_of_the_agpl() -> None:
    text = (ROOT / "LICENSE").read_bytes()
    assert text.lstrip().startswith(b"GNU AFFERO GENERAL PUBLIC LICENSE\n")
    assert hashlib.sha256(text).hexdigest() == "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"
