"""Photos, papers and voice messages through the pages: on the way through the form, and with the receipt."""

from __future__ import annotations

import io
import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from kenesh.appeals import actions, attachments, drafts
from kenesh.appeals.models import Appeal, Attachment, Draft
from kenesh.appeals.tasks import forget_drafts
from kenesh.config import testing
from kenesh.kernel import sealed_files, vault

pytestmark = pytest.mark.django_db

MARK = "Мурзакмат-айлыгымды-бербейт"
FORM = {
    "": {"theme": "pay", "danger": "no", "story": "Айлык"},
    "where/": {"citizenship": "KG", "where_country": "RU"},
    "who/": {"for_whom": "self"},
    "answer/": {"answer_how": "code", "consents": ["a", "d"]},
}


@pytest.fixture(autouse=True)
def _empty_folders() -> None:
    for which in ("sealed", "arriving"):
        for path in sealed_files.folder(which).iterdir():
            path.unlink()


@pytest.fixture
def filler(aigul: Any) -> Client:
    """Somebody who has filled in the form and not sent it."""
    client = Client()
    for page, answers in FORM.items():
        assert client.post(f"/ky/appeal/{page}", answers).status_code == 302
    return client


@pytest.fixture
def person(filler: Client) -> Client:
    """Somebody who has come back with her receipt."""
    client = Client()
    client.post("/ky/appeal/status/", {"receipt": send(filler)})
    return client


def send(client: Client) -> str:
    assert b"<output>" in client.post("/ky/appeal/send/").content
    draft = drafts.load(client.cookies[settings.DRAFT_COOKIE_NAME].value)
    assert draft is not None
    return draft.receipt


def photo(maker: str = MARK) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (60, 30), (9, 99, 9))
    exif = image.getexif()
    exif[0x010E] = "PLACE-42.87-74.59" + maker.encode("ascii", "ignore").decode()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def add(client: Client, data: bytes, *, name: str = "сүрөт.jpg", where: str = "/ky/appeal/files/", key: str = "") -> Any:
    form = {"key": key or str(uuid.uuid4()), "file": SimpleUploadedFile(name, data)}
    return client.post(where, form)


def piece(client: Client, content: bytes, number: int, *, key: str, where: str = "/ky/appeal/files/", name: str = "a.txt") -> Any:
    head = json.dumps({"key": key, "name": name, "size": len(content), "number": number}).encode() + b"\n"
    at = number * sealed_files.PIECE
    data = content[at : at + sealed_files.PIECE] if number >= 0 else b""
    return client.post(f"{where}piece/", head + data, content_type="application/octet-stream").json()


def names_on_disk() -> list[str]:
    return sorted(path.name for which in ("sealed", "arriving") for path in sealed_files.folder(which).iterdir())


def everything_stored() -> bytes:
    """All bytes of the folder of files and of every table."""
    raw = b"".join(path.read_bytes() for path in settings.FILES.rglob("*") if path.is_file())
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - {
            "search_words"
        }:  # which SQLite cannot list; its pieces are tables, too
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                raw += b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    return raw


def test_a_photo_goes_with_the_form_to_the_office_and_back_with_the_receipt(filler: Client) -> None:
    assert add(filler, photo()).status_code == 302
    assert "сүрөт.jpg" in filler.get("/ky/appeal/check/").content.decode()
    client = Client()
    client.post("/ky/appeal/status/", {"receipt": send(filler)})
    page = client.get("/ky/appeal/status/files/").content.decode()
    address = re.search(r'href="(/ky/appeal/status/files/[0-9a-f-]{36}/)">сүрөт\.jpg', page)
    assert address is not None
    answer = client.get(address.group(1))
    assert b"".join(answer) == photo()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert int(answer.headers["Content-Length"]) == len(photo())


