"""Bringing documents in, through HTTP and the worker's task: what is kept, what is read, what a killed worker leaves."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kenesh.library import actions, originals
from kenesh.library.models import Batch, Document, Incoming
from kenesh.library.reader import Reader

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TEXT = "15 мая 2024 года в Бишкеке обсудили невыплату зарплаты мигрантам из Кыргызстана и Узбекистана."


@pytest.fixture(autouse=True)
def _a_folder_without_files() -> Iterator[None]:
    yield
    for path in (settings.FILES / "public" / "library").glob("*"):
        path.unlink()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One program for all tests of this file: starting it takes longest."""
    with Reader() as program:
        yield program


def brought(client: Client, *names: str, text: str = "", key: str = "") -> Batch:
    """The batch that the form made."""
    papers = [SimpleUploadedFile(name, (SAMPLES / name).read_bytes()) for name in names]
    said = {"papers": papers, "text": text, "source": "a page", "key": key or uuid.uuid4().hex}
    answer = client.post("/work/library/bring/", said)
    assert answer.status_code == 302, answer.content.decode()
    code = re.fullmatch(r"/work/library/batch/(\w{8})/", answer.headers["Location"])
    assert code
    return Batch.objects.get(code=code[1])


def states(batch: Batch) -> list[str]:
    return list(batch.files.order_by("number").values_list("state", flat=True))


def read_all(batch: Batch, reader: Reader) -> None:
    """As the worker does: for some time, and again while something is left."""
    while actions.read_some(batch_id=batch.pk, reader=reader):
        pass


def test_files_and_a_copied_text_wait_and_are_read_by_a_program_within_bounds(editor: Client, reader: Reader) -> None:
    batch = brought(editor, "press-release-ru.html", "minutes-ky.txt", text=TEXT)
    assert states(batch) == ["waiting", "waiting", "waiting"]
    assert "0 of 3 are done." in editor.get(f"/work/library/batch/{batch.code}/").content.decode()
    read_all(batch, reader)
    assert states(batch) == ["read", "read", "read"]
    assert sorted(Document.objects.values_list("language", flat=True)) == ["ky", "ru", "ru"]
    shown = editor.get(f"/work/library/batch/{batch.code}/").content.decode()
    assert "3 of 3 are done." in shown
    document = Document.objects.get(source="minutes-ky.txt")
    assert originals.content(document.original) == (SAMPLES / "minutes-ky.txt").read_bytes()


def mail_with(subject: str, body: str, *files: tuple[str, bytes]) -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"] = subject, "press@example.org"
    letter.set_content(body)
    for name, data in files:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(letter)


def test_the_files_that_hang_on_a_mail_are_read_too_each_by_itself(editor: Client, reader: Reader) -> None:
    minutes, empty = (SAMPLES / "minutes-ky.txt").read_bytes(), b""
    letter = mail_with("Протокол", TEXT, ("minutes-ky.txt", minutes), ("empty.txt", empty))
    editor.post(
        "/work/library/bring/", {"papers": [SimpleUploadedFile("letter.eml", letter)], "text": "", "key": uuid.uuid4().hex}
    )
    batch = Batch.objects.get()
    read_all(batch, reader)
    told = list(batch.files.order_by("number").values_list("name", "state"))
    assert told == [("letter.eml", "read"), ("letter.eml#minutes-ky.txt", "read"), ("letter.eml#empty.txt", "failed")]
    batch.files.filter(number=1).update(state="waiting", document=None)  # its worker died before it could note that
    read_all(batch, reader)
    assert batch.files.count() == 3


def test_two_mails_and_two_papers_of_one_name_lose_nothing(editor: Client, reader: Reader) -> None:
    papers = [("scan.txt", f"{TEXT} {number}".encode()) for number in (1, 2)]
    letters = [mail_with("Протокол", f"{TEXT} {number}", *papers) for number in (3, 4)]
    sent = [SimpleUploadedFile("letter #1 #2 #3 #4.eml", letter) for letter in letters]
    editor.post(
        "/work/library/bring/", {"papers": [*sent, SimpleUploadedFile("gone.txt", b"x")], "text": "", "key": uuid.uuid4().hex}
    )
    batch = Batch.objects.get()
    originals.delete(batch.files.get(name="gone.txt").stored)  # what was read before it is not taken for its own
    read_all(batch, reader)
    names = list(batch.files.order_by("number").values_list("name", flat=True))
    assert names == ["letter #1 #2 #3 #4.eml"] * 2 + ["gone.txt"] + ["letter #1 #2 #3 #4.eml#scan.txt"] * 4
    assert Document.objects.count() == 4


