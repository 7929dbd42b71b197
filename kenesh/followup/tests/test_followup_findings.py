"""Recommendations that were read in a document enter the tracker, and leave it when the decision is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kenesh import library
from kenesh.followup import actions
from kenesh.followup.models import Evidence, Recommendation, Response
from kenesh.library.actions import import_document
from kenesh.library.models import Confirmation, Document
from kenesh.people.models import Organisation, User

pytestmark = pytest.mark.django_db

PRESS = Path(library.__file__).parent / "samples/press-release-ru.html"
FIRST = "Создать общую базу решений судов о взыскании заработной платы."


@pytest.fixture
def document() -> Document:
    return import_document(data=PRESS.read_bytes(), source="press.html", by="command").document


@pytest.fixture
def secretary(chynara: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(chynara)


def press(client: Client, document: Document, **buttons: str) -> None:
    assert client.post(f"/work/library/{document.code}/review/", buttons).status_code == 302


def test_the_secretary_takes_a_recommendation_into_the_tracker(secretary: Client, document: Document, council: Any) -> None:
    press(secretary, document, accept="recommendations-0")
    made = Recommendation.objects.get()
    assert (made.text, made.body, made.document, made.source_kind) == ({"ru": FIRST}, council, document, "round_table")
    assert (made.is_public, str(made.source_text)) == (False, document.title)
    shown = secretary.get(f"/work/recommendations/{made.code}/").content.decode()
    assert f'href="/en/library/{document.code}/"' in shown


def test_taking_the_decision_back_takes_it_out_of_the_tracker(secretary: Client, document: Document) -> None:
    press(secretary, document, accept="recommendations-0")
    press(secretary, document, undo="recommendations-0")
    assert Recommendation.objects.count() == 0


def test_one_that_is_public_by_now_stays(secretary: Client, document: Document, chynara: User) -> None:
    press(secretary, document, accept="recommendations-0")
    actions.publish(recommendation=Recommendation.objects.get(), by=chynara)
    press(secretary, document, undo="recommendations-0")
    assert (Recommendation.objects.count(), Confirmation.objects.count()) == (1, 0)


def test_the_same_words_in_the_tracker_are_offered_instead_of_a_second_row(
    secretary: Client, document: Document, recommend: Callable[..., Recommendation]
) -> None:
    known = recommend("x")
    Recommendation.objects.update(text={"ru": FIRST})
    content = secretary.get(f"/work/library/{document.code}/review/").content.decode()
    assert "the same words in the tracker, 100 %" in content
    press(secretary, document, **{"accept": "recommendations-0", "target-recommendations-0": f"recommendation:{known.code}"})
    assert (Recommendation.objects.count(), Confirmation.objects.get().target) == (1, f"recommendation:{known.code}")


def test_a_secretary_enters_nothing_for_another_council(secretary: Client, document: Document, other_council: Any) -> None:
    said = {"text": FIRST, "addressee": "", "organisation": "", "body": other_council.code, "source_kind": "round_table"}
    answer = secretary.post(f"/work/library/{document.code}/review/recommendations-0/", said)
    assert "Choose from the list." in answer.content.decode()
    assert Recommendation.objects.count() == 0


def test_who_was_confirmed_in_the_same_document_is_asked_by_the_day_that_it_names(secretary: Client) -> None:
    text = (
        "Эмгек мигранттары боюнча тегерек стол\n\n2025-жылдын 3-октябрында Бишкекте тегерек стол өттү.\n\n"
        "Тегерек столдун катышуучулары сунуштайт:\n\n1. Тышкы иштер министрлигине 1-ноябрга чейин тизмени жарыялоо.\n"
    )
    ours, _theirs = (
        Organisation.objects.create(name={"ru": f"Министерство иностранных дел {of}"}, kind="ministry", country=country)
        for of, country in (("Кыргызской Республики", "KG"), ("Республики Казахстан", "KZ"))
    )
    document = import_document(data=text.encode(), source="note.txt", by="command").document
    address = f"/work/library/{document.code}/review/recommendations-0/"
    before = secretary.get(address).context["form"]["organisation"].value()
    press(secretary, document, **{"accept": "organisations-0", "target-organisations-0": f"organisation:{ours.code}"})
    assert (before, secretary.get(address).context["form"]["organisation"].value()) == ("", ours.code)
    press(secretary, document, accept="recommendations-0")
    made = Recommendation.objects.get()
    assert ([each.organisation for each in made.addressees.all()], str(made.carry_out_by)) == ([ours], "2025-11-01")


def test_symbol_paragraph_and_theme_come_with_it(secretary: Client, council: Any) -> None:
    text = (
        "CMW/C/KGZ/CO/9\n\nЗаключительные замечания по второму периодическому докладу Кыргызстана\n\n"
        "Комитет рекомендует государству-участнику:\n\n1. Искоренить невыплату заработной платы трудящимся-мигрантам.\n"
    )
    document = import_document(data=text.encode(), source="co.txt", by="command").document
    press(secretary, document, accept="recommendations-0")
    made = Recommendation.objects.get()
    assert (made.sources.get().symbol, made.sources.get().paragraph, made.sources.get().document) == (
        "CMW/C/KGZ/CO/9",
        "1",
        document,
    )
    assert list(made.concepts.values_list("concept", flat=True)) == ["unpaid-wages"]


def test_nothing_is_made_public_of_a_document_that_was_taken_out(
    secretary: Client, document: Document, chynara: User, ministry: Organisation, respond: Callable[..., Response]
) -> None:
    press(secretary, document, accept="recommendations-0")
    made = Recommendation.objects.get()
    actions.publish(recommendation=made, by=chynara)
    address = f"/en/recommendations/{made.code}/"
    link = f"/library/{document.code}/"
    asked = made.addressees.create(organisation=ministry)
    Evidence.objects.create(response=respond(asked), document=document)
    Response.objects.update(is_public=True)

    def for_programs() -> tuple[str | None, ...]:
        told = Client().get(f"/api/v1/recommendations/{made.code}").json()
        return told["sources"][0]["document_id"], told["asked"][0]["responses"][0]["evidence"][0]["document_id"]

    before = link in Client().get(address).content.decode(), for_programs()
    press(secretary, document, all="take_out")
    page = Client().get(address).content.decode()
    assert (before, for_programs()) == ((True, (document.code, document.code)), (None, None))
    assert (link in page, "A document that was taken out of the library" in page) == (False, True)
    refused = secretary.post(f"/work/library/{document.code}/review/", {"accept": "recommendations-1"}, follow=True)
    assert "Put it back first." in refused.content.decode()
    assert Recommendation.objects.count() == 1
    sent = {"kind": "other", "document": document.code, "key": "0" * 32}
    again = secretary.post(f"/work/recommendations/{made.code}/sources/", sent).content.decode()
    assert "The library has no document with this code." in again
