"""One person's whole case as an archive: everything of that person, nothing of anybody else."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.archive.zipping import zipped
from kenesh.casework.models import Case, Matter, Person
from kenesh.cast import PASSWORD
from kenesh.kernel.models import TrailEntry
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import Role
from kenesh.people.queries import fingerprint_of

pytestmark = pytest.mark.django_db
STORY = "Прораб Сапар ушёл с деньгами бригады"
PAPER = b"Contract No 17" * 9000  # several chunks


def keyring_of(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


@pytest.fixture
def case(office: Any, aigul: Any) -> Case:
    """Айгерим's case: her story, a paper, a talk, a sum, a step, a deadline, a letter, a note of a colleague."""
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": STORY, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    person = Client()
    person.post("/ru/appeal/status/", {"receipt": draft.receipt})
    paper = SimpleUploadedFile("договор.txt", PAPER)
    assert person.post("/ru/appeal/status/files/", {"key": str(uuid.uuid4()), "file": paper}).status_code == 302
    keyring = keyring_of(aigul)
    case = actions.open_from_appeal(keyring=keyring, appeal=Appeal.objects.get())
    her = Person.objects.get()
    actions.change_row(keyring=keyring, row=her, changes={"name": "Айгерим", "phone": "+996555000111"}, version=1)
    actions.answer(keyring=keyring, case=case, text="Мы напишем в инспекцию.", key=uuid.uuid4())
    actions.add_note(keyring=keyring, case=case, text="Секрет коллег", key=uuid.uuid4())
    actions.set_deadline(keyring=keyring, case=case, due_on=timezone.localdate(), what="Жалоба до пятницы", key=uuid.uuid4())
    held = {**actions.NO_ALARM, "detained_where": "Сахарово", "hearing_at": "2026-12-01T10:00:00+03:00", "lawyer": "Иванова"}
    actions.set_alarm(keyring=keyring, case=case, body=held, version=0, urgent=True)
    step = {"kind": "call", "at": timezone.localdate().isoformat(), "what": "Звонок прорабу", "minutes": "10"}
    actions.add_step(keyring=keyring, case=case, body=step, key=uuid.uuid4())
    money = {"person": her.uid.hex, "matter": Matter.objects.get().uid.hex, "stage": "claimed", "amount": "90000"}
    money |= {"currency": "RUB", "day": "", "note": "за март"}
    actions.add_sum(keyring=keyring, case=case, body=money, key=uuid.uuid4())
    write_letter(keyring, case, her, "В инспекцию труда", "Айгерим просит выплатить зарплату")
    return case


def write_letter(keyring: Keyring, case: Case, person: Person, title: str, text: str) -> None:
    made, kept = docx.Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(kept)
    body = {
        "template": "",
        "template_version": 1,
        "kind": "complaint",
        "title": title,
        "person": str(person.uid),
        "party": "",
        "matter": "",
    }
    body |= {"values": {}, "blocks": [text], "written_on": timezone.localdate().isoformat(), "by": keyring.user.name}
    actions.write_letter(keyring=keyring, case=case, body=body, docx=kept.getvalue(), learned=[], key=uuid.uuid4())


def take(client: Client, case: Case, person: Person) -> Any:
    return client.post(f"/work/cases/{case.code}/archive/", {"person": str(person.uid)})


def opened(answer: Any) -> dict[str, bytes]:
    """The members of the archive, by name."""
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def everything(members: dict[str, bytes]) -> str:
    texts = [data.decode() for name, data in members.items() if not name.endswith(".docx")]
    letters = [docx.Document(io.BytesIO(data)).paragraphs[0].text for name, data in members.items() if name.endswith(".docx")]
    return "\n".join([*members, *texts, *letters])


