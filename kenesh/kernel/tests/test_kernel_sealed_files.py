"""Sealed files on the disk: what a thief reads, what a forger can do, what a broken line leaves."""

from __future__ import annotations

import os
import time
import tracemalloc
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser
from hypothesis import given
from hypothesis import strategies as st

from kenesh.kernel import downloads, sealed_files, vault
from kenesh.kernel.uploads import MOST_BYTES, SealingUploadHandler

PLACE = vault.Place("files", "sealed", "aa")
KEY = bytes(range(32))


@pytest.fixture
def stored() -> Iterator[sealed_files.Stored]:
    uid = uuid.uuid4()
    yield sealed_files.write(sealed_files.name_of(uid), [b"Murzakmat" * 30_000])
    sealed_files.delete(uid)


def path_of(stored: sealed_files.Stored) -> Path:
    return settings.FILES / "sealed" / stored.name


@given(st.lists(st.binary(max_size=150_000), max_size=4))
def test_whatever_is_sealed_in_whatever_pieces_opens_again(parts: list[bytes]) -> None:
    sealer = vault.StreamSealer(KEY, PLACE)
    sealed = sealer.header + b"".join(sealer.seal(part) for part in parts) + sealer.finish()
    whole = b"".join(parts)
    assert len(sealed) == vault.sealed_stream_length(len(whole))
    opener = vault.StreamOpener(KEY, PLACE, sealed[: vault.STREAM_HEADER])
    body = sealed[vault.STREAM_HEADER :]
    chunks = [body[at : at + vault.SEALED_CHUNK] for at in range(0, len(body), vault.SEALED_CHUNK)]
    assert b"".join(opener.open(chunk) for chunk in chunks) == whole
    assert opener.finished


def test_a_file_opens_as_it_was(stored: sealed_files.Stored) -> None:
    assert b"".join(sealed_files.read(stored)) == b"Murzakmat" * 30_000
    assert b"Murzakmat" not in path_of(stored).read_bytes()


@pytest.mark.parametrize("harm", ["cut", "cut_inside", "swapped", "repeated", "flipped", "longer", "gone"])
def test_a_file_that_somebody_changed_does_not_open(stored: sealed_files.Stored, harm: str) -> None:
    path = path_of(stored)
    raw = path.read_bytes()
    head, size = vault.STREAM_HEADER, vault.SEALED_CHUNK
    one, two = raw[head : head + size], raw[head + size : head + 2 * size]
    changed = {
        "cut": raw[:-size],
        "cut_inside": raw[:-100],
        "swapped": raw[:head] + two + one + raw[head + 2 * size :],
        "repeated": raw[:head] + one + one + raw[head + 2 * size :],
        "flipped": raw[:500] + bytes([raw[500] ^ 1]) + raw[501:],
        "longer": raw + one,
    }
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(changed[harm])
    with pytest.raises(vault.Tampered):
        b"".join(sealed_files.read(stored))


def test_a_cut_file_is_no_shorter_file(stored: sealed_files.Stored) -> None:
    """Also for who can change the length that the row gives: the last chunk carries a mark of its own."""
    raw = path_of(stored).read_bytes()
    path_of(stored).write_bytes(raw[: -vault.SEALED_CHUNK])
    shorter = sealed_files.Stored(stored.name, stored.key, stored.size - vault.STREAM_CHUNK)
    with pytest.raises(vault.Tampered):
        b"".join(sealed_files.read(shorter))


def test_one_file_does_not_open_under_the_name_of_another(stored: sealed_files.Stored) -> None:
    other = uuid.uuid4()
    path_of(stored).rename(settings.FILES / "sealed" / other.hex)
    with pytest.raises(vault.Tampered):
        b"".join(sealed_files.read(sealed_files.Stored(other.hex, stored.key, stored.size)))
    sealed_files.delete(other)


def test_lengths_show_in_steps_of_64_kib() -> None:
    assert {vault.sealed_stream_length(size) for size in (0, 1, 65_535)} == {vault.STREAM_HEADER + vault.SEALED_CHUNK}


