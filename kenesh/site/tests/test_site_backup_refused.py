"""A backup that is not the one that this node made is refused with a clear line, and nothing is replaced."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings

from kenesh.appeals import actions as appeals
from kenesh.kernel import archive, carried, vault
from kenesh.people.models import User
from kenesh.site import backup
from kenesh.site.tests.test_site_backup import file_one, holder, silent, wreck

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path) -> Any:
    before, settings.LEDGER = settings.LEDGER, tmp_path / "ledger" / "erasures.tsv"
    yield
    settings.LEDGER = before


@pytest.fixture
def key() -> vault.RecoveryKey:
    made = vault.new_recovery_key()
    carried.set_keys(made.pair.secret)
    return made


class Made(NamedTuple):
    folder: Path
    content: Path
    keys: Path
    older_content: Path
    older_keys: Path


@pytest.fixture
def made(aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Two backups of a filled node, each of many chunks; then it burns."""
    monkeypatch.setattr(archive, "CHUNK", 4096)
    file_one(office)
    shown = settings.FILES / "public" / "emblem.svg"
    shown.parent.mkdir(parents=True, exist_ok=True)
    shown.write_text("<svg/>")
    folder = tmp_path / "backups"
    older = tmp_path / "older"
    backup.back_up(older, today=date(2026, 11, 22), said=silent)
    backup.back_up(folder, today=date(2026, 11, 22), said=silent)
    wreck()
    shown.unlink()
    content, keys = backup.newest(folder)
    return Made(folder, content, keys, *backup.newest(older))


def _head_and_chunks(path: Path) -> tuple[bytes, list[bytes]]:
    raw = path.read_bytes()
    end = raw.index(b"\n", raw.index(b"\n", raw.index(b"\n") + 1) + 1) + 1
    head, rest, chunks = raw[:end], raw[end:], []
    while rest:
        length = 4 + int.from_bytes(rest[:4], "big")
        chunks.append(rest[:length])
        rest = rest[length:]
    return head, chunks


def _cut(made: Made) -> None:
    made.content.write_bytes(made.content.read_bytes()[:-300])


def _cut_at_a_chunk(made: Made) -> None:
    head, chunks = _head_and_chunks(made.content)
    made.content.write_bytes(head + b"".join(chunks[:-1]))


def _alter(made: Made) -> None:
    raw = bytearray(made.content.read_bytes())
    raw[-100] ^= 1
    made.content.write_bytes(raw)


def _add(made: Made) -> None:
    made.content.write_bytes(made.content.read_bytes() + b"\0\0\0\1x")


def _reorder(made: Made) -> None:
    head, chunks = _head_and_chunks(made.content)
    made.content.write_bytes(head + b"".join(reversed(chunks)))


def _alter_head(made: Made) -> None:
    raw = made.content.read_bytes()
    made.content.write_bytes(raw.replace(b'"migrations": ["', b'"migrations": ["x", "', 1))


def _swap_parts(made: Made) -> None:
    shutil.copy(made.keys, made.content)


def _swap_moments(made: Made) -> None:
    shutil.copy(made.older_content, made.content)


def _rename_an_older_one(made: Made) -> None:
    shutil.copy(made.older_content, made.content)
    shutil.copy(made.older_keys, made.keys)
    for path in (made.content, made.keys):
        path.rename(path.with_name(re.sub(r"-\d{8}T", "-20991231T", path.name)))


def _alter_file(made: Made) -> None:
    (made.folder / "files" / "public" / "emblem.svg").write_text("<xvg/>")


def _take_file_away(made: Made) -> None:
    (made.folder / "files" / "public" / "emblem.svg").unlink()


def _link_file(made: Made) -> None:
    file = made.folder / "files" / "public" / "emblem.svg"
    file.rename(made.folder / "emblem.svg")
    file.symlink_to(made.folder / "emblem.svg")


def _forge(made: Made) -> None:
    """Somebody who can write to the folder and knows the public key, but is not the node, makes both archives anew."""
    public = carried.public_key()
    assert public is not None
    for path, part in ((made.content, "content"), (made.keys, "keys")):
        header = json.loads(path.read_bytes().split(b"\n")[1])
        path.unlink()
        header = {name: header[name] for name in ("uid", "made", "node", "migrations")}
        with archive.Writer(path, part=part, header=header, public_key=public, mac_key=vault.new_key()) as writer:
            writer.line({"secret": "pepper", "value": "00" * 32})