def test_the_archive_holds_everything_of_one_person(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    client.post(f"/work/cases/{case.code}/status/", {"status": "whom", "whom": "court"})
    answer = take(client, case, Person.objects.get())
    assert answer.streaming
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="archive-{case.code}-1.zip"'
    members = opened(answer)
    assert all(word in members["read-me-first.html"].decode() for word in ("Сахарово", "Иванова"))
    assert list(members) == ["read-me-first.html", "data.json", "files/001-договор.txt", "letters/001-В инспекцию труда.docx"]
    assert members["files/001-договор.txt"] == PAPER
    page = members["read-me-first.html"].decode()
    for words in (
        STORY,
        "Айгерим",
        "+996555000111",
        "Мы напишем в инспекцию.",
        "Жалоба до пятницы",
        "Звонок прорабу",
        "90000 RUB",
        "за март",
    ):
        assert words in page
    data = json.loads(members["data.json"])
    assert (data["status"], data["waits_for"]) == ("others", "court")
    assert set(data["parts"]) == {
        "person", "answers", "talk", "history", "consents", "matters", "steps", "hours", "deadlines", "money", "letters", "files",
    }  # fmt: skip
    assert data["parts"]["money"] == [
        {"stage": "claimed", "amount": "90000", "currency": "RUB", "day": "", "note": "за март", "struck": False}
    ]
    assert [entry["place"] for entry in data["parts"]["files"]] == list(members)[2:]
    assert "Секрет коллег" not in everything(members)
    assert "key" not in data["parts"]["files"][0]


def test_the_trail_says_who_took_a_case_out_and_not_what(case: Case, aigul: Any, signed_in: Any) -> None:
    take(signed_in(aigul), case, Person.objects.get())
    entry = TrailEntry.objects.get(verb="take_out_person")
    assert (entry.target, aigul.uid.hex in entry.actor) == (f"case:{case.uid.hex}", True)


def test_of_a_group_each_takes_the_own_part_and_nothing_of_the_others(case: Case, aigul: Any, signed_in: Any) -> None:
    keyring = keyring_of(aigul)
    others = [
        actions.Member(name="Бакыт", phone="+996700222333", claimed="31000"),
        actions.Member(name="Чолпон", claimed="17000"),
    ]
    actions.add_members(keyring=keyring, case=case, members=others, currency="RUB", key=uuid.uuid4())
    leader, bakyt, cholpon = Person.objects.order_by("id")
    write_letter(keyring, case, bakyt, "О Бакыте", "Бакыт просит о выплате")
    write_letter(keyring, case, bakyt, "О двоих", "Бакыт и Чолпон просят о выплате")
    client = signed_in(aigul, language="en")
    said = everything(opened(take(client, case, bakyt)))
    for words in ("Бакыт", "+996700222333", "31000", "О Бакыте"):
        assert words in said
    for words in (
        "Айгерим",
        "Чолпон",
        "+996555000111",
        "17000",
        "90000",
        STORY,
        "инспекцию",
        "Звонок",
        "Жалоба",
        "договор",
        "О двоих",
    ):
        assert words not in said
    assert "6 things are about others or about the group as a whole" in said  # two letters, a step, two deadlines, an alarm
    said = everything(opened(take(client, case, leader)))
    assert STORY in said
    for words in ("Бакыт", "Чолпон", "31000", "17000"):
        assert words not in said
    said = everything(opened(take(client, case, cholpon)))
    assert ("17000" in said, "31000" in said, STORY in said) == (True, False, False)


def test_strangers_and_colleagues_who_are_not_named_take_nothing_out(
    case: Case, office: Any, aigul: Any, boris: Any, eve: Any, signed_in: Any, make_account: Any
) -> None:
    person = Person.objects.get()
    assert [take(signed_in(user), case, person).status_code for user in (boris, eve)] == [404, 404]
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=keyring_of(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    actions.restrict(keyring=keyring_of(aigul), case=case, named=[aigul], reason="…")
    answer = take(signed_in(jamila), case, person)
    assert (answer.streaming, STORY in answer.content.decode()) == (False, False)
    assert not TrailEntry.objects.filter(verb="take_out_person").exists()
    assert STORY in everything(opened(take(signed_in(aigul), case, person)))


def test_a_person_of_another_case_is_not_found(case: Case, office: Any, aigul: Any, signed_in: Any) -> None:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    other = actions.open_from_appeal(keyring=keyring_of(aigul), appeal=Appeal.objects.order_by("-id")[0])
    client = signed_in(aigul)
    assert take(client, case, Person.objects.get(case=other)).status_code == 404
    assert client.post(f"/work/cases/{case.code}/archive/", {"person": "…"}).status_code == 302


@pytest.mark.parametrize("size", [0, 10, 3_000_000])
def test_an_archive_goes_out_in_small_pieces(size: int) -> None:
    pieces = list(zipped([("a.bin", iter([uuid.uuid4().bytes * 4096] * (size // 65536))), ("b.txt", iter([b"b"]))]))
    assert max(map(len, pieces)) < 200_000
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert (len(archive.read("a.bin")), archive.read("b.txt")) == (size // 65536 * 65536, b"b")
