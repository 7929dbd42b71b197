"""Dates and countries in words, and the template filters that show them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from kenesh.themes import countries, dates
from kenesh.themes.languages import INTERFACE

DAYS = {
    "ky": "2024-жылдын 15-майы",
    "ru": "15 мая 2024 г.",
    "uz": "2024-yil 15-may",
    "tg": "15 майи соли 2024",
    "kk": "2024 жылғы 15 мамыр",
    "hy": "2024 թ. մայիսի 15",
    "en": "15 May 2024",
}
MONTHS = {
    "ky": "2023-жыл, ноябрь",
    "ru": "ноябрь 2023 г.",
    "uz": "2023-yil, noyabr",
    "tg": "ноябри соли 2023",
    "kk": "2023 жылғы қараша",
    "hy": "2023 թ. նոյեմբեր",
    "en": "November 2023",
}
KYRGYZSTAN = {
    "ky": "Кыргызстан",
    "ru": "Кыргызстан",
    "uz": "Qirgʻiziston",
    "tg": "Қирғизистон",
    "kk": "Қырғызстан",
    "hy": "Ղրղզստան",
    "en": "Kyrgyzstan",
}


@pytest.mark.parametrize("language", INTERFACE)
def test_a_day_is_told_as_people_write_it(language: str) -> None:
    assert dates.day(date(2024, 5, 15), language) == DAYS[language]


@pytest.mark.parametrize("language", INTERFACE)
def test_a_month_is_told_as_people_write_it(language: str) -> None:
    assert dates.month((2023, 11), language) == MONTHS[language]
    assert dates.month(date(2023, 11, 30), language) == MONTHS[language]


def test_a_moment_is_told_in_the_readers_zone() -> None:
    instant = datetime(2024, 10, 31, 20, 5, tzinfo=UTC)
    assert dates.moment(instant, "ru", ZoneInfo("Asia/Bishkek")) == "1 ноября 2024 г., 02:05"


def test_a_naive_moment_cannot_be_moved_to_a_zone() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        dates.moment(datetime(2024, 1, 1), "ru", ZoneInfo("Asia/Bishkek"))  # noqa: DTZ001 - the naive one is the point


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="no month 13"):
        dates.month((2024, 13), "ru")


@pytest.mark.parametrize("language", INTERFACE)
def test_countries_are_called_as_they_call_themselves(language: str) -> None:
    assert countries.country_name("KG", language) == KYRGYZSTAN[language]
    assert "иргизи" not in " ".join(name for _, name in countries.country_list("ru"))


def test_neighbours_have_their_own_names_in_russian() -> None:
    names = [countries.country_name(code, "ru") for code in ("BY", "MD", "TM", "KZ", "TJ")]
    assert names == ["Беларусь", "Молдова", "Туркменистан", "Казахстан", "Таджикистан"]


def test_the_official_name_is_there_for_letters() -> None:
    assert countries.official_name("KG", "ru") == "Кыргызская Республика"
    assert countries.official_name("TR", "ru") == "Турция"


@pytest.mark.parametrize("language", INTERFACE)
def test_every_country_is_listed_once_with_a_name(language: str) -> None:
    listed = countries.country_list(language)
    assert len(listed) == len({code for code, _ in listed}) == len({name for _, name in listed}) == 249


@pytest.mark.parametrize(
    ("language", "codes", "expected"),
    [
        ("ky", ["UZ", "RU", "KG", "AZ", "TR"], ["AZ", "KG", "UZ", "RU", "TR"]),
        ("kk", ["KG", "KZ", "RU", "AZ", "AM", "GB"], ["AM", "AZ", "KZ", "KG", "RU", "GB"]),
        ("hy", ["RU", "UZ", "UA", "AM", "KG"], ["AM", "KG", "RU", "UZ", "UA"]),
        ("uz", ["UZ", "TJ", "KG", "AM", "RU"], ["AM", "KG", "RU", "TJ", "UZ"]),
        ("tg", ["UZ", "TJ", "KG", "RU", "GE"], ["GE", "KG", "RU", "TJ", "UZ"]),
    ],
)
def test_countries_stand_in_the_order_of_the_readers_alphabet(language: str, codes: list[str], expected: list[str]) -> None:
    assert [code for code, _ in countries.country_list(language) if code in codes] == expected


def test_letters_of_each_alphabet_sort_where_its_dictionary_has_them() -> None:
    for language, letters in [("ky", "нңоөпуүф"), ("kk", "аәгғкқнңоөуұүфхһыіь"), ("tg", "гғиӣкқуӯхҳчҷ"), ("ru", "деж")]:
        assert sorted(letters, key=lambda letter: countries.collation_key(letter, language)) == list(letters)
    assert sorted(["zar", "oʻt", "shar", "ot", "chol", "sat"], key=lambda word: countries.collation_key(word, "uz")) == [
        "ot", "sat", "zar", "oʻt", "shar", "chol",
    ]  # fmt: skip


def test_a_form_puts_the_usual_countries_first() -> None:
    choices = [code for code, _ in countries.country_choices("ru", first=countries.ORIGINS)]
    assert choices[:3] == ["AZ", "AM", "BY"]
    assert set(choices[: len(countries.ORIGINS)]) == set(countries.ORIGINS)
    assert len(choices) == 249


@pytest.mark.parametrize("code", ["", "XX", "EU", "RUS", "ёж"])
def test_what_is_no_country_is_refused(code: str) -> None:
    with pytest.raises(countries.UnknownCountry):
        countries.alpha2(code)


def test_a_code_is_put_in_capitals() -> None:
    assert countries.alpha2(" kg ") == "KG"


def test_templates_speak_the_active_language() -> None:
    page = Template(
        "{% load words %}{{ day|day }}; {{ '2023-11'|month }}; {{ 'KG'|country }}; {{ codes|countries }}; "
        "{{ 'entry-ban'|theme }}; {{ 'tg'|language_name }}; {{ text|in_language }}"
    )
    values = {"day": date(2024, 5, 15), "codes": ["UZ", "AZ"], "text": {"ky": "кеңеш", "ru": "совет"}}
    with translation.override("ky"):
        shown = page.render(Context(values))
    assert shown == (
        "2024-жылдын 15-майы; 2023-жыл, ноябрь; Кыргызстан; Азербайжан, Өзбекстан; Кирүүгө тыюу салуу; Тоҷикӣ; кеңеш"
    )


def test_templates_show_nothing_for_nothing() -> None:
    page = Template("{% load words %}[{{ x|day }}{{ x|month }}{{ x|moment }}{{ x|country }}{{ x|countries }}{{ x|theme }}]")
    assert page.render(Context({"x": None})) == "[]"
