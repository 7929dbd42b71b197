"""Figures with their unit, how sure they are, and who says so; and numbers that are no figures."""

from __future__ import annotations

# ruff: noqa: E501  # one line a case
import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.figures import find_figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В России работают более 1 млн. граждан Кыргызстана.", [(1_000_000, None, "persons", "more than")]),
        ("Около полутора миллиона человек получили 25–30 тыс. сомов.", [(1_500_000, None, "persons", "about"), (25_000, 30_000, "KGS", None)]),
        ("Въехали 6,3 млн иностранцев, из них более 1,1 млн работать.", [(6_300_000, None, "persons", None), (1_100_000, None, "persons", "more than")]),
        ("Россияда бир миллиондон ашуун жаран, алардын 40 пайызы аялдар.", [(1_000_000, None, "persons", "more than"), (40, None, "percent", None)]),
        ("Орталыққа 1200 астам өтініш түсті, 3 миллион теңге.", [(1_200, None, "appeals", "more than"), (3_000_000, None, "KZT", None)]),
        ("2 milliondan ortiq muhojir, 500 ming soʻm.", [(2_000_000, None, "persons", "more than"), (500_000, None, "UZS", None)]),
        ("Зиёда аз 650 ҳазор муҳоҷир, 75 фоиз, 300 сомонӣ.", [(650_000, None, "persons", "more than"), (75, None, "percent", None), (300, None, "TJS", None)]),
        ("Incomes of more than 150 bln. US dollars; US$ 2.5 billion.", [(150_000_000_000, None, "USD", "more than"), (2_500_000_000, None, "USD", None)]),
    ],
)  # fmt: skip
def test_value_unit_and_qualifier(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(one.value, one.up_to, one.unit, one.qualifier) for one in find_figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Число выросло в два раза, в 3 раза за 3 дня.",
        "На 22-й сессии, ст. 12, п. 5, № 45 от 12.05.2014, тел. +996 312 62-50-88.",
        "Article 16, paragraph 2 of resolution 45/158; 7 in 10 workers; room 12.",
        "В 2024 году; 2011-жылы.",
    ],
)
def test_ordinals_articles_years_shares_and_telephones_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


def test_the_source_and_the_year_are_those_of_the_sentence() -> None:
    found = find_figures("According to IOM, about 1.2 million migrants worked abroad in 2022.")
    assert [(one.source, one.year, one.what) for one in found] == [("IOM", 2022, "migrants")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Миграция кызматынын маалыматы боюнча Россияда 650 миң кыргызстандык иштейт.",
            ("Миграция кызматы", None, "кыргызстандык"),
        ),
        (
            "Statistika agentligi maʼlumotiga koʻra, Rossiyada 1,2 milliondan ortiq fuqaro ishlaydi.",
            ("Statistika agentligi", "more than", "fuqaro"),
        ),
        (
            "Еңбек министрлігінің мәліметінше, елде 300 мыңнан астам еңбек мигранты жұмыс істейді.",
            ("Еңбек министрлігі", "more than", "еңбек мигранты"),
        ),
        ("Штраф для работодателей увеличен до 50 тыс. сомов.", (None, None, "Штраф для работодателей")),
        ("Штраф для работодателей составляет до 50 тыс. сомов.", (None, "up to", "Штраф для работодателей")),
        ("Число жалоб сократилось на 30 процентов.", (None, None, "Число жалоб")),
        ("Общественный фонд потратил 5 млн рублей.", (None, None, None)),
        (
            "«У нас в стране работает почти 20 тыс. иностранных граждан», – сказала директор центра Анна Иванова.",
            ("Анна Иванова", "almost", "иностранных граждан"),
        ),
        ("The number of migrant workers will reach 400 million people by 2040.", (None, None, "migrant workers")),
    ],
)
def test_a_figure_has_its_authority_and_counts_a_noun_or_nothing(text: str, expected: tuple[str | None, ...]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["figures"]
    assert [(one["source"], one["qualifier"], one["what"]) for one in found] == [expected]
