"""Facts of a case: who the person is, the other side with its conflict check, evidence, themes that the words speak of."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.actions import facts
from kenesh.casework.models import Case, Matter, Party, Person, Sheet
from kenesh.casework.opening import open_case
from kenesh.casework.registers import looks_right
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

STORY = "Нам не платят зарплату третий месяц, прораб забрал паспорт"


def key() -> str:
    return str(uuid.uuid4())


def filed(office: Any, **changes: Any) -> Appeal:
    draft = drafts.new()
    draft.answers = {
        "theme": "own-words",
        "story": STORY,
        "citizenship": "KG",
        "where_country": "RU",
        "consents": ["a"],
        **changes,
    }
    appeals.file_appeal(draft=draft, office=office, language="ru")
    return Appeal.objects.order_by("-id")[:1].get()


@pytest.fixture
def client(office: Any, aigul: Any, signed_in: Any) -> Any:
    return signed_in(aigul)


@pytest.fixture
def case(office: Any, client: Any) -> Case:
    return taken_up(client, filed(office))


def taken_up(client: Client, appeal: Appeal) -> Case:
    answer = client.post(f"/work/appeals/{appeal.code}/take-up/")
    assert answer.status_code == 302
    assert "/cases/" in answer.url
    return Case.objects.order_by("-id")[:1].get()


def body_of(case: Case, kind: Any, user: Any) -> dict[str, Any]:
    opened = open_case(case, Keyring(user, sign_in.check(user.email, PASSWORD).secret))
    return opened.open(kind.objects.filter(case=case).order_by("-id")[:1].get()).body


# --- who the person is ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_identity_is_asked_in_a_part_that_opens_when_needed_and_is_sealed(client: Any, case: Case, aigul: Any) -> None:
    page = f"/work/cases/{case.code}/person/{Person.objects.get().uid}/"
    assert "<details>" in client.get(page).content.decode()
    form = {
        "name": "Айбек",
        "name_form": "one",
        "passport": "AN1234567",
        "vulnerable": ["ill", "no-income"],
        "held_since": "вчера",
    }
    assert client.post(page, {**form, "version": "1", "key": key()}).status_code == 302
    body = body_of(case, Person, aigul)
    assert (body["name_form"], body["passport"], body["vulnerable"]) == ("one", "AN1234567", ["ill", "no-income"])
    assert b"AN1234567" not in bytes(Person.objects.get().sealed)
    assert "<details open>" in client.get(page).content.decode()


@pytest.mark.django_db
def test_way_of_working_and_evidence_are_one_sealed_sheet(client: Any, case: Case, aigul: Any) -> None:
    page = f"/work/cases/{case.code}/sheet/"
    first = {"type": "negotiation", "evidence_contract": "have", "evidence_witnesses": "can-get", "version": "0"}
    assert client.post(page, first).status_code == 302
    late = client.post(page, {**first, "type": "group"})
    assert late.status_code == 422
    assert client.post(page, {**first, "type": "group", "version": "1"}).status_code == 302
    assert body_of(case, Sheet, aigul)["type"] == "group"
    assert Sheet.objects.count() == 1
    assert client.get(f"/work/cases/{case.code}/facts/").status_code == 200


# --- the other side -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_number_that_cannot_be_right_is_kept_with_a_warning(client: Any, case: Case, aigul: Any) -> None:
    page = f"/work/cases/{case.code}/party/"
    form = {"role": "employer", "name": "ООО Сапсан", "tax_number": "7707083894", "version": "1", "key": key()}
    answer = client.post(page, form, follow=True)
    assert [message.level_tag for message in answer.context["messages"]][-1] == "warning"
    body = body_of(case, Party, aigul)
    assert (body["tax_number"], body["inn"], body["ogrn"]) == ("7707083894", "7707083894", "")


@pytest.mark.parametrize(
    ("number", "country", "right"),
    [
        ("7707083893", "", True),  # the savings bank's INN
        ("7707083892", "", False),
        ("500100732259", "RU", True),  # the INN that the tax service gives as its example
        ("500100732258", "RU", False),
        ("1027700132195", "", True),  # the savings bank's OGRN
        ("1027700132196", "", False),
        ("304500116000157", "", True),  # an entrepreneur's OGRN, example of the tax service
        ("abc", "", False),
        ("77070838930000000", "", False),
    ],
)
def test_check_digits(number: str, country: str, right: bool) -> None:
    assert looks_right(number, country) is right


def client_named(client: Client, office: Any, name: str) -> Case:
    case = taken_up(client, filed(office))
    person = Person.objects.get(case=case)
    page = f"/work/cases/{case.code}/person/{person.uid}/"
    assert client.post(page, {"name": name, "phone": "+7 916 555 44 33", "version": "1", "key": key()}).status_code == 302
    return case


@pytest.mark.django_db
def test_an_other_side_who_is_a_client_is_shown_before_going_on(client: Any, office: Any, case: Case, aigul: Any) -> None:
    known = client_named(client, office, "Кудайберди Асанов")
    form = {"role": "agent", "name": "Kudaiberdi Asanov", "version": "1", "key": key()}
    page = f"/work/cases/{case.code}/party/"
    asked = client.post(page, form)
    assert asked.status_code == 422
    assert [found.case for found in asked.context["conflicts"]] == [known]
    assert Party.objects.filter(case=case).count() == 0
    assert client.post(page, {**form, "why": "Тёзка, другой год рождения"}).status_code == 302
    assert body_of(case, Party, aigul)["conflict"]["why"] == "Тёзка, другой год рождения"


@pytest.mark.django_db
def test_taking_up_an_appeal_against_a_client_asks_first(client: Any, office: Any, aigul: Any) -> None:
    client_named(client, office, "Кудайберди Асанов")
    appeal = filed(office, culprit="agent", culprit_name="Асанов Кудайберди")
    answer = client.post(f"/work/appeals/{appeal.code}/take-up/")
    assert answer.url == f"/work/appeals/{appeal.code}/conflicts/"
    assert "Кудайберди Асанов" in client.get(answer.url).content.decode()
    assert client.post(answer.url, {"why": ""}).status_code == 422
    assert client.post(answer.url, {"why": "Другой человек"}).status_code == 302
    case = Case.objects.order_by("-id")[:1].get()
    body = body_of(case, Party, aigul)
    assert (body["role"], body["name"], body["conflict"]["why"]) == ("agent", "Асанов Кудайберди", "Другой человек")


@pytest.mark.django_db
def test_a_client_is_found_behind_any_number_of_stories_that_mention_the_name(client: Any, office: Any, aigul: Any) -> None:
    known = client_named(client, office, "Петров Сергей")
    for _ in range(11):
        filed(office, story="Нас обманул бригадир Петров Сергей из Казани")
    appeal = filed(office, culprit="agent", culprit_name="Сергей Петров")
    answer = client.post(f"/work/appeals/{appeal.code}/take-up/")
    assert [found.case for found in client.get(answer.url).context["conflicts"]] == [known]


@pytest.mark.django_db
def test_a_name_in_more_files_than_can_be_looked_through_is_never_called_free(
    client: Any, office: Any, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):  # each with two people who share the parts of the name
        other = client_named(client, office, "Петров Иван")
        form = {"name": "Асанов Сергей", "version": "1", "key": key()}
        assert client.post(f"/work/cases/{other.code}/person/", form).status_code == 302
    monkeypatch.setattr(facts, "PAGE", 1)
    monkeypatch.setattr(facts, "MOST_PAGES", 1)
    form = {"role": "agent", "name": "Петров Сергей", "version": "1", "key": key()}
    asked = client.post(f"/work/cases/{case.code}/party/", form)
    assert asked.status_code == 422
    assert [found.by for found in asked.context["conflicts"]] == ["unfinished"]
    assert f'href="{reverse("casework_work:search")}"' in asked.content.decode()


@pytest.mark.django_db
def test_joining_an_appeal_against_a_client_asks_first_too(client: Any, office: Any, case: Case, aigul: Any) -> None:
    client_named(client, office, "Кудайберди Асанов")
    appeal = filed(office, culprit="agent", culprit_name="Асанов Кудайберди")
    answer = client.post(f"/work/appeals/{appeal.code}/join/{case.code}/")
    assert answer.url == f"/work/appeals/{appeal.code}/join/{case.code}/conflicts/"
    assert case.appeals.count() == 1
    page = client.get(answer.url).content.decode()
    assert "Кудайберди Асанов" in page
    assert case.code in page
    assert client.post(answer.url, {"why": ""}).status_code == 422
    assert case.appeals.count() == 1
    assert client.post(answer.url, {"why": "Другой человек"}).status_code == 302
    assert case.appeals.count() == 2
    assert body_of(case, Party, aigul)["conflict"]["why"] == "Другой человек"


@pytest.mark.django_db
def test_opening_several_cases_at_once_leaves_those_against_a_client(client: Any, office: Any) -> None:
    client_named(client, office, "Кудайберди Асанов")
    against = filed(office, culprit="agent", culprit_name="Асанов Кудайберди")
    other = filed(office, culprit="employer", culprit_name="ООО Сапсан")
    rows = [f"a:{against.code}", f"a:{other.code}"]
    client.post("/work/queue/several/", {"what": "take_up", "rows": rows, "key": key(), "show": "new"})
    assert (Case.objects.filter(appeals=against).count(), Case.objects.filter(appeals=other).count()) == (0, 1)
    assert f'<a href="/work/appeals/{against.code}/conflicts/">{against.code}</a>' in client.get("/work/queue/").content.decode()


@pytest.mark.django_db
def test_what_the_person_said_of_the_other_side_opens_the_case_with_it(client: Any, office: Any, aigul: Any) -> None:
    case = taken_up(client, filed(office, culprit="employer", culprit_name="ООО Сапсан"))
    assert body_of(case, Party, aigul) == {"role": "employer", "name": "ООО Сапсан"}


# --- themes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_theme_is_suggested_with_its_words_and_stored_when_accepted(client: Any, case: Case, aigul: Any) -> None:
    page = client.get(f"/work/cases/{case.code}/facts/")
    assert "unpaid-wages" in [one.concept for one in page.context["suggestions"]]
    assert "<mark>" in page.content.decode()
    assert body_of(case, Matter, aigul)["theme"] == "own-words"
    matter = Matter.objects.get(case=case)
    address = f"/work/cases/{case.code}/matter/{matter.uid}/theme/"
    assert client.post(address, {"theme": "unpaid-wages", "version": matter.version}).status_code == 302
    assert body_of(case, Matter, aigul)["theme"] == "unpaid-wages"
    case.refresh_from_db()
    assert case.theme == "pay"
    assert client.get(f"/work/cases/{case.code}/facts/").context["suggestions"] == []
    client.post(address, {"theme": "nonsense", "version": "2"})
    assert body_of(case, Matter, aigul)["theme"] == "unpaid-wages"


@pytest.mark.django_db
def test_strangers_find_nothing(client: Any, case: Case, boris: Any, signed_in: Any) -> None:
    stranger = signed_in(boris)
    matter = Matter.objects.get(case=case)
    for part in ("party/", "sheet/", f"matter/{matter.uid}/theme/"):
        assert stranger.post(f"/work/cases/{case.code}/{part}", {}).status_code == 404
    assert stranger.get(f"/work/appeals/{Appeal.objects.get().code}/conflicts/").status_code == 404


# --- a complaint about an office ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_complaint_about_an_office_goes_to_another_one(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    """Through the public form: the office complained about can neither be chosen nor given it, and finds nothing."""
    visitor = Client()
    assert visitor.post("/ru/appeal/", {"danger": "no", "theme": "pay", "story": STORY}).status_code == 302
    assert visitor.post("/ru/appeal/where/", {"citizenship": "KG", "where_country": "KG", "now_country": "KG"}).status_code == 302
    assert visitor.post("/ru/appeal/who/", {"for_whom": "self"}).status_code == 302
    answer = {"answer_how": "code", "consents": ["a"], "complaint_about": office.code}
    assert visitor.post("/ru/appeal/answer/", {**answer, "office": office.code}).status_code == 422
    assert visitor.post("/ru/appeal/answer/", {**answer, "office": ""}).status_code == 302
    visitor.post("/ru/appeal/send/")
    appeal = Appeal.objects.get()
    assert appeal.office == other_office  # although the other one is nearer
    assert signed_in(aigul).get(f"/work/appeals/{appeal.code}/").status_code == 404
    receiving = signed_in(boris)
    page = receiving.get(f"/work/appeals/{appeal.code}/")
    assert page.context["complaint_about"] == office
    case = taken_up(receiving, appeal)
    assert body_of(case, Sheet, boris) == {"type": "own-service"}