def test_the_place_of_a_photo_stays_in_the_sealed_original_and_is_gone_from_the_copy(filler: Client) -> None:
    add(filler, photo())
    draft = drafts.load(filler.cookies[settings.DRAFT_COOKIE_NAME].value)
    assert draft is not None
    [file] = attachments.files_in_draft(draft.answers)
    assert b"PLACE-42.87" in b"".join(attachments.read(file))
    assert b"PLACE-42.87" not in b"".join(attachments.read(file, shared=True))


def test_nothing_that_was_sent_can_be_read_on_the_disk_or_in_the_database(filler: Client) -> None:
    text = (MARK * 6000).encode()
    add(filler, text, name=f"{MARK}.txt")
    assert piece(filler, text, 0, key="a" * 32, name=f"{MARK}-2.txt")["have"] == 1
    assert MARK.encode() not in everything_stored()  # while the second is half here
    assert piece(filler, text, 1, key="a" * 32, name=f"{MARK}-2.txt")["done"] is True
    send(filler)
    assert Attachment.objects.filter(appeal__isnull=False).count() == 2
    assert MARK.encode() not in everything_stored()


def test_a_file_sent_twice_is_one(filler: Client) -> None:
    key = str(uuid.uuid4())
    assert [add(filler, photo(), key=key).status_code for _ in range(2)] == [302, 302]
    assert Attachment.objects.count() == 1
    assert len(names_on_disk()) == 2  # the original and the copy


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"<html><script>alert(1)</script>", "photo.jpg", "web"),
        (b"MZ\x90\x00" + bytes(99), "scan.pdf", "program"),
        (b"PK\x05\x06" + bytes(18), "papers.docx", "archive"),
        (b"", "nothing.jpg", "empty"),
        (b"x" * (20 * 2**20 + 1), "large.txt", "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_refused_with_a_sentence_and_leaves_nothing(
    filler: Client, data: bytes, name: str, code: str
) -> None:
    answer = add(filler, data, name=name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].startswith(str(attachments.REFUSALS[code]))
    assert (Attachment.objects.count(), names_on_disk()) == (0, [])


def test_every_reason_of_the_program_has_its_sentence() -> None:
    from pathlib import Path

    from kenesh.kernel import stripping

    source = "".join(path.read_text(encoding="utf-8") for path in Path(stripping.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'Refused\("(\w+)"', source)) | set(re.findall(r'"/\w+": "(\w+)"', source))
    codes |= {"unchecked", "mixed", "damaged"}
    assert sorted(codes - set(attachments.REFUSALS)) == []


def test_no_more_than_so_many_files_go_with_a_form(filler: Client, monkeypatch: Any) -> None:
    assert attachments.MOST_FILES == 10
    monkeypatch.setattr(attachments, "MOST_FILES", 2)  # each takes a moment
    for number in range(attachments.MOST_FILES):
        assert add(filler, f"текст {number}".encode(), name=f"{number}.txt").status_code == 302
    answer = add(filler, b"one more", name="11.txt")
    assert answer.status_code == 422
    assert Attachment.objects.count() == attachments.MOST_FILES
    assert piece(filler, b"one more", 0, key="b" * 32)["error"] == str(attachments.REFUSALS["too_many"])


def test_a_form_without_a_file_says_what_to_do(filler: Client) -> None:
    answer = filler.post("/ky/appeal/files/", {"key": str(uuid.uuid4())})
    assert answer.status_code == 422


def test_a_file_can_be_taken_out_again(filler: Client, django_capture_on_commit_callbacks: Any) -> None:
    add(filler, photo())
    with django_capture_on_commit_callbacks(execute=True):
        filler.post(f"/ky/appeal/files/{Attachment.objects.get().uid}/remove/")
    assert (Attachment.objects.count(), names_on_disk()) == (0, [])


