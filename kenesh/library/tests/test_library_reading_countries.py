"""Countries and places in every language, and what only looks like one."""

from __future__ import annotations

# one line a case
import pytest

from kenesh.library.reading.places import find_places
from kenesh.themes.mentions import find_countries


def codes(text: str, language: str) -> list[str]:
    return list(dict.fromkeys(found.code for found in find_countries(text, language)))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            "российско-кыргызский договор, Южную Корею, в Соединённых Штатах Америки, Египта и Литве",
            ["RU", "KG", "KR", "US", "EG", "LT"],
        ),
        ("ky", "кыргызстандык жарандар Россиядагы, Казакстандан, АКШдагы жана Түркияга", ["KG", "RU", "KZ", "US", "TR"]),
        ("kk", "Қырғызстан мен Өзбекстаннан, ресейлік, ҚР Үкіметі", ["KG", "UZ", "RU", "KZ"]),
        ("uz", "Oʻzbekiston, Qirgʻiziston va Rossiyadan kelgan tojikistonliklar", ["UZ", "KG", "RU", "TJ"]),
        ("uz", "Ўзбекистонда, Қирғизистон ва Қозоғистонга", ["UZ", "KG", "KZ"]),
        ("tg", "Ҷумҳурии Тоҷикистон, Федератсияи Россия ва ИМА", ["TJ", "RU", "US"]),
        (
            "en",
            "Kyrgyzstan's partners: the United Arab Emirates, the Republic of Korea, Turkey and Kazakh officials",
            ["KG", "AE", "KR", "TR", "KZ"],
        ),
        ("hy", "Ռուսաստանում և Հայաստանից", ["RU", "AM"]),
        ("ru", "🇰🇬 и 🇺🇿 подписали", ["KG", "UZ"]),
        ("ru", "граждане из Чада, Мали и Того", ["TD", "ML", "TG"]),
    ],
)
def test_countries_by_name_form_adjective_acronym_and_flag(language: str, text: str, expected: list[str]) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Того совета больше нет. Республика Коми."),
        ("ru", "на улице Армения, гостиница «Узбекистан», кинотеатр «Россия»"),
        ("ru", "перевод на кыргызский и русский языки, 300 долларов США, 500 российских рублей"),
        ("en", "Original: Russian\nEnglish, French and Russian only"),
        ("en", "Atlanta, Georgia. Michael Jordan spoke for Caritas France."),
        ("uz", "500 AQSh dollari"),
    ],
)
def test_states_streets_hotels_languages_and_money_are_no_countries(language: str, text: str) -> None:
    assert codes(text, language) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ысык-Көл облусунун Сары-Ой айылында", [("Сары-Ой", "KG"), ("Ысык-Көл облусу", "KG")]),
        (
            "в Нижнем Новгороде и Ростове-на-Дону, Московская область",
            [("Нижний Новгород", "RU"), ("Ростов-на-Дону", "RU"), ("Московская область", "RU")],
        ),
        ("Алматы қаласында, Түркістан облысы", [("Алматы", "KZ"), ("Түркістан облысы", "KZ")]),
        ("Toshkent shahrida, Samarqand viloyati", [("Toshkent", "UZ"), ("Samarqand viloyati", "UZ")]),
        ("дар шаҳри Душанбе ва вилояти Суғд", [("Душанбе", "TJ"), ("вилояти Суғд", "TJ")]),
        ("in Sary-Oy village, Issyk-Kul Region", [("Sary-Oy", None), ("Issyk-Kul Region", "KG")]),
        ("на ул. Москва, the Almaty process", []),
    ],
)
def test_places_are_uninflected_with_their_country(text: str, places: list[tuple[str, str | None]]) -> None:
    assert [(place.name, place.country) for place in find_places(text)] == places


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uz", "Koreya Respublikasi, Polsha va Germaniyadagi ish beruvchilar; turk kompaniyasi", ["KR", "PL", "DE", "TR"]),
        ("ru", "польский и корейский рынки труда, КНДР", ["PL", "KR", "KP"]),
        ("kk", "түрік компаниясы, Солтүстік Корея", ["TR", "KP"]),
        ("ky", "корей жумуш берүүчүлөрү жана орус тарап", ["KR", "RU"]),
        ("en", "Korean and German employers, North Korean workers", ["KR", "DE"]),
    ],
)
def test_korea_and_adjectives_before_people_and_firms(language: str, text: str, expected: list[str]) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Баткен жана Жалал-Абад облустарында", [("Баткен облусу", "KG"), ("Жалал-Абад облусу", "KG")]),
        ("Samarqand va Andijon viloyatlarida", [("Samarqand viloyati", "UZ"), ("Andijon viloyati", "UZ")]),
        ("23 мая 2024 г. Совет предложил. Проезд в 2025 г. Фонд оплатит.", []),
        ("the Surkhandarya Regional Employment Department", []),
    ],
)
def test_regions_of_a_list_and_what_is_none(text: str, places: list[tuple[str, str]]) -> None:
    assert [(place.name, place.country) for place in find_places(text)] == places
