"""Names in documents and the records that they may mean: across letters, languages and spellings, each with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from kenesh.people.matching import Named, NamedPerson, NameIndex, country_in, person_candidates
from kenesh.themes.countries import DESTINATIONS, ORIGINS, country_name, official_name
from kenesh.themes.languages import INTERFACE
from kenesh.themes.texts import Translated

MINISTRY = Named(
    "organisation:ministry",
    "Ministry",
    Translated(ru="Министерство труда, социального обеспечения и миграции Кыргызской Республики", en="Ministry of Labour"),
    Translated(ru="Минтруда КР"),
)
IOM = Named("organisation:iom", "IOM", Translated(ru="Международная организация по миграции"), Translated(ru="МОМ", en="IOM"))
FUND = Named("organisation:fund", "Ak Jol", Translated(en="Public Foundation “Ak Jol”"), Translated())
INDEX = NameIndex([MINISTRY, IOM, FUND])


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "language", "target", "score", "reason"),
    [
        ("Ministry of labour", "en", "organisation:ministry", 0.8, "the same name"),
        ("Минтруда КР", "ru", "organisation:ministry", 0.9, "the same short name"),
        ("ОФ «Ак Жол»", "ru", "organisation:fund", 0.95, "the same name in other letters"),
        ("МОМ", "ru", "organisation:iom", 0.9, "the same short name"),
        (
            "Министерство труда и миграции Кыргызской Республики",
            "ru",
            "organisation:ministry",
            0.74,
            "most words of the name are the same",
        ),
    ],
)
def test_a_name_finds_its_organisation(name: str, language: str, target: str, score: float, reason: str) -> None:
    first = INDEX.candidates(name, language)[0]
    assert (first.target, first.score, str(first.reason)) == (target, score, reason)


def test_a_name_that_nobody_has_finds_nothing() -> None:
    assert INDEX.candidates("Союз строителей Оша", "ru") == []


LABOUR, FOREIGN = (
    Named(f"organisation:{code}", code, Translated(ru=name), Translated(), country=country)
    for code, name, country in (
        ("labour", "Министерство труда, социального обеспечения и миграции Кыргызской Республики", "KG"),
        ("foreign", "Министерство иностранных дел Республики Узбекистан", "UZ"),
    )
)
UNION = Named("organisation:union", "Union", Translated(ru="Профсоюз строителей"), Translated(), (("en", "Builders’ Union"),))
ABROAD = NameIndex([LABOUR, FOREIGN, UNION, Named("organisation:iom", "МОМ", Translated(ru="МОМ"), Translated())])
SAME_OFFICE = "an office of the same kind in the same country, for the same things"


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Ministry of Labour and Migration of the Kyrgyz Republic", "KG", [("organisation:labour", 0.7, SAME_OFFICE)]),
        ("Эмгек министрлиги", "", [("organisation:labour", 0.6, "an office of the same kind, for the same things")]),
        ("Oʻzbekiston Respublikasi Tashqi ishlar vazirligi", "UZ", [("organisation:foreign", 0.7, SAME_OFFICE)]),
        ("Ministry of Labour of the Republic of Kazakhstan", "KZ", []),
        ("Ministry of Education of the Kyrgyz Republic", "KG", []),
        ("International Organization for Migration", "", [("organisation:iom", 0.85, "another name of the same organisation")]),
        ("Builders’ union", "", [("organisation:union", 0.98, "somebody confirmed that this name means it")]),
    ],
)
def test_a_name_in_another_language_finds_its_organisation(
    name: str, country: str, expected: list[tuple[str, float, str]]
) -> None:
    found = ABROAD.candidates(name, "en", country)
    assert [(each.target, each.score, str(each.reason)) for each in found] == expected


@pytest.mark.parametrize(
    ("words", "found"), [("труд мин", ["organisation:labour"]), ("builders", ["organisation:union"]), ("", [])]
)
def test_a_record_is_looked_for_by_the_beginnings_of_its_words(words: str, found: list[str]) -> None:
    assert [each.target for each in ABROAD.looked_for(words)] == found


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("Министерство труда", 0.8),
        ("Бирдик", 0.8),
        ("Министерство юстиции Республики", 0.8),
        ("Министерство труда Кыргызстана", 0.98),
        ("Министерство труда и социальной защиты Российской Федерации", 0.98),
        ("МВД РФ", 0.98),
        ("Кесиптик бирлик", 0.98),
    ],
)
def test_what_a_name_of_many_meant_once_is_asked_about_again(name: str, score: float) -> None:
    row = Named("organisation:x", "x", Translated(en="Quite another name"), Translated(), (("ru", name),))
    assert [each.score for each in NameIndex([row]).candidates(name, "ru")] == [score]


@pytest.mark.parametrize("language", INTERFACE)
def test_a_name_says_of_which_country_it_is_by_any_name_of_it(language: str) -> None:
    said = [(code, name(code, language)) for code in {*ORIGINS, *DESTINATIONS} for name in (country_name, official_name)]
    assert [(code, name) for code, name in said if country_in(name, language) != code] == []


@pytest.mark.parametrize(
    ("name", "language", "country"),
    [
        ("Министерство здравоохранения Республики Армения", "ru", "AM"),
        ("Министерство труда и социальной защиты населения Республики Казахстан", "ru", "KZ"),
        ("Посольство Республики Таджикистан в Российской Федерации", "ru", "TJ"),
        ("Министерство юстиции Республики", "ru", ""),
        ("Минтруда Беларуси", "ru", "BY"),
        ("МВД России", "ru", "RU"),
        ("Министерство труда и миграции КР", "ru", "KG"),
        ("МВД РФ", "", "RU"),
        ("Кыргыз Республикасынын Саламаттыкты сактоо министрлиги", "ky", "KG"),
        ("Россия Федерациясынын Эмгек министрлиги", "ky", "RU"),
        ("ҚР Еңбек министрлігі", "kk", "KZ"),
        ("Oʻzbekiston Respublikasining Tashqi ishlar vazirligi", "uz", "UZ"),
        ("Вазорати меҳнати Ҷумҳурии Тоҷикистон", "tg", "TJ"),
        ("Հայաստանի Հանրապետության առողջապահության նախարարություն", "hy", "AM"),
        ("ՀՀ աշխատանքի նախարարություն", "hy", "AM"),
        ("Ministry of Labour of the Republic of Armenia", "en", "AM"),
    ],
)
def test_an_office_says_in_its_name_whose_it_is(name: str, language: str, country: str) -> None:
    assert country_in(name, language) == country


def test_a_red_crescent_of_another_country_is_another_organisation() -> None:
    row = Named("organisation:x", "x", Translated(en="Red Crescent Society"), Translated())
    assert NameIndex([row]).candidates("Общество Красного Полумесяца", "ru") == []


def test_initials_that_meant_somebody_once_are_not_sure_beside_a_namesake() -> None:
    azamat = NamedPerson("person:1", "1", Translated(ru="Азамат Ахматов"), Translated(), "", ("А. Ахматов",))
    akyl = NamedPerson("person:2", "2", Translated(ru="Акыл Ахматов"), Translated(), "")
    found = person_candidates("А. Ахматов", "", "", "ru", [akyl, azamat])
    assert [(each.target, each.score) for each in found] == [("person:1", 0.8), ("person:2", 0.7)]


SADYKOVA = NamedPerson(
    "person:a", "Садыкова", Translated(ru="Садыкова Айгерим Болотовна"), Translated(ru="Президент фонда"), "organisation:fund"
)


@pytest.mark.parametrize(
    ("name", "score", "reason"),
    [
        ("Садыкова Айгерим Болотовна", 1.0, "the same name"),
        ("Aigerim Sadykova", 0.88, "the same first name and surname; one has a part more"),
        ("А. Садыкова", 0.7, "the same surname and first letter"),
    ],
)
def test_a_person_is_found_in_other_letters_and_with_initials(name: str, score: float, reason: str) -> None:
    found = person_candidates(name, "", "", "ru", [SADYKOVA])
    assert [(each.target, each.score, str(each.reason)) for each in found] == [("person:a", score, reason)]


def test_a_surname_with_a_russian_ending_is_the_one_without_it() -> None:
    rahmon = NamedPerson("person:r", "Rahmon", Translated(tg="Рахмон Саид"), Translated(), "")
    assert [str(each.reason) for each in person_candidates("Саид Рахмонов", "", "", "ru", [rahmon])] == [
        "the same name with another ending"
    ]


def test_another_name_with_the_same_post_at_the_same_place_is_shown_as_a_doubt() -> None:
    found = person_candidates("Гульнара Асанова", "президент фонда", "organisation:fund", "ru", [SADYKOVA])
    assert [(each.score, str(each.reason)) for each in found] == [
        (0.45, "the same post at the same organisation, under another name")
    ]


def test_people_who_share_only_a_first_name_are_two() -> None:
    assert person_candidates("Айгерим Токтогулова", "", "", "ru", [SADYKOVA]) == []
