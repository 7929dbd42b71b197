"""The page of results and its JSON."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from kenesh.search import actions
from kenesh.search.findable import Findable, Text
from kenesh.themes.models import UnknownWords

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: str) -> str:
    answer = client.get("/en/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_marks_what_was_looked_for_in_the_language_of_the_text(client: Client, shelf: Any) -> None:
    found = page(client, q="unpaid wages")
    assert '<a href="/leaflets/uz-wages/" lang="uz"' in found
    assert re.findall("<mark>(.*?)</mark>", page(client, q="жалуюсь, пожаловаться")) == ["пожаловаться"]


def test_the_page_says_through_which_theme_a_result_was_found(client: Client, shelf: Any) -> None:
    assert "found through: <i>Unpaid wages</i>" in page(client, q="зарплату не платят")


def test_the_page_works_without_a_question(client: Client, shelf: Any) -> None:
    assert "What are you looking for?" in page(client)


def test_choices_are_offered_with_their_numbers_and_narrow_the_results(client: Client, shelf: Any) -> None:
    assert '<option value="KZ">Kazakhstan (1)</option>' in page(client, q="зарплата")
    assert re.findall(r'href="/leaflets/([^/]+)/"', page(client, q="зарплата", country="KZ")) == ["uz-wages"]


def test_a_choice_that_is_not_offered_counts_as_none_and_says_so(client: Client, shelf: Any) -> None:
    found = page(client, q="зарплата", country="XX", year="nineteen")
    assert (len(re.findall(r'href="/leaflets/', found)), found.count("Choose from the list.")) == (3, 2)


def test_where_nothing_is_found_the_page_helps_on(client: Client, shelf: Any) -> None:
    found = html.unescape(page(client, q="deportasion xyzxyz"))
    assert "Nothing was found." in found
    assert 'Did you mean: <a href="/en/search/?q=deportation%20xyzxyz">deportation xyzxyz</a>' in found


def test_themes_nearby_lead_on(client: Client, shelf: Any) -> None:
    assert "Themes nearby" in page(client, q="unpaid wages")


def test_ten_results_stand_on_a_page(client: Client, leaflets: Any) -> None:
    for number in range(13):
        leaflets.lay_out(f"n{number}", "ru", f"Патент на работу {number}")
    assert len(re.findall(r'href="/leaflets/', page(client, q="патент"))) == 10
    assert len(re.findall(r'href="/leaflets/', page(client, q="патент", page="2"))) == 3


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "٣"])
def test_a_page_that_there_is_not_is_no_error(client: Client, shelf: Any, number: str) -> None:
    page(client, q="зарплата", page=number)


def test_too_long_a_question_is_answered_with_a_clear_sentence(client: Client, shelf: Any) -> None:
    found = page(client, q="зарплата " * 40)
    assert "Write at most 200 characters" in found


def test_what_was_asked_is_kept_by_nobody(client: Client, shelf: Any) -> None:
    answer = client.get("/en/search/", {"q": "зарплата"})
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")


def test_words_of_a_question_are_shown_as_text(client: Client, shelf: Any) -> None:
    assert "<script>" not in page(client, q="<script>alert(1)</script>")


def test_the_reader_corrects_the_language_of_her_words_and_keeps_it_from_page_to_page(client: Client, leaflets: Any) -> None:
    for number in range(11):
        leaflets.lay_out(f"n{number}", "kk", f"Жалақы {number}")
    assert '<option value="" selected>Қазақша (found out)</option>' in page(client, q="жалақы")
    corrected = page(client, q="жалақы", q_language="ky")
    assert '<option value="ky" selected>Кыргызча</option>' in corrected
    assert 'href="?q=%D0%B6%D0%B0%D0%BB%D0%B0%D2%9B%D1%8B&amp;q_language=ky&amp;page=2"' in corrected
    assert "Choose from the list." in page(client, q="жалақы", q_language="xx")


def test_the_language_of_the_words_tells_what_they_mean(client: Client, shelf: Any) -> None:
    as_kazakh, as_russian = (client.get("/en/search/", {"q": "төрағасы", "q_language": code}) for code in ("kk", "ru"))
    assert ("/leaflets/kk-person/" in as_kazakh.content.decode(), "words_q_language" in as_russian.content.decode()) == (
        True,
        True,
    )


# --- while somebody writes ----------------------------------------------------------------------------------------------


def offered(client: Client, text: str, language: str = "en") -> list[str]:
    answer = client.get("/api/v1/suggestions", {"q": text, "lang": language})
    assert answer.status_code == 200
    return [offer["text"] for offer in answer.json()["suggestions"]]


@pytest.mark.parametrize(
    ("text", "offer"),
    [("unpa", "Unpaid wages"), ("невып", "Невыплата заработной платы"), ("nevyp", "Невыплата заработной платы"),
     ("чёрный сп", "чёрный список"), ("qora ro", "qora roʻyxat"), ("աշխ", "Աշխատավարձ")],
)  # fmt: skip
def test_a_beginning_in_any_script_is_offered_names_of_themes(client: Client, db: None, text: str, offer: str) -> None:
    assert offer in offered(client, text)


def test_titles_with_a_word_that_begins_so_are_offered_too(client: Client, shelf: Any) -> None:
    assert "School for children of migrants" in offered(client, "school for chil")
    assert offered(client, "Рахмон", "ru") == ["Кеңес төрағасы Рахмонов сөз сөйледі"]


def test_at_most_eight_are_offered_and_none_for_what_nobody_calls_so(client: Client, shelf: Any) -> None:
    assert (len(offered(client, "ми", "ru")), offered(client, "ъъъ"), offered(client, " ")) == (8, [], [])


def test_what_is_offered_says_in_which_language_it_is(client: Client, db: None) -> None:
    answer = client.get("/api/v1/suggestions", {"q": "unpa", "lang": "en"}).json()
    assert answer["suggestions"][0] == {"text": "Unpaid wages", "language": "en"}


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_the_interface_gives_results_with_the_places_of_what_was_looked_for(client: Client, shelf: Any) -> None:
    answer = client.get("/api/v1/search", {"q": "прокуратура зарплата", "lang": "en", "limit": "1"}).json()
    result = answer["results"][0]
    text, marks = result["snippet"]["text"], result["snippet"]["marks"]
    assert (answer["found"], result["kind"], result["id"], result["language"]) == (3, "leaflet", "ru-wages", "ru")
    assert result["url"] == "http://testserver/leaflets/ru-wages/"
    assert [text[start:end] for start, end in marks] == ["прокуратуру"]


def test_the_interface_names_the_themes_in_the_language_of_the_reader(client: Client, shelf: Any) -> None:
    answer = client.get("/api/v1/search", {"q": "айлык бербей жатат", "lang": "ru", "language": "uz"}).json()
    assert [result["id"] for result in answer["results"]] == ["uz-wages"]
    assert {"concept": "unpaid-wages", "label": "Невыплата заработной платы"} in answer["results"][0]["found_through"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("q", ""), ("q", "x" * 201), ("limit", "0"), ("limit", "51"), ("limit", "²"), ("language", "xx"), ("q_language", "xx"),
     ("country", "Kyrgyzstan"), ("kind", "secret"), ("body", "../../etc"), ("year", "now"), ("lang", "fr")],
)  # fmt: skip
def test_a_parameter_that_cannot_be_used_is_named(client: Client, shelf: Any, name: str, value: str) -> None:
    answer = client.get("/api/v1/search", {"q": "зарплата", name: value})
    assert (answer.status_code, answer.json()["error"].partition(":")[0]) == (400, name)


def test_what_has_not_changed_is_not_sent_again(client: Client, shelf: Any) -> None:
    first = client.get("/api/v1/search", {"q": "зарплата"})
    again = client.get("/api/v1/search", {"q": "зарплата"}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_beginning_of_a_name_leads_on_without_a_script(client: Client, shelf: Any) -> None:
    assert re.findall('lang="(..)">(зарплата)</a>', page(client, q="зарпл")) == [("ru", "зарплата")]
    assert ">Deportation by the police or migration authority</a>" in page(client, q="депор")


def test_words_that_no_theme_has_are_counted_once_however_they_are_narrowed(client: Client, shelf: Any) -> None:
    for narrowed in ({}, {"year": "2023"}, {"year": "2023", "kind": "leaflet"}):
        page(client, q="Рахмонов", **narrowed)
        client.get("/api/v1/search", {"q": "Рахмонов", **narrowed})
    assert UnknownWords.objects.get().count == 2


def test_each_filter_counts_under_the_others(client: Client, shelf: Any) -> None:
    found = page(client, q="зарплата", year="2024")
    assert re.findall(r'<option value="(?:KZ|RU|2023|2024)"[^>]*>(.*?)</option>', found) == [
        "Kazakhstan (1)",
        "Russia (1)",
        "2024 (2)",
        "2023 (1)",
    ]
    empty = page(client, q="зарплата", year="2023", country="KZ")
    assert re.findall(r'<option value="(?:KZ|RU)"[^>]*>(.*?)</option>', empty) == ["Kazakhstan", "Russia (1)"]


def test_a_link_narrows_to_what_is_not_among_the_best_and_no_number_is_told_that_is_too_small(
    client: Client, leaflets: Any
) -> None:
    leaflets.lay_out("old", "ru", "Хроника", "Рядом упомянут патент.", country="NO", year=2011)
    rows = [Findable(f"n{number}", (Text("ru", "Патент"),), {}, ("RU",), 2024) for number in range(200)]
    leaflets.laid_out.update({row.code: row for row in rows})
    actions.add_in_bulk("leaflet", iter(rows))
    assert re.findall(r'href="/leaflets/([^/]+)/"', page(client, q="патент", year="2011")) == ["old"]
    assert re.findall(r'<option value="(?:NO|RU|2011|2024)"[^>]*>(.*?)</option>', page(client, q="патент")) == [
        "Norway",
        "Russia",
        "2024",
        "2011",
    ]
