"""Reading of five real documents, which are not part of the project: KENESH_SEEDS names their folder.

What a careful reader lists of each, field by field, and nothing else.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.reader import JsonReading

FOLDER = os.environ.get("KENESH_SEEDS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="KENESH_SEEDS does not name the folder of real documents")


@lru_cache(maxsize=5)
def read(number: int) -> tuple[str, JsonReading]:
    path = next(Path(FOLDER).glob(f"{number:03d}_*"))
    return path.read_bytes().decode("utf-8"), read_document(path.read_bytes(), path.name).as_json()


@pytest.mark.parametrize(
    ("number", "language", "kind", "start", "end", "basis"),
    [
        (0, "ru", "meeting", "2024-05-15", None, "text"),
        (1, "ru", "founding", "2023-04-28", None, "text"),
        (2, "ky", "conference", "2011-06-13", "2011-06-14", "text"),
        (3, "ru", "review_dialogue", "--04-13", "--04-14", "text"),
        (4, "en", "round_table", None, None, None),
    ],
)
def test_language_kind_and_dates(
    number: int, language: str, kind: str, start: str | None, end: str | None, basis: str | None
) -> None:
    _, found = read(number)
    assert (found["language"], found["kind"]) == (language, kind)
    assert (found["dates"]["start"], found["dates"]["end"], found["dates"]["basis"]) == (start, end, basis)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "15 мая 2024 года"),
        (1, "28 апреля 2023 года"),
        (2, "2011-жылдын 13-июнунда жана 14-июнунда"),
        (3, "13–14 апреля с.г."),
    ],
)
def test_the_place_of_the_date_is_its_words(number: int, words: str) -> None:
    text, found = read(number)
    assert text[slice(*(found["dates"]["at"] or []))] == words


@pytest.mark.parametrize(
    ("number", "years"), [(0, [("2021", "past")]), (1, []), (2, [("2008", "past")]), (3, []), (4, [("2011", "past")])]
)
def test_years_in_which_something_began(number: int, years: list[tuple[str, str]]) -> None:
    assert [(one["start"], one["role"]) for one in read(number)[1]["dates"]["others"]] == years


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (0, "В Бишкеке прошло заседание Межстранового экспертно-консультативного совета по миграции"),
        (1, "В Кыргызстане создан Межстрановой Большой Общественный Совет по миграции"),
        (2, "Борбордук Азиянын эмгек мигранттарынын укуктарын коргоо: көйгөйлөр жана перспективалар"),
        (3, "Об участии кыргызской делегации в работе 22-й сессии Комитета по защите прав мигрантов"),
        (4, "Issues of migration and protection of refugees in Central Asia discussed in Astana"),
    ],
)
def test_titles(number: int, title: str) -> None:
    assert read(number)[1]["title"] == title


@pytest.mark.parametrize(
    ("number", "countries"),
    [
        (0, {"KG", "KZ", "UZ", "TJ", "AZ", "AM", "GE", "RU"}),
        (1, {"KG", "RU", "KZ", "TR", "AM", "UZ"}),
        (2, {"KG", "TJ", "AM", "AZ", "HU", "US", "RU"}),
        (3, {"KG"}),
        (4, {"KZ", "AZ", "AF", "KG", "TJ", "TR", "TM", "IR", "PK"}),
    ],
)
def test_countries(number: int, countries: set[str]) -> None:
    assert set(read(number)[1]["countries"]) == countries


@pytest.mark.parametrize(
    ("number", "places"),
    [
        (0, [("Бишкек", "KG"), ("Санкт-Петербург", "RU")]),
        (1, [("Бишкек", "KG"), ("Санкт-Петербург", "RU")]),
        (2, [("Сары-Ой", "KG"), ("Ысык-Көл облусу", "KG"), ("Челябинск", "RU"), ("Казань", "RU"), ("Москва", "RU")]),
        (3, [("Женева", "CH")]),
        (4, [("Astana", "KZ")]),
    ],
)
def test_places(number: int, places: list[tuple[str, str]]) -> None:
    assert [(place["name"], place["country"]) for place in read(number)[1]["places"]] == places


@pytest.mark.parametrize(
    ("number", "organisations"),
    [
        (
            0,
            [
                ("Межстрановой экспертно-консультативный совет по миграции", None),
                ("ЕЭК", "participant"),
                ("Министерство труда, социального обеспечения и миграции Кыргызской Республики", "organiser"),
                ("ОО «Ресурсный центр для пожилых»", "organiser"),
                ("Международная коалиция «Миграция и развитие (МиР)»", "participant"),
                ("ПСП-фонд", None),
            ],
        ),
        (
            1,
            [
                ("Межстрановой Большой Общественный Совет по миграции", None),
                ("Общественное объединение «Ресурсный центр для пожилых»", "organiser"),
                ("Министерство труда социального обеспечения и миграции КР", "participant"),
                ("Большой общественный совет по миграции в Кыргызстане", None),
                ("ПСП-Фонд", "participant"),
                ("Caritas France", "donor"),
            ],
        ),
        (
            2,
            [
                ("Ачык Коом Фонду", "organiser"),
                ("“Сорос-Кыргызстан” Фонду", "organiser"),
                ("Кыргыз Республикасынын Эмгек, жумуштуулук жана миграция министрлиги", "participant"),
                ("Миграциялык саясат институту", "participant"),
            ],
        ),
        (
            3,
            [
                ("Комитет ООН по защите прав трудящихся мигрантов", None),
                (
                    "Постоянное представительство Кыргызской Республики при ООН и других международных организациях в Женеве",
                    "participant",
                ),
                ("ООН", None),
            ],
        ),
        (
            4,
            [
                ("Analysis center of the First President Library of RK", "organiser"),
                ("Subregional coordination office of the International Organization for Migration", "organiser"),
                ("IOM", "participant"),
                ("Ministry of Healthcare and Social Development of the RK", "organiser"),
                ("Almaty process", None),
                ("Human Rights Commission of President of RK", "participant"),
                ("International Labor Organization", "source"),
            ],
        ),
    ],
)
def test_organisations_and_what_they_did(number: int, organisations: list[tuple[str, str | None]]) -> None:
    assert [(one["name"], one["role"]) for one in read(number)[1]["organisations"]] == organisations


@pytest.mark.parametrize(
    ("number", "persons"),
    [
        (0, []),
        (
            1,
            [
                ("Полотова Жылдыз Арстанбековна", "Заместитель министра труда социального обеспечения и миграции КР"),
                ("Светлана Баштовенко", "президент ОО “Ресурсный центр для пожилых”"),
                ("Панич Борис Леонидович", "руководитель «ПСП-Фонда»"),
                ("Бейшенов Майрамбек Мырзабекович", "Эксперт в сфере миграции"),
            ],
        ),
        (
            2,
            [
                ("Алмазбек Абытов", "Кыргыз Республикасынын Эмгек, жумуштуулук жана миграция министри"),
                ("Энтони Рихтер", "Ачык Коом Фондунун директордун орун басары"),
                ("Кэтлин Ньюленд", "Миграциялык саясат институтунун тең уюштуруучусу"),
                ("Кумар Бекболотов", "“Сорос-Кыргызстан” Фондунун аткаруучу директору"),
            ],
        ),
        (
            3,
            [
                (
                    "Г.Искакова",
                    "Постоянный представитель Кыргызской Республики при ООН и других международных организациях в Женеве",
                )
            ],
        ),
        (
            4,
            [
                ("Birzhan Nurymbetov", "Vice-minister of Healthcare and social development of RK"),
                ("Deyan Keserovich", "Regional coordinator of IOM for Central Asia"),
                ("Tastemir Abishev", "secretary of the Human Rights Commission of President of RK"),
            ],
        ),
    ],
)
def test_persons_and_their_posts(number: int, persons: list[tuple[str, str]]) -> None:
    assert [(person["name"], person["post"]) for person in read(number)[1]["persons"]] == persons


@pytest.mark.parametrize(
    ("number", "figures"),
    [
        (0, []),
        (1, [(1_000_000, "persons", "more than", "Полотова Жылдыз Арстанбековна", None)]),
        (2, []),
        (3, [(70, "questions", "more than", None, None)]),
        (
            4,
            [
                (1, "persons", None, "IOM", None),
                (214_000_000, "persons", None, "IOM", None),
                (740_000_000, "persons", None, "IOM", None),
                (400_000_000, "persons", "up to", None, 2040),
                (150_000_000_000, "USD", "more than", "International Labor Organization", None),
                (21_000_000, "persons", "about", None, None),
            ],
        ),
    ],
)
def test_figures_and_who_says_so(number: int, figures: list[tuple[object, ...]]) -> None:
    found = read(number)[1]["figures"]
    assert [(one["value"], one["unit"], one["qualifier"], one["source"], one["year"]) for one in found] == figures


def test_what_is_counted_is_a_noun() -> None:
    assert [one["what"] for one in read(4)[1]["figures"]] == [
        "Every seventh in the world person", "international migrants", "internal migrants", "international migrants",
        "illegal incomes received from trade in people", "people prone to forced labor",
    ]  # fmt: skip
    assert [(one["of"], one["per"]) for one in read(4)[1]["figures"] if one["of"] or one["per"]] == [(7, None), (None, "year")]


@pytest.mark.parametrize(
    ("number", "sure", "perhaps"),
    [
        (
            0,
            {
                "pre-departure-info", "rights-protection", "labour-market", "regional-integration", "health-care",
                "interstate-coordination", "safe-migration", "family-children", "advisory-councils",
            },
            set(),
        ),
        (
            1,
            {
                "interstate-coordination", "migration-authority", "rights-protection", "regional-integration", "family-children",
                "advisory-councils", "migration-policy", "ngo-cooperation",
            },
            set(),
        ),
        (
            2,
            {
                "labour-inspection", "rights-protection", "organised-recruitment", "legal-aid", "legislation-gap",
                "pre-departure-info",
            },
            {"integration"},
        ),
        (
            3,
            {
                "rights-protection", "list-of-issues", "foreign-workers-here", "child-labour", "health-care", "maternity", "pension",
                "voting", "migrant-workers-convention", "family-children", "concluding-observations", "treaty-reporting",
            },
            {"citizenship"},
        ),
        (
            4,
            {
                "asylum", "interstate-coordination", "regional-dialogues", "rights-protection", "trafficking", "legislation-gap",
                "border-management", "forced-labour", "integration", "migration-policy",
                "irregular-migration", "international-standards",
            },
            set(),
        ),
    ],
)  # fmt: skip
def test_themes_and_how_sure_they_are(number: int, sure: set[str], perhaps: set[str]) -> None:
    found = read(number)[1]["themes"]
    assert {one["concept"] for one in found if one["sure"]} == sure
    assert {one["concept"] for one in found if not one["sure"]} == perhaps


@pytest.mark.parametrize("number", range(5))
def test_no_question_or_symbol_and_no_sure_recommendation_is_invented(number: int) -> None:
    found = read(number)[1]
    assert ([one for one in found["recommendations"] if one["sure"]], found["questions"], found["symbols"]) == ([], [], [])


@pytest.mark.parametrize(("number", "count"), [(0, 0), (1, 0), (2, 0), (3, 0), (4, 2)])
def test_what_must_be_done_and_what_was_agreed_waits_for_a_look(number: int, count: int) -> None:
    assert [one["addressee"] for one in read(number)[1]["recommendations"]] == [None] * count


@pytest.mark.parametrize(("number", "count"), [(0, 1), (1, 0), (2, 0), (3, 13), (4, 14)])
def test_all_furniture_is_dropped_and_nothing_of_the_body(number: int, count: int) -> None:
    text, found = read(number)
    assert len(found["dropped"]) == count
    assert [text[slice(*piece["at"])] for piece in found["dropped"]] == [piece["text"] for piece in found["dropped"]]
    assert max((len(str(piece["text"])) for piece in found["dropped"]), default=0) < 100


def test_a_missing_date_and_a_missing_year_are_told() -> None:
    assert [warning["kind"] for warning in read(4)[1]["warnings"]] == ["no_date"]
    assert [warning["kind"] for warning in read(3)[1]["warnings"]] == ["partial_date", "attack"]
