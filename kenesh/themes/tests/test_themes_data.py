"""The thesaurus for other programs."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from rdflib import SKOS, Graph

from kenesh.themes import formats, thesaurus

ADDRESS = "/api/v1/themes"


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
    for up, down in ((SKOS.broader, SKOS.narrower), (SKOS.topConceptOf, SKOS.hasTopConcept)):
        assert set(turtle.subject_objects(down)) == {(above, below) for below, above in turtle.subject_objects(up)}


def test_uzbek_says_its_script_and_every_theme_is_defined_in_two_languages() -> None:
    concepts = [node for node in json.loads(formats.served("jsonld"))["@graph"] if node["@type"] == "skos:Concept"]
    assert [
        node["@id"] for node in concepts if {"uz-Latn", "uz-Cyrl"} - set(node["prefLabel"]) or "uz" in node["prefLabel"]
    ] == []
    assert [node["@id"] for node in concepts if not all(node["definition"].get(language) for language in ("ru", "en"))] == []
    assert b'"@uz-Latn' in formats.served("turtle")
    assert b'"@uz,' not in formats.served("turtle")


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
