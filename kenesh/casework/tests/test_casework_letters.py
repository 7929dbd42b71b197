"""Letters: written from a template, kept sealed, entered in the register; and templates that try to do something else."""

from __future__ import annotations

import io
import re
import tempfile
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.letters import fields, rendering, sample_letters, sandbox
from kenesh.casework.models import Case, Deadline, Letter, LetterFile, LetterTemplate, Matter, Party, Person
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

NAME = "Асанов Айбек уулу"


def docx(*paragraphs: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes, data: bytes | None = None) -> bytes:
    """A good document with one part added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or docx("x"))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


# --- the sandbox --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ person.__class__ }}",
        "{{ person['__class__'] }}",
        "{{ person|attr('__class__') }}",
        "{{ person.name.format(person) }}",
        "{{ self._TemplateReference__context }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{% for x in range(10**9) %}a{% endfor %}",
        "{% for a in persons %}{% for b in persons %}{% for c in persons %}a{% endfor %}{% endfor %}{% endfor %}",
        "{{ 10**9 }}",
        "{{ 'a' * 1000000000 }}",
        "{% set x = person %}",
        "{% macro a() %}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% autoescape false %}{{ person.name }}{% endautoescape %}",
        "{{ person.name|safe }}",
        "{{r person.name }}",
        "{{p person.name }}",
        "{{ '<w:t>' }}",
    ],
)
def test_a_template_that_is_a_program_is_refused(attack: str) -> None:
    with pytest.raises((rendering.Refused, rendering.TemplateError)):
        rendering.fields(docx(attack))


@pytest.mark.parametrize("attack", ["{{ person.name.__class__ }}", "{{ cycler }}", "{{ persons.append }}", "{{ person.items }}"])
def test_what_is_no_field_of_ours_prints_nothing_of_the_process(attack: str) -> None:
    with pytest.raises((rendering.Refused, rendering.TemplateError)):
        rendering.render(docx(attack), {"person": {"name": "x"}, "persons": []})


def test_attacks_in_headers_and_properties_are_refused_too() -> None:
    header, properties = Document(), Document()
    header.sections[0].header.paragraphs[0].text = "{{ ''.__class__ }}"
    properties.core_properties.title = "{{ ''.__class__ }}"
    for document in (header, properties):
        out = io.BytesIO()
        document.save(out)
        with pytest.raises(rendering.Refused):
            rendering.fields(out.getvalue())


def test_the_process_opens_no_file_and_starts_none_once_it_is_confined() -> None:
    import subprocess
    import sys

    program = (
        "import os, socket\n"
        "from kenesh.casework.letters import rendering; rendering.warm_up(); rendering.confine()\n"
        "tried = []\n"
        "for act in (lambda: open('/etc/passwd'), lambda: socket.socket(), os.pipe):\n"
        "    try:\n"
        "        act()\n"
        "        tried.append('got through')\n"
        "    except OSError:\n"
        "        tried.append('refused')\n"
        "print(tried)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, env={}, check=True, text=True)
    assert done.stdout.startswith("['refused', 'refused', 'refused']")


@pytest.mark.parametrize(
    "value",
    [
        "<w:t>x</w:t>",
        "</w:t></w:r><w:r><w:t>x",
        "&lt;&amp;]]>",
        "{{ person.inn }}",
        "{% for x in y %}",
        '" onclick="',
        "\u202egnp.exe",
    ],
)
def test_a_name_stays_text_whatever_it_holds(value: str) -> None:
    asked = {"person.name": True}
    made = sandbox.render(docx("({{ person.name }})"), fields.context(asked, {"person": {"name": value}}, []))
    assert text_of(made.docx) == f"({fields.printable(value)})"


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300))
def test_any_name_at_all_gives_a_document_that_opens(value: str) -> None:
    plain = fields.printable(value)
    made, blocks = rendering.render(docx("a{{ person.name }}z"), {"person": {"name": plain}})
    assert text_of(made) == f"a{plain}z"
    assert blocks == [{"kind": "text", "text": f"a{plain}z"}]


def test_a_very_long_name_and_a_list_with_too_many_items() -> None:
    made = sandbox.render(docx("{{ person.name }}"), {"person": {"name": "Ы" * 50_000}})
    assert len(text_of(made.docx)) == 50_000
    with pytest.raises(sandbox.TemplateRefused):
        sandbox.render(docx("{{ person.name }}"), {"persons": [{"name": "x"}] * 201})


def test_a_template_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.01)
    with pytest.raises(sandbox.TemplateRefused):
        sandbox.fields_of(docx("x"))


# --- what may be inside a file ----------------------------------------------------------------------------------------------

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r9" Type="{}" Target="{}" TargetMode="External"/></Relationships>'
)
FETCH = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    '<w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://x"</w:instrText></w:r></w:p></w:body></w:document>'
)
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a document",
        b"PK\x03\x04" + b"\x00" * 100,
        with_part("word/_rels/document.xml.rels", RELATIONS.format(f"{OFFICE}/image", "http://tracker.example/a.png").encode()),
        with_part("word/_rels/settings.xml.rels", RELATIONS.format(f"{OFFICE}/attachedTemplate", "http://x/a.dotm").encode()),
        with_part("word/_rels/document.xml.rels", RELATIONS.format(f"{OFFICE}/hyperlink", "file:///etc/passwd").encode()),
        with_part("word/vbaProject.bin", b"macro"),
        with_part("word/embeddings/oleObject1.bin", b"ole"),
        with_part("../outside.xml", b"<a/>"),
        with_part("word/document.xml", FETCH.encode()),
        with_part("word/custom.xml", ENTITIES.encode()),
        with_part("word/document.xml", b"<a"),
        with_part("word/bomb.xml", b"<a>" + b"a" * 13_000_000 + b"</a>"),
        b"PK" + b"a" * 1_000_001,
    ],
)
def test_a_file_that_does_something_by_itself_is_refused(data: bytes) -> None:
    with pytest.raises(sandbox.TemplateRefused):
        sandbox.look_into(data)


def test_a_link_in_the_letterhead_is_fine() -> None:
    relations = RELATIONS.format(f"{OFFICE}/hyperlink", "mailto:office@example.org").encode()
    sandbox.look_into(with_part("word/_rels/header1.xml.rels", relations))


# --- our samples ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", sample_letters.LANGUAGES)
def test_every_sample_can_be_filled_in(language: str) -> None:
    for kind in sample_letters.KINDS:
        data = sample_letters.sample(kind, language)
        sandbox.look_into(data)
        asked = rendering.fields(data)
        assert fields.unknown(asked) == []
        facts = {"person": {"name": NAME}, "letter": {"attachments": "Паспорт\nДоговор"}}
        made, blocks = rendering.render(data, fields.context(asked, facts, []))
        assert NAME in text_of(made)
        assert "{" not in text_of(made)
        assert fields.BLANK in text_of(made)
        assert all(block["text"] for block in blocks)


# --- in a case --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def case(db: None, office: Any, aigul: Any, signed_in: Any) -> Case:
    draft = drafts.new()
    draft.answers = {
        "theme": "pay", "story": "Не платят", "citizenship": "KG", "where_country": "RU", "consents": ["a"],
        "culprit": "employer", "culprit_name": "ООО Сапсан",
    }  # fmt: skip
    appeals.file_appeal(draft=draft, office=office, language="ru")
    signed_in(aigul).post(f"/work/appeals/{Appeal.objects.get().code}/take-up/")
    return Case.objects.get()


def choice(template: str) -> str:
    rows = {"person": Person, "party": Party, "matter": Matter}
    return f"template={template}&" + "&".join(f"{name}={model.objects.get().uid}" for name, model in rows.items())


def write(client: Client, case: Case, template: str = "sample-complaint-ru", **more: str) -> Any:
    form = {
        "person.name": NAME,
        "person.passport": "AN7654321",
        "party.tax_number": "7707083893",
        "matter.job": "арматурщик",
        "letter.addressee": "В Государственную инспекцию труда",
        "letter.facts": "Зарплату не выплатили.\nПрораб исчез.",
        "letter.attachments": "Копия договора\nПереписка",
        "version": "0",
        "key": str(uuid.uuid4()),
        **more,
    }
    return client.post(f"/work/cases/{case.code}/letters/write/?{choice(template)}", form)


def body_of(row: Any, user: Any) -> dict[str, Any]:
    return open_case(row.case, Keyring(user, sign_in.check(user.email, PASSWORD).secret)).open(row).body


@pytest.mark.django_db
def test_a_letter_asks_only_what_is_missing_and_saves_it_back(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    assert tempfile.tempdir is not None
    assert not Path(tempfile.tempdir).exists()
    assert client.get(f"/work/cases/{case.code}/letters/").status_code == 200
    address = f"/work/cases/{case.code}/letters/write/?{choice('sample-complaint-ru')}"
    before = client.get(address).context["form"].fields
    assert "person.passport" in before
    assert "party.name" not in before  # known from the appeal
    assert "person.snils" not in before  # this letter does not need it
    answer = write(client, case)
    assert answer.status_code == 302
    assert body_of(Person.objects.get(), aigul)["passport"] == "AN7654321"
    assert body_of(Party.objects.get(), aigul)["tax_number"] == "7707083893"
    assert body_of(Matter.objects.get(), aigul)["job"] == "арматурщик"
    assert "person.passport" not in client.get(address).context["form"].fields
    page = client.get(answer.url).content.decode()
    assert "В Государственную инспекцию труда" in page
    assert "ООО Сапсан" in page
    assert "Копия договора" in page


@pytest.mark.django_db
def test_the_word_file_comes_out_of_memory_and_lies_sealed(case: Case, aigul: Any, boris: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    write(client, case)
    letter = Letter.objects.get()
    answer = client.get(f"/work/cases/{case.code}/letters/{letter.uid}/file/")
    assert NAME in text_of(b"".join(answer))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Асанов" not in answer.headers["Content-Disposition"]
    assert "Асанов".encode() not in bytes(letter.sealed) + bytes(LetterFile.objects.get().sealed)
    assert signed_in(boris).get(f"/work/cases/{case.code}/letters/{letter.uid}/file/").status_code == 404


@pytest.mark.django_db
def test_a_form_sent_twice_writes_one_letter_and_a_letter_can_be_written_again(case: Case, aigul: Any, signed_in: Any) -> None:
    client, key = signed_in(aigul), str(uuid.uuid4())
    for _ in range(2):
        assert write(client, case, key=key).status_code == 302
    letter = Letter.objects.get()
    again = f"/work/cases/{case.code}/letters/{letter.uid}/again/"
    page = client.get(again)
    assert page.context["form"]["letter.facts"].value() == "Зарплату не выплатили.\nПрораб исчез."
    form = {"letter.addressee": "В прокуратуру", "version": "1", "key": str(uuid.uuid4())}
    assert client.post(again, form).status_code == 302
    assert "В прокуратуру" in client.get(f"/work/cases/{case.code}/letters/{letter.uid}/").content.decode()
    late = client.post(again, {**form, "letter.addressee": "Консулу", "key": str(uuid.uuid4())})
    assert late.status_code == 422
    assert "Консулу" in late.content.decode()
    assert (Letter.objects.count(), LetterFile.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_the_register_keeps_numbers_and_makes_one_deadline(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    write(client, case)
    letter = Letter.objects.get()
    page, form = (
        f"/work/cases/{case.code}/letters/{letter.uid}/register/",
        {
            "outgoing_number": "12/26",
            "sent_on": "2026-11-20",
            "answer_due": "2026-12-20",
            "postal_number": "RR123",
            "version": "1",
        },
    )
    assert client.post(page, {**form, "delivered_on": "2026-11-01"}).status_code == 422
    assert client.post(page, form).status_code == 302
    late = client.post(page, {**form, "outgoing_number": "13/26"})
    assert late.status_code == 422
    assert client.post(page, {**form, "delivered_on": "2026-11-25", "version": "2"}).status_code == 302
    assert [row.due_on.isoformat() for row in Deadline.objects.all()] == ["2026-12-20"]
    moved = {**form, "delivered_on": "2026-11-25", "answer_due": "2026-12-27", "version": "3"}
    assert client.post(page, moved).status_code == 302
    assert [row.due_on.isoformat() for row in Deadline.objects.all()] == ["2026-12-27"]
    assert client.post(page, {**moved, "answered_on": "2026-11-28", "version": "4"}).status_code == 302
    assert Deadline.objects.get().done
    assert client.post(page, {**moved, "version": "5"}).status_code == 302  # it was another letter's answer
    assert not Deadline.objects.get().done
    body = body_of(Letter.objects.get(), aigul)
    assert (body["outgoing_number"], body["delivered_on"], body["postal_number"]) == ("12/26", "2026-11-25", "RR123")
    sent = client.get(f"/work/cases/{case.code}/letters/{letter.uid}/again/")
    assert sent.status_code == 302
    assert "12/26" in client.get(f"/work/cases/{case.code}/letters/").content.decode()
    assert "letter" in {item.kind for item in client.get(f"/work/cases/{case.code}/").context["timeline"]}


# --- templates of the office --------------------------------------------------------------------------------------------


def upload(client: Client, office: Any, data: bytes, name: str = "Наша жалоба") -> Any:
    form = {"name": name, "kind": "complaint", "language": "ru", "file": SimpleUploadedFile("a.docx", data)}
    return client.post(f"/work/offices/{office.code}/letter-templates/", form)


@pytest.mark.django_db
def test_an_office_uploads_its_own_template_and_writes_with_it(case: Case, office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    data = docx("Исх. {{ person.name }} / {{ office.name }}", "{%p for one in persons %}", "{{ one.name }}", "{%p endfor %}")
    for _ in range(2):
        assert upload(client, office, data).status_code == 302
    template = LetterTemplate.objects.get()
    assert template.version == 2
    assert write(client, case, template.code).status_code == 302
    made = b"".join(client.get(f"/work/cases/{case.code}/letters/{Letter.objects.get().uid}/file/"))
    assert f"Исх. {NAME} / Центр поддержки, Бишкек" in text_of(made)
    got = b"".join(client.get(f"/work/offices/{office.code}/letter-templates/{template.code}/"))
    assert got == data
    client.post(f"/work/offices/{office.code}/letter-templates/{template.code}/retire/")
    assert template.code not in client.get(f"/work/cases/{case.code}/letters/").content.decode()


@pytest.mark.django_db
def test_a_wrong_template_is_refused_in_words(office: Any, aigul: Any, boris: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    unknown = upload(client, office, docx("{{ person.nme }} {{ office }}"))
    assert unknown.status_code == 422
    page = unknown.content.decode()
    assert "person.nme" in page
    assert "{{ person.registered_address }}" in page
    program = upload(client, office, docx("{{ ''.__class__.__mro__ }}"))
    assert program.status_code == 422
    assert upload(client, office, b"MZ").status_code == 422
    assert LetterTemplate.objects.count() == 0
    assert upload(signed_in(boris), office, docx("{{ person.name }}")).status_code == 404


@pytest.mark.django_db
def test_our_samples_can_be_taken_as_a_start(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    page = client.get(f"/work/offices/{office.code}/letter-templates/").content.decode()
    links = re.findall(r"letter-templates/(sample-[a-z-]+)/", page)
    assert len(links) == 15
    answer = client.get(f"/work/offices/{office.code}/letter-templates/{links[0]}/")
    assert b"".join(answer)[:2] == b"PK"
    assert client.get(f"/work/offices/{office.code}/letter-templates/sample-other-ru/").status_code == 404
