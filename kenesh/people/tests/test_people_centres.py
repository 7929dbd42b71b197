"""Everybody finds the centres to which one may turn: on a list, through the search, without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.kernel.codes import new_code
from kenesh.people.models import Label, Organisation
from kenesh.search.queries import search
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db


def names(client: Client, query: str = "", language: str = "ru") -> list[str]:
    """The centres of the list, in their order."""
    answer = client.get(f"/{language}/help/?{query}")
    assert answer.status_code == 200
    return [str(row) for row in answer.context["page"].rows]


def test_the_list_has_offices_that_take_appeals_and_no_others(
    client: Client, office: Any, other_office: Any, ministry: Any, make_office: Any
) -> None:
    make_office("Закрытый центр", "KG", ended_on=timezone.localdate())
    assert names(client) == ["Центр поддержки, Бишкек", "Центр поддержки, Челябинск"]


def test_a_centre_shows_what_it_publishes_with_the_label_that_a_law_demands(client: Client, make_office: Any) -> None:
    label = Label("bcdfghjk", Translated(ru="пометка по закону"), timezone.localdate())
    centre = make_office(
        "Центр, Казань", "RU", place={"ru": "Казань, ул. Мира, 1"}, services={"ru": "Зарплата"}, hours={"ru": "Пн–пт"},
        phone="+7 843 000-00-00", public_email="kazan@example.org", website="https://example.org/", labels=[label],
        mailbox="secret@example.org",
    )  # fmt: skip
    page = client.get(f"/ru/help/{centre.code}/").content.decode()
    for shown in (
        "Центр, Казань (пометка по закону)", "Казань, ул. Мира, 1</span>, Россия", "Зарплата", "Пн–пт", 'href="tel:+7843000-00-00"',
        'href="mailto:kazan@example.org"', 'href="https://example.org/"', 'href="/ru/appeal/"', ">Кыргызча<",
    ):  # fmt: skip
        assert shown in page
    assert "secret@example.org" not in page


def test_the_list_is_narrowed_by_country_and_language(client: Client, office: Any, other_office: Any) -> None:
    Organisation.objects.filter(pk=other_office.pk).update(languages=["kk"])
    assert names(client, "country=RU") == names(client, "language=kk") == ["Центр поддержки, Челябинск"]
    assert names(client, "country=KG&language=kk") == []
    assert client.get("/en/help/?country=KG&language=kk").content.decode().count("Show all centres") == 1
    assert names(client, "country=XX&language=xx&page=x") == names(client)


def test_a_node_without_centres_says_so(client: Client, ministry: Any) -> None:
    assert "No centre is listed here yet." in client.get("/en/help/").content.decode()
    assert client.get(f"/en/help/{ministry.code}/").status_code == 404


def test_a_long_list_comes_in_pages_and_costs_the_same(client: Client, make_office: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/ru/help/")
        return len(queries)

    make_office("Центр 00", "KG")
    cost()
    one = cost()
    for number in range(1, 30):
        make_office(f"Центр {number:02}", "KG")
    assert cost() == one
    assert names(client) + names(client, "page=2") == [f"Центр {number:02}" for number in range(30)]
    assert names(client, "page=3") == []


def test_the_front_page_leads_to_the_centres_of_each_country(client: Client, office: Any, other_office: Any) -> None:
    page = client.get("/en/").content.decode()
    assert re.findall(r'href="/en/help/(?:\?country=(..))?">([^<]+)<', page) == [
        ("KG", "Kyrgyzstan (1)"), ("RU", "Russia (1)"), ("", "Addresses, phones, languages"),
    ]  # fmt: skip


def test_a_centre_that_is_entered_is_found_in_another_language_until_it_ends(nurlan: Any, signed_in: Any) -> None:
    client = signed_in(nurlan)
    form = {
        "key": new_code(), "kind": "centre", "country": "KG", "name_ru": "Центр поддержки", "place_ru": "Ош", "takes_appeals": "on",
        "languages": ["ky"], "services_ru": "Невыплата заработной платы", "hours_ru": "Пн–пт", "phone": "+996 3222 0 00 00",
        "public_email": "osh@example.org", "website": "example.org",
    }  # fmt: skip
    assert client.post("/work/organisations/add/", form).status_code == 302
    made = Organisation.objects.get()
    assert (made.phone, made.website, dict(made.hours)) == ("+996 3222 0 00 00", "https://example.org", {"ru": "Пн–пт"})
    assert [(found.kind, found.code) for found in search("айлык бербей жатат").found] == [("centre", made.code)]
    assert f'href="/en/help/{made.code}/"' in client.get("/en/search/?q=unpaid+wages").content.decode()
    page = f"/work/organisations/{made.code}/edit/"
    seen = client.get(page).context["form"]["seen"].value()
    assert client.post(page, {**form, "seen": seen, "ended_on": "2026-01-01"}).status_code == 302
    assert search("unpaid wages").found == []


@pytest.mark.parametrize(("field", "value"), [("phone", "call us"), ("public_email", "osh"), ("website", "no address")])
def test_a_wrong_contact_is_said_at_its_field(nurlan: Any, signed_in: Any, field: str, value: str) -> None:
    form = {"key": new_code(), "kind": "ngo", "name_ru": "Центр", field: value}
    answer = signed_in(nurlan).post("/work/organisations/add/", form)
    assert list(answer.context["form"].errors) == [field]