def test_nobody_takes_out_or_sees_the_file_of_somebody_else(filler: Client, aigul: Any) -> None:
    add(filler, photo())
    uid = Attachment.objects.get().uid
    stranger = Client()
    for page, answers in FORM.items():
        stranger.post(f"/ky/appeal/{page}", answers)
    stranger.post(f"/ky/appeal/files/{uid}/remove/")
    assert Attachment.objects.count() == 1
    assert stranger.get("/ky/appeal/files/").context["files"] == []
    send(filler)
    other = Client()
    other.post("/ky/appeal/status/", {"receipt": send(stranger)})
    assert other.get(f"/ky/appeal/status/files/{uid}/").status_code == 404
    assert Client().get(f"/ky/appeal/status/files/{uid}/").status_code == 302


def test_files_of_a_form_that_is_not_sent_go_after_two_hours(filler: Client, django_capture_on_commit_callbacks: Any) -> None:
    add(filler, photo())
    assert Attachment.objects.get().expires_at == Draft.objects.order_by("-expires_at")[:1].get().expires_at
    past = timezone.now() - timedelta(minutes=1)
    Draft.objects.update(expires_at=past)
    Attachment.objects.update(expires_at=past)
    with django_capture_on_commit_callbacks(execute=True):
        forget_drafts.call()
    assert (Attachment.objects.count(), names_on_disk()) == (0, [])


def test_a_file_lives_as_long_as_its_form(filler: Client) -> None:
    add(filler, photo())
    Attachment.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    filler.post("/ky/appeal/where/", FORM["where/"])
    assert Attachment.objects.get().expires_at > timezone.now() + timedelta(hours=1)


def test_unsent_files_fill_no_disk(filler: Client, settings: Any) -> None:
    settings.DRAFT_FILES_MB = 10
    answer = add(filler, photo())
    assert answer.context["form"].errors["file"] == [str(attachments.REFUSALS["full"])]
    assert piece(filler, b"a word", 0, key="c" * 32)["error"] == str(attachments.REFUSALS["full"])
    assert names_on_disk() == []


