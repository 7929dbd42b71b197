"""Reading of five real documents, which are not part of the project: KENESH_SEEDS names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.reader import JsonReading

FOLDER = os.environ.get("KENESH_SEEDS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="KENESH_SEEDS does not name the folder of real documents")


def read(number: int) -> tuple[str, JsonReading]:
    path = next(Path(FOLDER).glob(f"{number:03d}_*"))
    return path.read_bytes().decode("utf-8"), read_document(path.read_bytes(), path.name).as_json()


@pytest.mark.parametrize(
    ("number", "language", "kind", "start", "end"),
    [
        (0, "ru", "meeting", "2024-05-15", None),
        (1, "ru", "founding", "2023-04-28", None),
        (2, "ky", "conference", "2011-06-13", "2011-06-14"),
        (3, "ru", "review_dialogue", "--04-13", "--04-14"),
        (4, "en", "round_table", None, None),
    ],
)
def test_language_kind_and_dates(number: int, language: str, kind: str, start: str | None, end: str | None) -> None:
    _, found = read(number)
    assert (found["language"], found["kind"], found["dates"]["start"], found["dates"]["end"]) == (language, kind, start, end)


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


@pytest.mark.parametrize(("number", "count"), [(0, 1), (1, 0), (2, 0), (3, 13), (4, 14)])
def test_all_furniture_is_dropped_and_nothing_of_the_body(number: int, count: int) -> None:
    text, found = read(number)
    assert len(found["dropped"]) == count
    assert [text[slice(*piece["at"])] for piece in found["dropped"]] == [piece["text"] for piece in found["dropped"]]
    assert max((len(str(piece["text"])) for piece in found["dropped"]), default=0) < 100


def test_the_village_of_the_conference_is_found_with_its_country() -> None:
    assert next((place["name"], place["country"]) for place in read(2)[1]["places"]) == ("Сары-Ой", "KG")


def test_figures_of_the_round_table() -> None:
    assert [(figure["value"], figure["unit"]) for figure in read(4)[1]["figures"]] == [
        (214_000_000, "persons"),
        (740_000_000, "persons"),
        (400_000_000, "persons"),
        (150_000_000_000, "USD"),
        (21_000_000, "persons"),
    ]


def test_a_missing_date_and_a_missing_year_are_told() -> None:
    assert [warning["kind"] for warning in read(4)[1]["warnings"]] == ["no_date"]
    assert [warning["kind"] for warning in read(3)[1]["warnings"]] == ["partial_date", "attack"]
