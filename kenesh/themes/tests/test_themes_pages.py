"""The thesaurus for readers and for other programs."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.test import Client
from rdflib import Graph

from kenesh.kernel import panels
from kenesh.themes import formats, queries, thesaurus
from kenesh.themes.languages import INTERFACE

ADDRESS = "/api/v1/themes"


def text_of(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "accept", "kind"),
    [
        ("", "*/*", "text/turtle; charset=utf-8"),
        ("", "text/turtle", "text/turtle; charset=utf-8"),
        ("", "application/json", "application/json"),
        ("", "application/ld+json, application/json;q=0.5", "application/ld+json"),
        ("?format=json", "text/turtle", "application/json"),
        ("?format=turtle", "application/json", "text/turtle; charset=utf-8"),
    ],
)
def test_the_format_is_what_the_address_names_or_the_program_accepts(asked: str, accept: str, kind: str) -> None:
    answer = Client().get(ADDRESS + asked, headers={"accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert "Accept" in answer["Vary"]


@pytest.mark.parametrize(("asked", "accept"), [("?format=xml", "*/*"), ("", "image/png")])
def test_a_format_that_is_not_served_is_told_with_those_that_are(asked: str, accept: str) -> None:
    answer = Client().get(ADDRESS + asked, headers={"accept": accept})
    assert answer.status_code == 406
    assert answer.content.decode() == "Choose one of these formats: ?format=turtle, ?format=jsonld or ?format=json.\n"


def test_who_has_the_present_version_gets_nothing_again() -> None:
    first = Client().get(ADDRESS, {"format": "json"})
    again = Client().get(ADDRESS, {"format": "json"}, headers={"if-none-match": first["ETag"]})
    other = Client().get(ADDRESS, {"format": "jsonld"}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own, on its way to another class
def test_turtle_and_json_ld_say_the_same() -> None:
    turtle = Graph().parse(data=formats.served("turtle"), format="turtle")
    assert len(turtle) > 10_000
    whole = json.loads(formats.served("jsonld"))
    some = {"t:scheme", "t:pay", "t:unpaid-wages", "t:hiv", "t:domestic-work", "uhri:migrants"}
    part = {**whole, "@graph": [node for node in whole["@graph"] if node["@id"] in some]}
    jsonld = Graph().parse(data=json.dumps(part), format="json-ld")
    addresses = {subject for subject in turtle.subjects() if str(subject).split(":")[-1] in {each.split(":")[1] for each in some}}
    assert set(jsonld) == {statement for statement in turtle if statement[0] in addresses}
    assert len(whole["@graph"]) == len(set(turtle.subjects()))


def test_plain_json_holds_what_a_program_needs() -> None:
    concepts = {each["id"]: each for each in json.loads(formats.served("json"))["concepts"]}
    assert len(concepts) == len(thesaurus.concepts())
    ban = concepts["entry-ban"]
    assert (ban["broader"], ban["labels"]["ru"], ban["definitions"]["en"]) == (
        "bans-expulsion",
        "Запрет на въезд",
        "A person may not enter a country for some years, or for ever.",
    )
    assert {"relation": "related", "address": "http://metadata.un.org/sdg/10.7"} in ban["matches"]


def test_the_list_leads_to_every_topmost_theme() -> None:
    text = text_of("/ru/themes/")
    assert [each.id for each in queries.tops() if f'href="/ru/themes/{each.id}/"' not in text] == []


def test_themes_have_pages() -> None:
    client = Client()
    broken = [each for each in list(thesaurus.concepts())[::9] if client.get(f"/en/themes/{each}/").status_code != 200]
    assert broken == []


def test_an_unknown_theme_is_not_found() -> None:
    assert Client().get("/ru/themes/moon/").status_code == 404


def test_a_theme_shows_its_definition_its_place_its_names_and_what_it_corresponds_to() -> None:
    text = text_of("/en/themes/location-tracking/")
    for piece in (
        "A State app that a migrant must keep on the phone and that sends where the phone is.",
        'href="/en/themes/digital-control-apps/"',
        "геолокация мигрантов в Москве и Московской области",
        'href="http://metadata.un.org/sdg/16.10"',
        "Private life &amp; privacy",
    ):
        assert piece in text


def test_words_that_people_say_but_offices_do_not_print_are_for_search_alone() -> None:
    assert "кинули на деньги" not in text_of("/ru/themes/unpaid-wages/")


def test_a_definition_in_another_language_says_in_which() -> None:
    assert '<p lang="ru">Человеку на несколько лет или навсегда запрещён въезд в страну.</p>' in text_of("/ky/themes/entry-ban/")


@pytest.mark.parametrize(
    ("language", "words", "concept"),
    [
        ("ru", "депорт", "entry-ban"),
        ("ky", "кара тизме", "entry-ban"),
        ("en", "work in Kor", "korea-eps"),
        ("hy", "чёрный список", "entry-ban"),
    ],
)
def test_a_theme_is_found_by_what_people_say(language: str, words: str, concept: str) -> None:
    assert queries.find_concepts(words, language)[0].id == concept
    assert f'href="/{language}/themes/{concept}/"' in text_of(f"/{language}/themes/?q={words}")


@pytest.mark.django_db
def test_words_that_no_theme_knows_are_told_so() -> None:
    text = text_of("/en/themes/?q=quokka")
    assert "No theme knows these words yet." in text
    assert 'href="/en/themes/pay/"' in text


def test_higher_rooms_can_show_what_they_have_on_a_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    def renderer(subject: Any, request: Any) -> str:
        return f"<p>things on {subject.id}</p>"

    monkeypatch.setitem(panels._renderers, "theme", [(1, renderer)])
    assert "<p>things on debt</p>" in text_of("/ru/themes/debt/")


@pytest.mark.parametrize("language", INTERFACE)
def test_pages_stay_light(language: str) -> None:
    for path in (f"/{language}/themes/", f"/{language}/themes/unpaid-wages/", f"/{language}/themes/sectors/"):
        assert len(gzip.compress(text_of(path).encode())) < 14_000