def test_a_broken_connection_goes_on_and_adds_one_file(filler: Client) -> None:
    content = ("Расписка. " * 40_000).encode()
    key = "d" * 32
    pieces = -(-len(content) // sealed_files.PIECE)
    assert pieces == 3
    assert piece(filler, content, -1, key=key) == {"have": 0, "of": 3, "done": False, "wait": False, "error": ""}
    assert piece(filler, content, 0, key=key)["have"] == 1
    assert piece(filler, content, 0, key=key)["have"] == 1  # the answer was lost, the piece comes again
    assert piece(filler, content, 2, key=key)["have"] == 1  # nothing is left out
    assert piece(filler, content, -1, key=key)["have"] == 1  # another day, another tower
    assert piece(filler, content, 1, key=key)["have"] == 2
    assert piece(filler, content, 2, key=key)["done"] is True
    assert piece(filler, content, 2, key=key)["done"] is True
    assert Attachment.objects.count() == 1
    draft = drafts.load(filler.cookies[settings.DRAFT_COOKIE_NAME].value)
    assert draft is not None
    [file] = attachments.files_in_draft(draft.answers)
    assert b"".join(attachments.read(file)) == content


@pytest.mark.parametrize("body", [b"", b"{}\n", b"[1]\nx", b'{"key":"x","name":"a","size":1,"number":0}\n', b"\xff\xfe\n"])
def test_a_piece_that_no_script_of_ours_sent_changes_nothing(filler: Client, body: bytes) -> None:
    answer = filler.post("/ky/appeal/files/piece/", body, content_type="application/octet-stream")
    assert answer.status_code == 400
    assert names_on_disk() == []


def test_pieces_of_a_file_that_is_too_large_are_refused_at_once(filler: Client) -> None:
    head = json.dumps({"key": "e" * 32, "name": "a", "size": 20 * 2**20 + 1, "number": 0}).encode() + b"\n"
    answer = filler.post("/ky/appeal/files/piece/", head + bytes(100), content_type="application/octet-stream").json()
    assert answer["error"]
    assert names_on_disk() == []


def test_with_the_receipt_more_can_be_added_and_the_office_is_told(person: Client) -> None:
    Appeal.objects.update(status="person", due_on=None)
    assert add(person, photo(), where="/ky/appeal/status/files/").status_code == 302
    assert Appeal.objects.get().status == "new"  # nobody has taken it up: it is back in the queue
    steps = person.get("/ky/appeal/status/open/").context["view"].steps
    assert [step.body["code"] for step in steps] == ["received", "file_added"]


def test_pieces_go_with_the_receipt_too(person: Client) -> None:
    assert piece(person, b"a word", 0, key="f" * 32, where="/ky/appeal/status/files/")["done"] is True
    assert Attachment.objects.get().appeal_id is not None


def test_nothing_is_added_to_what_is_being_erased(person: Client) -> None:
    person.post("/ky/appeal/status/erase/")
    assert add(person, photo(), where="/ky/appeal/status/files/").status_code == 422
    assert names_on_disk() == []


def test_erasing_destroys_the_files(person: Client, django_capture_on_commit_callbacks: Any) -> None:
    add(person, photo(), where="/ky/appeal/status/files/")
    person.post("/ky/appeal/status/erase/")
    assert len(names_on_disk()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.destroy_erased(today=timezone.localdate() + timedelta(days=9)) == 1
    assert names_on_disk() == []


def test_a_file_that_was_exchanged_on_the_disk_does_not_open(person: Client) -> None:
    add(person, b"the first", name="1.txt", where="/ky/appeal/status/files/")
    add(person, b"the other", name="2.txt", where="/ky/appeal/status/files/")
    one, two = Attachment.objects.order_by("id")
    folder = sealed_files.folder("sealed")
    (folder / one.uid.hex).write_bytes((folder / two.uid.hex).read_bytes())
    with pytest.raises(vault.Tampered):
        person.get(f"/ky/appeal/status/files/{one.uid}/")


def test_a_large_body_is_let_through_where_files_are_taken_and_nowhere_else() -> None:
    body = b"x" * (4 * 2**20)
    kind = "multipart/form-data; boundary=X"
    assert Client().post("/ky/appeal/where/", body, content_type=kind).status_code == 413
    assert Client().post("/ky/nowhere/", body, content_type=kind).status_code == 413
    assert Client().post("/ky/appeal/files/", body, content_type=kind).status_code == 302
    assert Client().post("/work/cases/bbbbbbbb/files/", body, content_type=kind).status_code == 302
    too_large = Client().post("/ky/appeal/files/", b"x" * (22 * 2**20), content_type=kind)
    assert (too_large.status_code, bool(too_large.content)) == (413, True)


def test_a_file_sent_where_none_is_asked_for_leaves_nothing(aigul: Any) -> None:
    Client().post("/ky/appeal/", {"theme": "pay", "file": SimpleUploadedFile("a.txt", b"x" * 99)})
    assert names_on_disk() == []


def test_the_script_stays_small() -> None:
    import gzip
    from pathlib import Path

    script = Path(attachments.__file__).parent / "static/appeals/files.js"
    assert len(gzip.compress(script.read_bytes())) < 2048


@pytest.mark.skipif(testing.ENGINE != "sqlite", reason="the browser runs once")
@pytest.mark.browser
def test_the_page_has_no_barriers(live_server: Any, aigul: Any, open_page: Any, barriers: Any) -> None:
    page = open_page(width=360)
    page.goto(f"{live_server.url}/ky/appeal/")
    page.evaluate("document.querySelector('[name=theme]').click()")
    page.click("main form button.button")
    page.goto(f"{live_server.url}/ky/appeal/files/")
    assert barriers(page) == []
    page.set_input_files("[name=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Salam " * 100_000})
    page.click("form[data-pieces] button")
    page.wait_for_selector("main ul.list li")
    assert "a.txt" in page.inner_text("main ul.list")