@pytest.mark.parametrize("name", ["../settings", "/etc/passwd", "a" * 32 + "/x", "", "A" * 32])
def test_a_name_that_is_none_reaches_no_file(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        list(sealed_files.read(sealed_files.Stored(name, KEY, 1)))


# --- coming in --------------------------------------------------------------------------------------------------------------


class Endless:
    """The body of a form with one file of so many bytes, made up as it is read."""

    def __init__(self, size: int) -> None:
        head = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
        self.parts = [head, *([b"Murzakmat!" * 6_400] * (size // 64_000)), b"\r\n--X--\r\n"]
        self.length = sum(len(part) for part in self.parts)
        self.left = b""

    def read(self, size: int = -1) -> bytes:
        while self.parts and len(self.left) < size:
            self.left += self.parts.pop(0)
        given, self.left = self.left[:size], self.left[size:]
        return given


def parsed(size: int) -> Any:
    body = Endless(size)
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=X", "CONTENT_LENGTH": str(body.length)}
    handlers: list[FileUploadHandler] = [SealingUploadHandler()]
    return MultiPartParser(meta, body, handlers, "utf-8").parse()[1]["file"]


def test_twenty_megabytes_come_in_with_flat_memory_and_sealed() -> None:
    tracemalloc.start()
    upload = parsed(19 * 2**20)
    read = sum(len(chunk) for chunk in upload.chunks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == upload.size == 19 * 2**20 // 64_000 * 64_000
    assert peak < 2**20
    part = settings.FILES / "arriving" / f"{upload._writer.name}.part"
    assert b"Murzakmat" not in part.read_bytes()
    upload.close()
    assert not part.exists()


def test_more_than_twenty_megabytes_are_read_and_not_kept() -> None:
    upload = parsed(MOST_BYTES + 2**20)
    assert upload.too_large
    assert upload.size <= MOST_BYTES
    upload.close()


def test_an_upload_reads_like_a_file() -> None:
    upload = parsed(128_000)
    assert upload.read(9) == b"Murzakmat"
    upload.seek(0)
    assert upload.read() == b"Murzakmat!" * 12_800
    upload.close()


def test_a_broken_connection_goes_on_where_it_was() -> None:
    secret, content = b"s" * 32, os.urandom(700_000)
    pieces = [content[at : at + sealed_files.PIECE] for at in range(0, len(content), sealed_files.PIECE)]
    first = sealed_files.Arriving(secret, "k", len(content))
    assert first.put(0, pieces[0]) == 1
    assert first.put(2, pieces[2]) == 1, "a piece that comes too early changes nothing"
    part = settings.FILES / "arriving" / f"{first.name}.part"
    with part.open("ab") as file:
        file.write(b"half of a piece, then the power went")
    later = sealed_files.Arriving(secret, "k", len(content))
    assert later.have() == 1
    assert later.put(0, b"x" * sealed_files.PIECE) == 1, "a piece that is there already stays as it is"
    assert [later.put(1, pieces[1]), later.put(2, pieces[2])] == [2, 3]
    assert b"".join(later.chunks()) == content
    later.forget()


def test_pieces_of_one_sender_are_nothing_to_another() -> None:
    mine = sealed_files.Arriving(b"a" * 32, "k", 10)
    mine.put(0, b"0123456789")
    assert sealed_files.Arriving(b"b" * 32, "k", 10).have() == 0
    raw = settings.FILES / "arriving" / f"{mine.name}.part"
    assert b"0123456789" not in raw.read_bytes()
    mine.forget()


def test_what_no_row_names_is_swept_after_an_hour(stored: sealed_files.Stored) -> None:
    sealed_files.Arriving(b"a" * 32, "k", 10).put(0, b"0123456789")
    kept = {uuid.UUID(stored.name)}
    registers = sealed_files._registers[:]
    try:
        sealed_files._registers[:] = [lambda uids: kept & set(uids)]
        assert sealed_files.sweep() == 0
        sealed_files.sweep(now=time.time() + 3 * 3600)
        assert path_of(stored).exists()
        assert sealed_files.arriving_bytes() == 0
        kept.clear()
        sealed_files.sweep(now=time.time() + 3 * 3600)
        assert not path_of(stored).exists()
    finally:
        sealed_files._registers[:] = registers


# --- going out --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("паспорт.jpeg", "паспорт.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Windows\\evil.exe", "evil.jpg"),
        ("a\r\nSet-Cookie: b.jpg", "aSet-Cookie b.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("%2e%2e%2fx\x00.jpg", "2e2e2fx.jpg"),
        ("..", "file.jpg"),
        ("", "file.jpg"),
        ("a" * 500 + ".jpg", "a" * 80 + ".jpg"),
    ],
)
def test_names_of_strangers_lead_nowhere(name: str, shown: str) -> None:
    assert downloads.safe_name(name, "image/jpeg") == shown


def test_a_file_goes_out_as_a_download_that_no_browser_runs() -> None:
    response = downloads.download(iter([b"<script>", b"x"]), name="a.html", kind="text/html", size=9)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="a.bin"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert b"".join(response) == b"<script>x"
