"""Scoring of readings against expected ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kenesh.library.reading.scoring import FieldScore, Mistake, expected_readings, score, score_samples

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FLOORS = {"themes": 0.80}  # of a field that is read less well than nine in ten

FOUND: dict[str, Any] = {
    "source": "/somewhere/a.txt",
    "language": "ru",
    "title": "Заседание «Совета»",
    "kind": "meeting",
    "dates": {"start": "2024-05-15", "end": None, "basis": "15 мая 2024 года"},
    "countries": ["KG", "RU", "KZ"],
    "persons": [{"name": "Айгүл  Осмонова", "post": "директор", "at": [1, 9]}],
    "figures": [{"value": 5.0, "unit": "percent", "what": None, "at": [3, 4]}],
    "symbols": [],
}


def scored(**expected: object) -> dict[str, FieldScore]:
    return dict(score([FOUND], [{"source": "a.txt", **expected}]).fields)


def test_only_what_is_expected_is_scored() -> None:
    assert scored(language="ru", kind="news") == {"language": FieldScore(1, 1, 1), "kind": FieldScore(0, 1, 1)}


def test_quotation_marks_case_and_spaces_make_no_difference() -> None:
    assert scored(title='заседание "совета"')["title"] == FieldScore(1, 1, 1)


def test_one_of_several_right_titles_is_enough() -> None:
    assert scored(title=["Совет", "Заседание «Совета»"])["title"] == FieldScore(1, 1, 1)


def test_nothing_where_nothing_is_expected_earns_nothing_and_a_value_there_is_invented() -> None:
    assert scored(dates={"start": None, "end": None}) == {"dates.start": FieldScore(0, 1, 0), "dates.end": FieldScore(0, 0, 0)}


def test_lists_are_compared_as_sets_with_what_was_missed_and_invented() -> None:
    scores = score([FOUND], [{"source": "a.txt", "countries": ["KG", "KZ", "UZ"]}])
    assert scores.fields["countries"] == FieldScore(2, 3, 3)
    assert scores.mistakes == [Mistake("a.txt", "countries", "missed", "uz"), Mistake("a.txt", "countries", "invented", "ru")]


def test_what_may_be_found_is_no_mistake() -> None:
    assert scored(countries=["KG", "KZ"], may={"countries": ["RU", "TJ"]})["countries"] == FieldScore(2, 2, 2)


def test_the_keys_of_an_item_are_fields_of_their_own_where_the_item_was_found() -> None:
    assert scored(persons=[{"name": "Айгүл Осмонова", "post": "эксперт"}, {"name": "Борис Панич", "post": "директор"}]) == {
        "persons": FieldScore(1, 1, 2),
        "persons.post": FieldScore(0, 1, 1),
    }


def test_a_figure_is_known_by_its_value_and_its_unit() -> None:
    assert scored(figures=[{"value": 5, "unit": "percent"}])["figures"] == FieldScore(1, 1, 1)


def test_the_whole_is_the_mean_of_the_fields() -> None:
    scores = score([FOUND], [{"source": "a.txt", "language": "ru", "countries": ["UZ"], "symbols": []}])
    assert [round(field.f, 2) for field in scores.fields.values()] == [0.0, 1.0, 1.0]
    assert round(scores.overall, 4) == 0.6667
    assert scores.all_values == FieldScore(1, 4, 2)


def test_an_expected_reading_names_the_document_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.expected.json").write_text(json.dumps({"source": "a.txt"}), encoding="utf-8")
    with pytest.raises(ValueError, match="names no file beside it"):
        expected_readings(tmp_path)
    (tmp_path / "a.txt").write_text("Салам", encoding="utf-8")
    assert expected_readings(tmp_path) == [{"source": "a.txt"}]


def test_the_source_of_a_figure_is_scored() -> None:
    assert scored(figures=[{"value": 5, "unit": "percent", "source": "IOM"}])["figures.source"] == FieldScore(0, 0, 1)


def test_the_samples_are_read_well_in_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    scores = score_samples(SAMPLES)
    with capsys.disabled():
        print()
        for name, field in scores.fields.items():
            print(f"{name:26} precision {field.precision:.3f} recall {field.recall:.3f} F {field.f:.3f} of {field.expected}")
        print(f"{'all fields':26} {scores.overall:.3f}")
    assert {name: round(field.f, 3) for name, field in scores.fields.items() if field.f < FLOORS.get(name, 0.90)} == {}
    assert scores.overall >= 0.90


def test_the_other_dates_are_a_list_of_items_within_an_object() -> None:
    other = {"start": "2024-05-17", "end": None, "role": "document", "at": [3, 9]}
    found = {**FOUND, "dates": {"start": "2024-05-15", "others": [other]}}
    wanted = [{"start": "2024-05-17", "end": None, "role": "document"}, {"start": "2024-06-01", "end": None, "role": "deadline"}]
    fields = score([found], [{"source": "a.txt", "dates": {"others": wanted}}]).fields
    assert fields == {"dates.others": FieldScore(1, 1, 2)}
