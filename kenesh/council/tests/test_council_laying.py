"""Papers of a point: out of the library or brought as files, and in several languages."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from kenesh.council import actions
from kenesh.council.models import AgendaItem, PaperOnTheWay
from kenesh.library.actions.batches import read_some
from kenesh.library.models import Batch, Document
from kenesh.library.reader import Reader
from kenesh.people.models import Membership, User

SignIn = Callable[..., Client]


@pytest.fixture
def kyrgyz(document: Document) -> Document:
    """The same act in Kyrgyz."""
    return Document.objects.create(
        source="act-ky.txt", title="Полистер жөнүндө акт", language="ky", sha256="b" * 64, text="Текст",
        imported_on=datetime(2024, 1, 1, tzinfo=UTC).date(),
    )  # fmt: skip


def address(item: AgendaItem) -> str:
    return f"/work/meetings/{item.meeting.code}/agenda/{item.pk}/papers/"


def shown(html: str) -> str:
    """The words of a page without its markup."""
    return " ".join(strip_tags(html).split())


def test_a_paper_in_two_languages_is_one_line_for_staff_for_everybody_and_on_phones(
    signed_in: SignIn, chynara: User, member: User, item: AgendaItem, document: Document, kyrgyz: Document,
    seat: Callable[[User], Membership], settings: Any,
) -> None:  # fmt: skip
    client = signed_in(chynara, language="en")
    client.post(address(item), {"do": "lay", "document": document.code})
    client.post(address(item), {"do": "lay", "code": f"https://node.example/ky/library/{kyrgyz.code}/", "beside": document.code})
    actions.publish_meeting(meeting=item.meeting, by=chynara)
    actions.open_meeting(meeting=item.meeting, by=chynara)
    actions.call_item(item=item, by=chynara)
    link = actions.make_phone_links(meeting=item.meeting, by=chynara, key="k" * 32, only=seat(member))[0][1]
    phone = Client()
    phone.post(f"/en/phone/{link}/")
    pages = [
        client.get(f"/work/meetings/{item.meeting.code}/"),
        Client().get(f"/en/meetings/{item.meeting.code}/"),
        phone.get("/en/phone/"),
    ]
    assert ["Акт о полисах: ru · ky" in shown(page.content.decode()) for page in pages] == [True, True, True]
    settings.WRITING_LANGUAGES = ("tg", "ky", "ru")
    assert "Полистер жөнүндө акт: ky · ru" in shown(Client().get(f"/en/meetings/{item.meeting.code}/").content.decode())


def test_a_paper_of_which_one_language_was_taken_out_bears_the_name_of_the_other(
    signed_in: SignIn, chynara: User, item: AgendaItem, document: Document, kyrgyz: Document
) -> None:
    client = signed_in(chynara, language="en")
    client.post(address(item), {"do": "lay", "document": document.code})
    client.post(address(item), {"do": "lay", "code": kyrgyz.code, "beside": document.code})
    client.post(f"/work/library/{document.code}/review/", {"all": "take_out"})
    actions.publish_meeting(meeting=item.meeting, by=chynara)
    assert "Полистер жөнүндө акт: ru · ky" in shown(Client().get(f"/en/meetings/{item.meeting.code}/").content.decode())


def test_a_document_is_found_by_words_of_its_name(
    signed_in: SignIn, chynara: User, item: AgendaItem, document: Document, kyrgyz: Document
) -> None:
    client = signed_in(chynara, language="en")
    page = client.get(address(item), {"q": "акт полистер"}).content.decode()
    assert (f'value="{kyrgyz.code}"' in page, f'value="{document.code}"' in page) == (True, False)
    empty = client.post(address(item), {"do": "lay"}).content.decode()
    assert "Choose a document, or write its code." in empty


def test_files_that_are_brought_at_a_point_are_laid_there_once_they_are_read(
    signed_in: SignIn, chynara: User, item: AgendaItem
) -> None:
    client = signed_in(chynara, language="en")
    words = {
        "ru.txt": "Справка о медицинских полисах для трудовых мигрантов. Её готовило министерство здравоохранения.",
        "en.txt": "A note on health insurance for migrant workers. The ministry of health prepared it for the council.",
    }
    files = [SimpleUploadedFile(name, text.encode()) for name, text in words.items()]
    client.post(address(item), {"do": "bring", "papers": files, "together": "on", "key": str(uuid.uuid4())})
    waiting = PaperOnTheWay.objects.count()
    with Reader() as reader:
        read_some(batch_id=Batch.objects.get().pk, reader=reader)
    paper = AgendaItem.objects.get().papers[0]
    assert (waiting, PaperOnTheWay.objects.count()) == (2, 0)
    assert [one.language for one in paper.documents] == ["ru", "en"]


def test_versions_on_one_line_of_the_form_of_a_point_are_one_paper(
    signed_in: SignIn, chynara: User, item: AgendaItem, document: Document, kyrgyz: Document
) -> None:
    client, form = signed_in(chynara, language="en"), f"/work/meetings/{item.meeting.code}/agenda/{item.pk}/"
    sent = {"title_en": "Doctors", "kind": "point", "version": 1, "key": "k1", "documents": f"{document.code} {kyrgyz.code}"}
    client.post(form, sent)
    together = [[one.language for one in paper.documents] for paper in AgendaItem.objects.get().papers]
    assert f"{document.code} {kyrgyz.code}" in client.get(form).content.decode()
    client.post(form, {**sent, "version": 2, "documents": f"{document.code}\n{kyrgyz.code}"})
    apart = [[one.language for one in paper.documents] for paper in AgendaItem.objects.get().papers]
    wrong = client.post(form, {**sent, "version": 3, "documents": f"{document.code} 22222222"}).content.decode()
    assert (together, apart, "There is no such document in the library" in wrong) == ([["ru", "ky"]], [["ru"], ["ky"]], True)


def test_a_paper_is_taken_off_and_stays_in_the_library(
    signed_in: SignIn, chynara: User, item: AgendaItem, document: Document
) -> None:
    actions.lay_paper(item=item, document=document, by=chynara)
    signed_in(chynara, language="en").post(address(item), {"do": "off", "code": document.code})
    assert (AgendaItem.objects.get().papers, Document.objects.count()) == ([], 1)


def test_a_text_that_was_taken_out_of_the_library_is_laid_nowhere(signed_in: SignIn, chynara: User, item: AgendaItem) -> None:
    client = signed_in(chynara, language="en")
    other = actions.add_item(meeting=item.meeting, by=chynara, title={"en": "Schools"})
    text = "Справка о медицинских полисах для трудовых мигрантов. Её готовило министерство здравоохранения."

    def bring(point: AgendaItem) -> None:
        papers = [SimpleUploadedFile("ru.txt", text.encode())]
        client.post(address(point), {"do": "bring", "papers": papers, "key": str(uuid.uuid4())})
        with Reader() as reader:
            read_some(batch_id=Batch.objects.latest("pk").pk, reader=reader)

    bring(item)
    document = Document.objects.get()
    client.post(f"/work/library/{document.code}/review/", {"all": "take_out"})
    bring(other)
    by_code = client.post(address(other), {"do": "lay", "code": document.code}).content.decode()
    assert "There is no such document in the library" in by_code
    assert ("ru.txt: Taken out of the library" in shown(by_code), other.document_rows.count()) == (True, 0)
    actions.publish_meeting(meeting=item.meeting, by=chynara)
    page = Client().get(f"/en/meetings/{item.meeting.code}/").content.decode()
    assert ("A document that was taken out of the library" in page, f"/library/{document.code}/" in page) == (True, False)
    assert Client().get(f"/api/v1/events/{item.meeting.code}").json()["agenda"][0]["documents"] == []
    form = f"/work/meetings/{item.meeting.code}/agenda/{item.pk}/"
    now = AgendaItem.objects.get(pk=item.pk).version
    client.post(form, {"title_en": "Doctors", "kind": "point", "version": now, "key": "k", "documents": document.code})
    assert [(str(one.title), one.document_rows.count()) for one in AgendaItem.objects.filter(pk=item.pk)] == [("Doctors", 1)]
