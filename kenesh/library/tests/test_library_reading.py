"""Reading: what is found in our own samples, in every encoding, and that every place is true."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.library.reading import CannotRead, read_document
from kenesh.library.reading.command import read_files
from kenesh.library.reading.reader import JsonReading

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "reading.schema.json"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html"})


def read(name: str) -> JsonReading:
    return read_document((SAMPLES / name).read_bytes(), name).as_json()


@pytest.mark.parametrize(
    ("name", "language", "script", "kind", "start", "end", "countries"),
    [
        ("press-release-ru.html", "ru", "Cyrl", "round_table", "2025-03-12", None, ["KG", "UZ", "TJ", "RU"]),
        ("minutes-ky.txt", "ky", "Cyrl", "meeting", "2024-09-18", None, ["KG", "KZ", "RU"]),
        ("announcement-en.txt", "en", "Latn", "announcement", "2025-06-03", "2025-06-04", ["KG", "AM", "UZ"]),
        ("council-kk.txt", "kk", "Cyrl", "founding", "2023-11-21", None, ["KZ", "KG", "UZ"]),
        ("seminar-uz.txt", "uz", "Latn", "workshop", "2024-02-07", None, ["UZ", "KG", "RU"]),
        ("conference-tg.txt", "tg", "Cyrl", "conference", "2024-10-10", "2024-10-11", ["TJ", "KG", "RU"]),
    ],
)
def test_a_sample_gives_its_language_kind_date_and_countries(
    name: str, language: str, script: str, kind: str, start: str, end: str | None, countries: list[str]
) -> None:
    found = read(name)
    assert (found["language"], found["script"], found["kind"]) == (language, script, kind)
    assert (found["dates"]["start"], found["dates"]["end"]) == (start, end)
    assert found["countries"] == countries


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("press-release-ru.html", "В Оше прошёл круглый стол о задержках зарплаты трудовых мигрантов"),
        ("minutes-ky.txt", "ПРОТОКОЛ № 4 эмгек мигранттары боюнча Коомдук кеңештин жыйынынын"),
        ("announcement-en.txt", "Announcement: training for hotline operators who advise migrant workers"),
    ],
)
def test_the_title_is_the_headline_and_not_the_menu(name: str, title: str) -> None:
    assert read(name)["title"] == title


def test_furniture_is_dropped_with_its_reason() -> None:
    assert [(piece["text"], piece["reason"]) for piece in read("press-release-ru.html")["dropped"]] == [
        ("Главная", "menu"),
        ("Новости", "menu"),
        ("Контакты", "menu"),
        ("Телефон доверия: +996 (000) 12-34-56", "contact"),
        ("..%c0%af..%c0%af..%c0%afetc/passwd", "attack"),
        ("Все права защищены", "menu"),
        ("Loading", "loading"),
    ]


def test_nothing_of_a_document_without_furniture_is_dropped() -> None:
    assert [read(name)["dropped"] for name in ("minutes-ky.txt", "council-kk.txt", "seminar-uz.txt", "conference-tg.txt")] == [
        [],
        [],
        [],
        [],
    ]


def test_figures_carry_value_unit_source_and_year() -> None:
    figures = read("press-release-ru.html")["figures"]
    assert [(f["value"], f["unit"], f["source"], f["year"]) for f in figures] == [
        (45, "persons", None, None),
        (1240, "persons", "ОФ «Ак Жол»", 2024),
        (38, "percent", "ОФ «Ак Жол»", 2024),
        (96_500_000, "RUB", None, None),
    ]


def test_recommendations_of_a_list_are_found_in_text_and_in_markup() -> None:
    assert [item["text"] for item in read("press-release-ru.html")["recommendations"]] == [
        "Создать общую базу решений судов о взыскании заработной платы.",
        "Открыть пункт правовой помощи в Екатеринбурге.",
    ]
    assert [item["number"] for item in read("minutes-ky.txt")["recommendations"]] == ["1", "2"]


def test_symbols_of_un_papers_are_found() -> None:
    assert read("announcement-en.txt")["symbols"] == ["CMW/C/XYZ/Q/2"]


@pytest.mark.parametrize("name", NAMES)
def test_every_place_of_a_dropped_piece_and_of_a_country_list_is_true(name: str) -> None:
    text = (SAMPLES / name).read_bytes().decode("utf-8")
    found = read(name)
    dropped = [re.sub(r"<[^>]+>", "", text[slice(*piece["at"])]) for piece in found["dropped"]]  # markup inside of a line
    assert dropped == [piece["text"] for piece in found["dropped"]]
    assert [text[slice(*item["at"])] for item in found["recommendations"]] == [item["text"] for item in found["recommendations"]]
    for person in found["persons"]:
        assert text[slice(*person["at"])] == person["name"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_the_same_is_found_in_every_encoding(encoding: str) -> None:
    text = (SAMPLES / "press-release-ru.html").read_text(encoding="utf-8")
    text = text.replace('<meta charset="utf-8">', "").replace("«", '"').replace("»", '"')
    expected = read_document(text.encode(), "x").as_json()
    found = read_document(text.encode(encoding), "x").as_json()
    found["warnings"] = [warning for warning in found["warnings"] if warning["kind"] != "encoding"]
    assert found == expected


def test_kazakh_letters_of_an_old_encoding_are_read() -> None:
    text = (SAMPLES / "council-kk.txt").read_text(encoding="utf-8")
    assert read_document(text.encode("kz1048"), "x").title == "Алматыда еңбек мигранттарының құқықтары жөніндегі кеңес құрылды"


def test_words_such_as_today_are_no_date() -> None:
    found = read_document(
        "Сегодня в Бишкеке прошло заседание совета по миграции, на котором обсудили вопросы.".encode(), "x"
    ).as_json()
    assert found["dates"] == {"start": None, "end": None, "basis": None, "at": None, "others": []}
    assert [warning["kind"] for warning in found["warnings"]] == ["no_date"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("13–14 апреля с.г. в Женеве прошла встреча экспертов по миграции.", "--04-13", "--04-14"),
        ("С 30 мая по 2 июня 2024 года в Оше прошёл форум трудовых мигрантов.", "2024-05-30", "2024-06-02"),
        ("Встреча в апреле 2015 года прошла в городе Бишкек и собрала экспертов.", "2015-04", None),
        ("The round table of experts took place in Astana on June 13–14, 2011.", "2011-06-13", "2011-06-14"),
        ("Жыйын 2011-жылдын 13-июнунда жана 14-июнунда Бишкек шаарында өттү.", "2011-06-13", "2011-06-14"),
        ("Встреча экспертов прошла 05.06.2023 в городе Душанбе, столице страны.", "2023-06-05", None),
        ("Հանդիպումը տեղի ունեցավ 2024 թվականի մայիսի 15-ին Երևանում։", "2024-05-15", None),
        ("Согласно закону от 12 мая 2014 года № 77 встреча экспертов прошла в городе.", None, None),
        ("Workers may 12 times ask, and they march on; the meeting of experts was long.", None, None),
        ("Встреча экспертов по миграции прошла 31 февраля 2024 года в Бишкеке.", None, None),
    ],
)
def test_dates_keep_the_precision_that_they_have(text: str, start: str | None, end: str | None) -> None:
    dates = read_document(text.encode(), "x").as_json()["dates"]
    assert (dates["start"], dates["end"]) == (start, end)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Представители РК, РФ и КР встретились, чтобы обсудить миграцию из стран региона.", ["KZ", "RU", "KG"]),
        ("Он получил 300 долларов США и учит кыргызский язык на курсах для мигрантов.", []),
        ("The workers were paid 300 US dollars, they said at the meeting about migration.", []),
        ("Того совета, о котором говорили индивидуальные участники, ещё не создали.", []),
        ("Гражданин Таджикистана жил в Москве и обратился в узбекскую общину за помощью.", ["TJ", "RU", "UZ"]),
    ],
)
def test_countries_are_found_in_their_forms_and_not_elsewhere(text: str, countries: list[str]) -> None:
    assert read_document(text.encode(), "x").countries == countries


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b"", "The file is empty."),
        (b"   \n", "The file is empty."),
        (b"%PDF-1.7 ...", "The PDF file is damaged or was cut off."),
        (b"PK\x03\x04rest", "The Word or ZIP file is damaged or was cut off."),
        (b"\x00\x01\x02\x03" * 50, "The file holds binary data"),
        (b"12 345 --- 678", "There are no words in the file."),
        (b"\xff\xfea", "The file says that it is utf-16-le and is not"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, begins: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_document(data, "x")
    assert str(refused.value)[: len(begins)] == begins


def test_a_batch_goes_on_after_a_file_that_cannot_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    missing = str(SAMPLES / "no-such-file.txt")
    answers = list(read_files([missing, str(SAMPLES / "seminar-uz.txt"), str(SAMPLES)]))
    assert answers[0] == {"source": missing, "error": "There is no such file. Check the name."}
    assert answers[1]["language"] == "uz"
    assert answers[2] == {"source": str(SAMPLES), "error": "This is a folder. Name the files in it."}


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    answer: object
    try:
        answer = read_document(data, "x").as_json()
    except CannotRead as refused:
        answer = str(refused)
    assert len(json.dumps(answer, allow_nan=False)) > 10


_ALPHABET = st.sampled_from(
    [*list("аб вг.,\n12–«»<>/&;%:№-()\t"), "<p>", "</p>", "2024", " мая ", "млн ", "<li>", "&nbsp;", "../", "г. ", "Ош", "КР "]
)


@given(st.lists(_ALPHABET, max_size=80).map("".join))
@settings(max_examples=150, deadline=None)
def test_places_are_always_inside_the_file_and_in_order(text: str) -> None:
    try:
        reading = read_document(text.encode(), "x")
    except CannotRead:
        return
    found = reading.as_json()
    places: list[Any] = [piece["at"] for piece in [*found["dropped"], *found["places"], *found["figures"], *found["persons"]]]
    assert [at for at in places if not 0 <= at[0] <= at[1] <= len(text)] == []


def _matches(value: object, schema: dict[str, Any], definitions: dict[str, Any]) -> bool:
    """A small part of JSON Schema: types, properties, items, enum and references, which is all that ours uses."""
    if "$ref" in schema:
        return _matches(value, definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "enum" in schema and value not in schema["enum"]:
        return False
    types = schema.get("type", [])
    kinds: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
        "boolean": bool,
        "array": list,
        "object": dict,
    }
    if types and not any(isinstance(value, kinds[name]) for name in ([types] if isinstance(types, str) else types)):
        return False
    if isinstance(value, dict):
        if not set(schema["required"]) <= set(value) <= set(schema["properties"]):
            return False
        return all(_matches(item, schema["properties"][name], definitions) for name, item in value.items())
    if isinstance(value, list) and "items" in schema:
        return all(_matches(item, schema["items"], definitions) for item in value)
    return True


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_is_as_its_schema_says(name: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert _matches(json.loads(json.dumps(read(name))), schema, schema["$defs"]) is True


def test_comments_that_nobody_closes_hide_nothing_and_move_nothing() -> None:
    from kenesh.library.reading.markup import flatten

    page = flatten("<html><body><!-- closed -->" + "<!--" * 5000 + "<p>Салам</p></body></html>")
    assert "Салам" in page.text
    assert "closed" not in page.text


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Семинар 14-15-майда Ош шаарында өтөт. Ага Кыргыз Республикасынын жарандык коомунун өкүлдөрү катышат.", []),
        ("According to the Ministry of Labour, 650,000 people work in the east. Last year bans rose 3 times, a two-day stay.", []),
        ("Участники говорили о правовых механизмах, о юридической защите и о поддержке международных организаций.", []),
        ("Регистрация участников семинара до 14 февраля. Адвокаты и документы не нужны, вход свободный.", ["no-interpreter"]),
        ("Жиналысқа мигранттар еңбек шартымен жұмыс істейтіні, ал жұмыссыздық туралы айтылмады.", ["contract-conditions", "labour-market"]),
        ("Музокарада юридик ёрдам ва мигрантлар учун тренинглар ҳақида гапирилди.", ["capacity-building", "legal-aid"]),
    ],
)  # fmt: skip
def test_general_words_scattered_words_and_bare_stems_name_no_theme(text: str, concepts: list[str]) -> None:
    assert sorted(theme.concept for theme in read_document(text.encode(), "a.txt").themes) == concepts
