"""Rules of the source that need no more than reading it."""

import ast
import functools
import re

from kenesh.site.messages import PACKAGE

SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


@functools.cache
def trees() -> list[tuple[str, ast.Module]]:
    return [(str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


@functools.cache
def imports_of(tree: ast.Module) -> set[str]:
    """The first part of the name of everything that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_cryptography_is_called_in_the_vault_alone() -> None:
    users = {name for name, tree in trees() if imports_of(tree) & {"nacl", "cryptography", "Crypto"}}
    assert users <= {"kernel/vault.py", *(name for name in users if name.startswith("kernel/tests/"))}


def test_nothing_reaches_out_to_the_network() -> None:
    """No page, task or command asks another server for anything; letters leave through Django's mail alone."""
    assert {name for name, tree in trees() if imports_of(tree) & {"requests", "httpx", "aiohttp", "urllib3", "ftplib"}} == set()


def test_no_error_is_swallowed_whole() -> None:
    broad = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if "/tests/" not in name
        and isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert broad == []


def test_no_text_for_users_stands_inside_an_f_string() -> None:
    """The catalogues are made from calls that stand outside: one inside stays English in every language."""
    inside = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for text in ast.walk(tree)
        if "/tests/" not in name and isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and (node.func.id == "_" or "gettext" in node.func.id)
    ]
    assert inside == []


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
    assert [str(path) for path in SOURCES if words.search(path.read_text(encoding="utf-8"))] == []


def test_no_room_is_called_after_nothing() -> None:
    assert [str(path) for path in SOURCES if path.stem in {"utils", "helpers", "common", "misc"}] == []


def test_no_form_lists_languages_of_its_own() -> None:
    """The node's setting says in which languages it writes (themes.texts.writing_languages)."""
    codes = {"ky", "ru", "uz", "tg", "kk", "hy", "en"}
    lists = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        if "/forms" in name
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and len({each.value for each in node.elts if isinstance(each, ast.Constant)} & codes) > 1
    ]
    boxes = re.compile(r"\w+_(?:ky|ru|uz|tg|kk|hy|en)\b")
    named = [str(path) for path in SOURCES if "forms" in path.parts and boxes.search(path.read_text(encoding="utf-8"))]
    templates = [
        path
        for path in PACKAGE.rglob("templates/**/*.html")
        if re.search(rf"form\.{boxes.pattern}", path.read_text(encoding="utf-8"))
    ]
    assert (lists, named, templates) == ([], [], [])
