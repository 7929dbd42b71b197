"""What is found, in which order, and when it is no longer. Each runs on both databases: the expectations are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from kenesh.search import actions, engine, scoring
from kenesh.search.findable import Findable, Text
from kenesh.search.models import Common, Entry
from kenesh.search.queries import Within, search
from kenesh.search.terms import read_question

pytestmark = pytest.mark.django_db


def codes(text: str, **more: Any) -> list[str]:
    return [result.code for result in search(text, **more).found]


def test_what_is_written_in_another_language_is_found(shelf: Any) -> None:
    assert codes("unpaid wages") == ["uz-wages", "ky-wages", "ru-wages"]


def test_the_order_is_the_same_on_both_databases(shelf: Any) -> None:
    assert codes("не платят зарплату", language="ru") == ["ru-wages", "uz-wages", "ky-wages"]


def test_a_result_says_through_which_theme_it_was_found(shelf: Any) -> None:
    assert [result.themes for result in search("чёрный список на границе, запрет на въезд").found][:1] == [("entry-ban",)]


def test_a_result_that_was_found_by_its_words_alone_names_no_theme(shelf: Any) -> None:
    assert [(result.code, result.themes) for result in search("Гулистон").found] == [("tg-ban", ())]


def test_another_form_of_the_word_is_found(shelf: Any) -> None:
    assert codes("пожалуйтесь") == ["ru-wages"]


def test_a_name_is_found_in_another_script(shelf: Any) -> None:
    assert codes("Rahmonov") == ["kk-person"]


def test_a_country_is_found_by_its_name_in_any_language(shelf: Any) -> None:
    assert codes("Qozogʻistonda") == ["kk-person", "uz-wages"]


def test_results_can_be_narrowed(shelf: Any) -> None:
    narrowed = {
        "language": codes("зарплата", within=Within(language="ky")),
        "year": codes("зарплата", within=Within(year=2024)),
        "country": codes("зарплата", within=Within(country="KZ")),
        "body": codes("зарплата", within=Within(body="abcd2345")),
        "kind": codes("зарплата", within=Within(kind="document")),
    }
    assert narrowed == {
        "language": ["ky-wages"],
        "year": ["uz-wages", "ky-wages"],
        "country": ["uz-wages"],
        "body": [],
        "kind": [],
    }


def test_results_are_counted_by_what_they_are(shelf: Any) -> None:
    counts = search("зарплата").counts
    assert {name: dict(numbers) for name, numbers in counts.items()} == {
        "kind": {"leaflet": 3},
        "country": {"KZ": 1, "RU": 2},
        "year": {"2024": 2, "2023": 1},
        "language": {"uz": 1, "ky": 1, "ru": 1},
        "body": {},
    }


def test_what_was_taken_away_is_found_no_more(shelf: Any) -> None:
    shelf.take_away("ky-wages")
    assert codes("unpaid wages") == ["uz-wages", "ru-wages"]


def test_what_was_changed_is_found_by_its_new_words_alone(shelf: Any) -> None:
    shelf.lay_out("tg-ban", "ru", "Как получить патент на работу")
    assert (codes("патент")[:1], codes("Гулистон")) == (["tg-ban"], [])


def test_what_was_undone_is_not_in_the_index(leaflets: Any) -> None:
    with transaction.atomic():
        leaflets.lay_out("lost", "ru", "Патент на работу")
        transaction.set_rollback(True)
    assert codes("патент") == []


@pytest.mark.parametrize(
    "text", ["", "   ", "и в на", '"', "'; select zzz --", "* NEAR(", "🐟", "\x00", "а" * 5000, "OR AND NOT"]
)
def test_odd_questions_find_nothing_and_break_nothing(shelf: Any, text: str) -> None:
    assert codes(text) == []


def test_an_empty_index_answers(leaflets: Any) -> None:
    assert codes("зарплата") == []


def test_however_much_there_is_a_question_costs_the_same_queries(
    leaflets: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    leaflets.lay_out("one", "ru", "Патент на работу")
    with django_assert_num_queries(5):
        search("патент на работу")
    for number in range(30):
        leaflets.lay_out(f"more-{number}", "ru", f"Патент на работу {number}")
    with django_assert_num_queries(5):
        search("патент на работу")


def many(number: int) -> Iterator[Findable]:
    for at in range(number):
        yield Findable(f"n{at}", (Text("ru", "Вестник", f"Мигранты работают, номер {at}."),), {})


def test_a_word_that_very_many_have_still_finds_what_is_about_it(leaflets: Any) -> None:
    leaflets.lay_out("about", "ru", "Мигранты", "Кто такие мигранты, что мигранты делают.")
    actions.add_in_bulk("leaflet", many(engine.MOST + 200))
    actions.find_common_terms()
    assert "w:мигрант" in set(Common.objects.values_list("term", flat=True))
    assert (codes("мигрант")[0], len(codes("мигрант"))) == ("about", 200)


def test_rebuilding_puts_in_what_is_missing_and_takes_out_what_is_not_public(shelf: Any) -> None:
    Entry.objects.filter(code="ru-wages").delete()
    del shelf.laid_out["ky-wages"]
    seen: list[tuple[int, int]] = []
    assert actions.rebuild(progress=lambda done, of: seen.append((done, of))) == 2
    assert (codes("unpaid wages"), seen) == (["ru-wages", "uz-wages"], [(2, 2)])


def test_rebuilding_again_has_nothing_to_do(shelf: Any) -> None:
    actions.rebuild()
    assert actions.rebuild() == 0


def test_what_another_version_indexed_is_indexed_anew(shelf: Any) -> None:
    Entry.objects.filter(code="ru-wages").update(terms="x", revision="older")
    assert (codes("пожаловаться"), actions.rebuild(), codes("пожаловаться")) == ([], 1, ["ru-wages"])


def test_words_that_nearly_all_have_are_looked_for_together_among_the_newest_alone() -> None:
    question = read_question("мигранты работают")
    common = {term: 80_000 for word in question.words for term in word.terms}
    together = scoring.plan(question, (), common, entries=100_000, newest=100_000).expressions[-1]
    assert len(together.some) == 2
    assert 95_000 < together.since < 100_000 - engine.MOST