def test_of_a_flood_of_files_on_one_mail_fifty_are_taken_and_one_line_says_so(editor: Client, reader: Reader) -> None:
    flood = mail_with("Протокол", TEXT, *((f"{number}.txt", b"") for number in range(60)))
    editor.post("/work/library/bring/", {"papers": [SimpleUploadedFile("flood.eml", flood)], "text": "", "key": uuid.uuid4().hex})
    batch = Batch.objects.get()
    read_all(batch, reader)
    assert (batch.files.count(), batch.files.order_by("number").last().name) == (52, "flood.eml#…")  # type: ignore[union-attr]


def test_mails_within_mails_end_somewhere_and_say_so(editor: Client, reader: Reader, tmp_path: Path) -> None:
    letter = mail_with("Самое внутреннее", f"{TEXT} 0", ("paper.txt", TEXT.encode() * 3))
    for depth in range(1, 4):
        letter = mail_with(f"Письмо {depth}", f"{TEXT} {depth}", ("inner.eml", letter))
    editor.post(
        "/work/library/bring/", {"papers": [SimpleUploadedFile("outer.eml", letter)], "text": "", "key": uuid.uuid4().hex}
    )
    batch = Batch.objects.get()
    read_all(batch, reader)
    assert states(batch) == ["read", "read", "read", "read", "failed"]
    (tmp_path / "outer.eml").write_bytes(letter)
    assert [each.outcome for each in actions.import_paths([tmp_path], by="command")] == ["already known"] * 4 + ["could not read"]


def test_the_command_reads_what_hangs_on_a_mail_as_well(tmp_path: Path) -> None:
    inner = mail_with("Внутри", "Письмо внутри письма: совещание прошло 3 июня 2024 года в Оше.")
    (tmp_path / "letter.eml").write_bytes(mail_with("Протокол", TEXT, ("inner.eml", inner), ("list.txt", TEXT.encode() * 2)))
    report = actions.import_paths([tmp_path], by="command")
    names = [(Path(each.path).name, each.outcome) for each in report]
    assert names == [("letter.eml", "imported"), ("letter.eml#inner.eml", "imported"), ("letter.eml#list.txt", "imported")]


def test_what_is_known_and_what_cannot_be_read_is_said_file_by_file(editor: Client, reader: Reader) -> None:
    actions.import_document(data=TEXT.encode(), source="x", by="command")
    papers = [SimpleUploadedFile("empty.txt", b""), SimpleUploadedFile("rubbish.bin", bytes(range(256)) * 40)]
    editor.post("/work/library/bring/", {"papers": papers, "text": TEXT, "key": uuid.uuid4().hex})
    batch = Batch.objects.get()
    read_all(batch, reader)
    assert states(batch) == ["failed", "failed", "known"]
    assert "The file is empty." in editor.get(f"/work/library/batch/{batch.code}/").content.decode()
    assert list((settings.FILES / "public" / "library").iterdir()) == []


def test_the_same_form_sent_twice_is_one_batch(editor: Client) -> None:
    key = uuid.uuid4().hex
    first, again = (brought(editor, text=TEXT, key=key) for _ in range(2))
    assert (first, Incoming.objects.count()) == (again, 1)


def test_a_batch_that_is_stopped_is_not_read_until_it_goes_on(editor: Client, reader: Reader) -> None:
    batch = brought(editor, text=TEXT)
    editor.post(f"/work/library/batch/{batch.code}/", {"do": "stop"})
    read_all(batch, reader)
    assert states(batch) == ["waiting"]
    editor.post(f"/work/library/batch/{batch.code}/", {"do": "resume"})
    read_all(batch, reader)
    assert states(batch) == ["read"]


def test_a_file_whose_worker_was_killed_is_read_by_the_next_one(editor: Client, reader: Reader) -> None:
    batch = brought(editor, text=TEXT)
    batch.files.update(state="reading", tries=1, claimed_at=timezone.now() - timedelta(minutes=3))
    read_all(batch, reader)
    assert states(batch) == ["read"]


def test_a_file_that_killed_three_workers_is_given_up(editor: Client, reader: Reader) -> None:
    batch = brought(editor, text=TEXT)
    batch.files.update(state="reading", tries=3, claimed_at=timezone.now() - timedelta(minutes=3))
    read_all(batch, reader)
    assert states(batch) == ["failed"]