HARMS = {
    "cut off": (_cut, "was changed at chunk"),
    "cut off where a chunk ends": (_cut_at_a_chunk, "is cut off after chunk"),
    "altered": (_alter, "was changed at chunk"),
    "longer": (_add, "goes on after its end"),
    "in another order": (_reorder, "was changed at chunk"),
    "with another head": (_alter_head, "was not made by the node of this key, or its head was changed"),
    "keys in the place of content": (_swap_parts, "holds the keys of a backup, not the content"),
    "content of another moment": (_swap_moments, "are not of one moment"),
    "an older one under a newer name": (_rename_an_older_one, "given an older backup the name of a newer one"),
    "made by somebody else": (_forge, "was not made by the node of this key"),
    "with an altered file": (_alter_file, "emblem.svg is not the file that was backed up"),
    "without a file": (_take_file_away, "emblem.svg is missing in the backup"),
    "with a link in the place of a file": (_link_file, "emblem.svg is missing in the backup"),
}


def test_a_backup_is_refused_with_a_clear_line_before_anything_is_replaced(
    made: Made, key: vault.RecoveryKey, tmp_path: Path
) -> None:
    secrets, whole, said = settings.SECRETS, tmp_path / "whole", {}
    shutil.copytree(made.folder, whole)
    files = sorted((settings.FILES / "public").iterdir())
    for harm, (act, _line) in HARMS.items():
        shutil.rmtree(made.folder)
        shutil.copytree(whole, made.folder)
        act(made)
        with pytest.raises((archive.Unreadable, backup.Wrong)) as refused:
            backup.restore(made.folder, secret=key.pair.secret, ledger_file=None, said=silent)
        said[harm] = str(refused.value)
        assert (User.objects.count(), settings.SECRETS, sorted((settings.FILES / "public").iterdir())) == (0, secrets, files)
    assert {harm: said[harm] for harm, (_act, line) in HARMS.items() if line not in said[harm]} == {}
    backup.restore(whole, secret=key.pair.secret, ledger_file=None, said=silent)
    assert (User.objects.exists(), (settings.FILES / "public" / "emblem.svg").read_text()) == (True, "<svg/>")


def test_a_backup_of_another_node_is_refused(made: Made) -> None:
    other = vault.new_recovery_key().pair.secret
    with pytest.raises(archive.Unreadable, match="was not made by the node of this key"):
        backup.restore(made.folder, secret=other, ledger_file=None, said=silent)
    assert not User.objects.exists()


def test_a_file_that_is_missing_is_left_out_when_somebody_says_so(made: Made, key: vault.RecoveryKey) -> None:
    faults: list[str] = []
    _take_file_away(made)
    backup.restore(made.folder, secret=key.pair.secret, ledger_file=None, said=silent, leave_out=faults.append)
    assert faults == ["files/public/emblem.svg is missing in the backup"]
    assert User.objects.exists()


def test_a_file_that_has_changed_is_backed_up_anew(key: vault.RecoveryKey, tmp_path: Path) -> None:
    shown = settings.FILES / "public" / "emblem.svg"
    shown.parent.mkdir(parents=True, exist_ok=True)
    for text in ("<svg/>", "<svg></svg>"):
        shown.write_text(text)
        backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    assert (tmp_path / "backups" / "files" / "public" / "emblem.svg").read_text() == "<svg></svg>"


def test_a_node_that_came_back_goes_on_with_its_backups(made: Made, key: vault.RecoveryKey, tmp_path: Path) -> None:
    for name in (carried.PUBLIC_KEY, f"secrets/{carried.MAC_KEY}"):
        (settings.HOME / name).unlink()
    backup.restore(made.folder, secret=key.pair.secret, ledger_file=None, said=silent)
    backup.back_up(tmp_path / "next", today=date(2026, 11, 23), said=silent)
    wreck()
    backup.restore(tmp_path / "next", secret=key.pair.secret, ledger_file=None, said=silent)
    assert User.objects.exists()


def test_a_ledger_that_is_older_than_the_backup_is_refused(
    aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path
) -> None:
    digits = [file_one(office), file_one(office)]
    appeals.request_erasure(holder=holder(digits[0]))
    shutil.copy(settings.LEDGER, tmp_path / "old.tsv")
    appeals.request_erasure(holder=holder(digits[1]))
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    wreck()
    with pytest.raises(backup.Wrong, match="is older than the backup"):
        backup.restore(tmp_path / "backups", secret=key.pair.secret, ledger_file=tmp_path / "old.tsv", said=silent)
    assert not User.objects.exists()
