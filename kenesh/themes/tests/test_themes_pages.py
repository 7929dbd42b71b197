"""The thesaurus for readers."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

from kenesh.kernel import panels
from kenesh.themes import queries, thesaurus
from kenesh.themes.languages import INTERFACE

pytestmark = pytest.mark.django_db


def text_of(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


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
