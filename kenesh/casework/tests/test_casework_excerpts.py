"""The line that a result of the search shows: where the word stands, in whatever form, script or spelling."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, Party
from kenesh.casework.search import asking, terms
from kenesh.casework.search.excerpts import Excerpt, Seeker, beginning
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring


def shown(asked: str, text: str) -> Excerpt | None:
    """What stands around these words in a text that the index found by its words."""
    return Seeker(asking.parse(asked).words).find([text], terms.word_terms(text))


@pytest.mark.parametrize(
    ("asked", "text", "hit"),
    [
        ("зарплата", "Три месяца не платят зарплату, мы ждём.", "зарплату"),
        ("человек", "В комнате нас двенадцать, люди спят на полу.", "люди"),
        ("идти", "Я шла домой с работы, и меня остановили.", "шла"),
        ("чёрный", "Нас внесли в черный список без решения суда.", "черный"),
        ("pasport", "Паспортимни олиб қўйишди, энди нима қилиш керак билмайман.", "Паспортимни"),
        ("oʻqish", "Bolam maktabga bormaydi, o'qishga hujjat kerak ekan.", "o'qishga"),
        ("слово", "Он сказал 'слово' и ушёл.", "слово"),
    ],
)
def test_a_word_is_shown_in_the_form_and_script_in_which_it_stands(asked: str, text: str, hit: str) -> None:
    found = shown(asked, text)
    assert found is not None
    assert found.hit == hit
    assert found.before + found.hit + found.after == text


def test_a_long_text_is_cut_around_the_word() -> None:
    found = shown("паспорт", f"{'Мы работали на стройке. ' * 20}Паспорта забрал бригадир. {'Мы ждём ответа. ' * 20}")
    assert found is not None
    assert (found.before[0], found.hit, found.after[-1]) == ("…", "Паспорта", "…")
    assert max(len(found.before), len(found.after)) <= 92


def test_what_is_found_by_something_else_than_a_word_shows_how_its_text_begins() -> None:
    assert Seeker(asking.parse("зарплата").words).find(["Он не платит нам."], ["c:pay"]) is None
    assert beginning(["Он не платит нам.", "Второй текст."]) == ("Он не платит нам.", "", "")
    assert beginning([]) == ("", "", "")


# --- on the page --------------------------------------------------------------------------------------------------------------


def case_of(office: Any, keys: Keyring, story: str = "Прораб не платит зарплату третий месяц") -> Case:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "danger": "no", "story": story, "citizenship": "KG", "consents": ["a"]}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return actions.open_from_appeal(keyring=keys, appeal=Appeal.objects.latest("id"))


@pytest.mark.django_db
def test_a_firm_is_shown_by_its_name_and_a_note_by_its_words(office: Any, aigul: Any, signed_in: Any) -> None:
    keys = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    case, client = case_of(office, keys), signed_in(aigul)
    body = {"role": "employer", "name": "ООО «Золотой колос»", "tax_number": ""}
    actions.add_row(keyring=keys, case=case, row=Party(case=case), body=body, key=uuid.uuid4(), verb="add_party")
    actions.add_note(keyring=keys, case=case, text="Бригадир пообещал расплатиться в пятницу", key=uuid.uuid4())
    client.get("/work/search/")
    for words, line in (("колосом", "ООО «Золотой <mark>колос</mark>»"), ("пятница", "расплатиться в <mark>пятницу</mark>")):
        answer = client.get(client.post("/work/search/", {"words": words})["Location"])
        assert f"<p>{line if words == 'колосом' else f'Бригадир пообещал {line}'}</p>" in answer.content.decode()


@pytest.mark.django_db
def test_a_page_of_results_costs_the_same_with_1_and_12_rows(
    office: Any, aigul: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    keys, client = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret), signed_in(aigul)
    case_of(office, keys)
    client.get("/work/search/")
    address = client.post("/work/search/", {"words": "зарплата"})["Location"]
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    queries = len(one)
    for _ in range(11):
        case_of(office, keys)
    client.get("/work/search/")
    with django_assert_num_queries(queries):
        page = client.get(address)
    assert len(page.context["found"].rows) == 12
    assert queries <= 28
