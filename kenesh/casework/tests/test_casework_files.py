"""Files in a case, through the pages: the person's, the office's, and what passes between them."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kenesh.appeals import actions as appeals
from kenesh.appeals import attachments, drafts
from kenesh.appeals.models import Appeal, Attachment
from kenesh.casework.models import Case, CaseFile
from kenesh.kernel import sealed_files

pytestmark = pytest.mark.django_db
ANSWERS = {"theme": "pay", "danger": "no", "story": "Айлык", "consents": ["a", "d"], "answer_how": "code"}


@pytest.fixture
def case(office: Any, aigul: Any, signed_in: Any) -> tuple[Client, Client, Case]:
    """The person with her receipt, the caseworker, and the case."""
    for which in ("sealed", "arriving"):
        for path in sealed_files.folder(which).iterdir():
            path.unlink()
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    appeals.file_appeal(draft=draft, office=office, language="ru")
    person, worker = Client(), signed_in(aigul)
    person.post("/ru/appeal/status/", {"receipt": draft.receipt})
    worker.post(f"/work/appeals/{Appeal.objects.get().code}/take-up/")
    return person, worker, Case.objects.get()


def add(client: Client, address: str, data: bytes, name: str = "a.jpg", **more: str) -> Any:
    return client.post(address, {"key": str(uuid.uuid4()), "file": SimpleUploadedFile(name, data), **more})


def photo() -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (60, 30), (9, 99, 9))
    exif = image.getexif()
    exif[0x010E] = "PLACE-42.87"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def names_on_disk() -> list[str]:
    return sorted(path.name for which in ("sealed", "arriving") for path in sealed_files.folder(which).iterdir())


def test_the_office_opens_the_persons_photo_its_copy_and_a_small_picture(case: Any) -> None:
    person, worker, row = case
    add(person, "/ru/appeal/status/files/", photo(), "паспорт.jpg")
    page = worker.get(f"/work/cases/{row.code}/files/").content.decode()
    address = re.search(r'href="(/work/appeals/[^"]+/files/[0-9a-f-]{36}/)">паспорт\.jpg', page)
    assert address is not None
    assert b"".join(worker.get(address.group(1))) == photo()
    copy = b"".join(worker.get(f"{address.group(1)}copy/"))
    assert b"PLACE" in photo()
    assert b"PLACE" not in copy
    small = worker.get(f"{address.group(1)}picture/")
    assert Image.open(io.BytesIO(small.content)).size == (60, 30)
    assert "sandbox" in small.headers["Content-Security-Policy"]
    assert len(names_on_disk()) == 2  # no small picture is kept


def test_a_new_appeal_leads_to_its_files(office: Any, aigul: Any, signed_in: Any) -> None:
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    appeals.file_appeal(draft=draft, office=office, language="ru")
    person, worker = Client(), signed_in(aigul)
    person.post("/ru/appeal/status/", {"receipt": draft.receipt})
    add(person, "/ru/appeal/status/files/", b"one word", "1.txt")
    code = Appeal.objects.get().code
    assert f"/work/appeals/{code}/files/" in worker.get(f"/work/appeals/{code}/").content.decode()
    assert "1.txt" in worker.get(f"/work/appeals/{code}/files/").content.decode()


def test_a_file_of_the_office_is_the_offices_until_it_is_shared(case: Any) -> None:
    person, worker, row = case
    assert add(worker, f"/work/cases/{row.code}/files/", photo(), "ответ.jpg", description="Из инспекции").status_code == 302
    assert "ответ.jpg" not in person.get("/ru/appeal/status/files/").content.decode()
    file = CaseFile.objects.get()
    for _ in range(2):
        worker.post(f"/work/cases/{row.code}/files/{file.uid}/share/")
    assert Attachment.objects.count() == 1
    page = person.get("/ru/appeal/status/files/").content.decode()
    assert "Из инспекции" in page
    got = b"".join(person.get(f"/ru/appeal/status/files/{Attachment.objects.get().uid}/"))
    assert got
    assert b"PLACE" not in got
    news = person.get("/ru/appeal/status/open/").context["view"].news
    assert "file_shared" in [entry.body["code"] for entry in news]


def test_a_file_without_a_clean_copy_is_not_shared(case: Any) -> None:
    _person, worker, row = case
    heic = (24).to_bytes(4, "big") + b"ftypheic" + bytes(4) + b"mif1heic" + (12).to_bytes(4, "big") + b"meta" + bytes(4)
    add(worker, f"/work/cases/{row.code}/files/", heic, "a.heic")
    file = CaseFile.objects.get()
    worker.post(f"/work/cases/{row.code}/files/{file.uid}/share/")
    assert Attachment.objects.count() == 0
    assert worker.get(f"/work/cases/{row.code}/files/{file.uid}/copy/").status_code == 404


def test_a_refused_file_keeps_the_page_and_says_why(case: Any) -> None:
    _person, worker, row = case
    answer = add(worker, f"/work/cases/{row.code}/files/", b"MZ" + bytes(90), description="Слова остаются")
    assert answer.status_code == 422
    assert "Слова остаются" in answer.content.decode()
    assert answer.context["form"].errors["file"][0].startswith(str(attachments.REFUSALS["program"]))
    assert names_on_disk() == []


def test_a_file_of_the_office_can_be_destroyed(case: Any, django_capture_on_commit_callbacks: Any) -> None:
    _person, worker, row = case
    add(worker, f"/work/cases/{row.code}/files/", photo())
    assert len(names_on_disk()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        worker.post(f"/work/cases/{row.code}/files/{CaseFile.objects.get().uid}/remove/")
    assert names_on_disk() == []


def test_files_of_a_destroyed_case_are_destroyed(case: Any, django_capture_on_commit_callbacks: Any) -> None:
    _person, worker, row = case
    add(worker, f"/work/cases/{row.code}/files/", photo())
    with django_capture_on_commit_callbacks(execute=True):
        row.delete()
    assert names_on_disk() == []


def test_no_outsider_reaches_a_file(case: Any, boris: Any, eve: Any, signed_in: Any) -> None:
    person, worker, row = case
    add(person, "/ru/appeal/status/files/", photo())
    add(worker, f"/work/cases/{row.code}/files/", photo())
    appeal, mine = Appeal.objects.get(), CaseFile.objects.get()
    hers = Attachment.objects.get()
    addresses = [f"/work/cases/{row.code}/files/{mine.uid}/{part}" for part in ("", "copy/", "picture/")]
    addresses += [f"/work/appeals/{appeal.code}/files/{hers.uid}/{part}" for part in ("", "copy/", "picture/")]
    for stranger in (boris, eve):
        client = signed_in(stranger)
        assert {client.get(address).status_code for address in addresses} == {404}
    assert {Client().get(address).status_code for address in addresses} == {302}
    assert worker.get(f"/work/cases/{row.code}/files/{hers.uid}/").status_code == 404  # not of this table
    assert worker.get(f"/work/appeals/{appeal.code}/files/{mine.uid}/").status_code == 404


def test_when_the_person_takes_her_consent_back_her_files_are_sealed_to_the_office(case: Any) -> None:
    person, worker, row = case
    add(person, "/ru/appeal/status/files/", photo(), "паспорт.jpg")
    person.post("/ru/appeal/status/consent/a/", {"given": "no"})
    assert "паспорт.jpg" not in worker.get(f"/work/cases/{row.code}/files/").content.decode()
    uid, code = Attachment.objects.get().uid, Appeal.objects.get().code
    assert worker.get(f"/work/appeals/{code}/files/{uid}/").headers["Content-Type"].startswith("text/html")