def test_a_worker_that_died_between_the_document_and_its_note_does_no_harm(editor: Client, reader: Reader) -> None:
    batch = brought(editor, text=TEXT)
    read_all(batch, reader)
    batch.files.update(state="waiting", document=None)
    read_all(batch, reader)
    assert (states(batch), Document.objects.count()) == (["read"], 1)
    assert originals.content(Document.objects.get().original) == TEXT.encode()


def test_an_empty_form_says_what_to_do_and_keeps_where_the_text_is_from(editor: Client) -> None:
    content = editor.post("/work/library/bring/", {"source": "страница", "key": uuid.uuid4().hex}).content.decode()
    assert "Choose a file, or copy a text into the box below." in content
    assert 'value="страница"' in content


def test_a_text_that_is_too_long_is_refused_in_words_and_not_cut_by_the_browser(editor: Client) -> None:
    assert "maxlength" not in editor.get("/work/library/bring/").content.decode()
    long = "мигрант " * 32_500
    content = editor.post("/work/library/bring/", {"text": long, "key": uuid.uuid4().hex}).content.decode()
    assert "This text is too long. Save it as a file and bring the file." in content
    assert content.count("мигрант") == 32_500


def test_the_address_of_a_page_stays_whole_and_is_a_link(editor: Client) -> None:
    address = "https://mlsp.example.org/news/123?lang=ru"
    document = actions.import_document(data=TEXT.encode(), source=address, by="command").document
    link = f'<a href="{address}" rel="nofollow noopener">{address}</a>'
    assert link in editor.get(f"/en/library/{document.code}/").content.decode()
    assert editor.get(f"/api/v1/documents/{document.code}").json()["source"] == address
    other = actions.import_document(data=b"Another text about migrants.", source="javascript:alert(1)//a", by="command").document
    assert "javascript:" not in editor.get(f"/en/library/{other.code}/").content.decode()


def test_a_text_without_spaces_has_its_beginning_as_its_title(editor: Client) -> None:
    text = "关于中亚劳务移民权利的圆桌会议在比什凯克举行。" * 12
    document = actions.import_document(data=text.encode(), source="a.txt", by="command").document
    assert f"{text[:60]}" in editor.get("/en/library/").content.decode()
    assert document.title.endswith("…")


def test_only_kinds_of_files_that_are_read_are_offered(editor: Client) -> None:
    content = editor.get("/work/library/bring/").content.decode()
    assert re.findall(r'accept="([^"]*)"', content) == [".txt,.html,.htm,.mhtml,.pdf,.docx,.eml,.md"]
    assert content.count("webkitdirectory") == 1


def test_a_whole_folder_is_brought_without_what_systems_leave_in_it(editor: Client) -> None:
    papers = [SimpleUploadedFile(name, TEXT.encode()) for name in ("2024/a.txt", "2024/may/b.txt", ".DS_Store", "~$a.docx")]
    answer = editor.post("/work/library/bring/", {"folder": papers, "key": uuid.uuid4().hex})
    assert answer.status_code == 302, answer.content.decode()
    assert list(Incoming.objects.order_by("number").values_list("name", flat=True)) == ["a.txt", "b.txt"]


def test_a_folder_of_too_many_files_is_told_how_many_are_taken(editor: Client) -> None:
    papers = [SimpleUploadedFile(f"{number}.txt", b"a") for number in range(51)]
    answer = editor.post("/work/library/bring/", {"folder": papers, "text": TEXT, "key": uuid.uuid4().hex})
    assert answer.context["form"].errors["folder"] == ["Choose at most 50 files at once."]
    assert TEXT in answer.content.decode()


def test_the_file_as_it_came_is_a_download(editor: Client, reader: Reader) -> None:
    batch = brought(editor, "press-release-ru.html")
    read_all(batch, reader)
    answer = editor.get(f"/work/library/{Document.objects.get().code}/file/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == (SAMPLES / "press-release-ru.html").read_bytes()  # type: ignore[attr-defined]


def test_files_that_nothing_names_are_swept_after_an_hour(editor: Client) -> None:
    name, _size = originals.keep([b"x"])
    assert actions.forget_stray_files() == 0
    import os

    os.utime(settings.FILES / "public" / "library" / name, (0, 0))
    assert actions.forget_stray_files() == 1
