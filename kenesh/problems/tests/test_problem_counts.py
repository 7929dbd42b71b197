"""Counts wait sealed, are frozen once, and never change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from kenesh.kernel import vault
from kenesh.kernel.models import TrailEntry
from kenesh.problems import actions, queries
from kenesh.problems.models import Block, Problem, Waiting
from kenesh.themes.countries import UnknownCountry
from kenesh.themes.thesaurus import UnknownConcept

JANUARY, FEBRUARY = date(2026, 1, 15), date(2026, 2, 3)


def _release(persons: int = 1, **more: object) -> None:
    known: dict[str, object] = {
        "theme": "unpaid-wages",
        "origin": "KG",
        "destination": "RU",
        "region": "Казань",
        "day": JANUARY,
        "by": "test",
    }
    actions.count_released(persons=persons, **{**known, **more})  # type: ignore[arg-type]


def _stored_bytes() -> bytes:
    """Every column of the table, as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM problems_waiting")
        return b"|".join(bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for row in cursor for v in row)


@pytest.mark.django_db
def test_the_table_of_waiting_counts_holds_no_readable_theme_region_country_or_month() -> None:
    _release(region="Kazan", group="brigade")
    stored = _stored_bytes()
    for word in (b"unpaid", b"wages", b"Kazan", b"2026", b"brigade", b'"KG"', b'"RU"', b"persons"):
        assert word not in stored


@pytest.mark.django_db
def test_waiting_counts_have_only_a_number_a_random_uid_and_sealed_bytes() -> None:
    assert [field.name for field in Waiting._meta.get_fields()] == ["id", "uid", "sealed"]


@pytest.mark.django_db
def test_every_waiting_count_has_the_same_length() -> None:
    _release(region="", theme="pay", origin="", destination="")
    _release(region="Ямало-Ненецкий автономный округ", persons=12000, group="x" * 64)
    assert len({len(bytes(row.sealed)) for row in Waiting.objects.all()}) == 1


@pytest.mark.django_db
def test_the_trail_does_not_say_which_count_came_when() -> None:
    _release()
    assert list(TrailEntry.objects.values_list("verb", "target")) == [("count_released", "problems:waiting")]


@pytest.mark.django_db
def test_five_counts_of_a_month_that_is_over_become_one_block_and_their_rows_go() -> None:
    for _ in range(5):
        _release()
    assert actions.freeze_blocks(today=FEBRUARY, by="test") == 1
    assert list(
        Block.objects.values_list("concept", "origin", "destination", "region", "period_start", "period_months", "persons")
    ) == [("unpaid-wages", "KG", "RU", "Казань", date(2026, 1, 1), 1, 5)]
    assert Waiting.objects.count() == 0


@pytest.mark.django_db
def test_four_counts_wait_for_the_fifth() -> None:
    for _ in range(4):
        _release()
    assert actions.freeze_blocks(today=FEBRUARY, by="test") == 0
    assert Waiting.objects.count() == 4
    _release(day=FEBRUARY)
    assert actions.freeze_blocks(today=date(2026, 4, 1), by="test") == 1
    assert Block.objects.get().period_months == 3


@pytest.mark.django_db
def test_the_present_month_is_not_counted() -> None:
    _release(persons=9)
    assert actions.freeze_blocks(today=date(2026, 1, 31), by="test") == 0


@pytest.mark.django_db
def test_counts_that_come_late_never_change_a_frozen_block() -> None:
    _release(persons=7)
    actions.freeze_blocks(today=FEBRUARY, by="test")
    before = list(Block.objects.values())
    _release(persons=9)
    actions.freeze_blocks(today=FEBRUARY, by="test")
    assert list(Block.objects.filter(pk=before[0]["id"]).values()) == before
    assert sorted(Block.objects.values_list("region", "persons")) == [("", 9), ("Казань", 7)]


@pytest.mark.django_db
def test_a_second_run_freezes_nothing_more() -> None:
    _release(persons=7)
    assert [actions.freeze_blocks(today=FEBRUARY, by="test") for _ in range(2)] == [1, 0]


@pytest.mark.django_db
def test_a_row_that_was_changed_stops_the_freezing() -> None:
    _release(persons=7)
    row = Waiting.objects.get()
    Waiting.objects.update(sealed=bytes(row.sealed)[:-1] + b"x")
    with pytest.raises(vault.Tampered):
        actions.freeze_blocks(today=FEBRUARY, by="test")
    assert Block.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"theme": "nonsense"}, UnknownConcept),
        ({"origin": "XX"}, UnknownCountry),
        ({"persons": 0}, actions.Unsound),
        ({"region": "x" * 81}, actions.Unsound),
    ],
)
def test_a_count_that_cannot_be_is_refused(wrong: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        _release(**wrong)  # type: ignore[arg-type]
    assert Waiting.objects.count() == 0


@pytest.mark.django_db
def test_a_block_of_four_is_refused_by_the_database(make_block: Callable[..., Block]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_block(4)


@pytest.mark.django_db
def test_a_block_cannot_be_saved_twice(make_block: Callable[..., Block]) -> None:
    block = make_block(5)
    block.persons = 6
    with pytest.raises(RuntimeError, match="never changed"):
        block.save()


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_one_moment_freeze_once() -> None:
    for number in range(30):
        _release(region=f"Region {number % 5}")
    frozen: list[int] = []
    start = threading.Barrier(2)

    def run() -> None:
        try:
            start.wait(timeout=20)
            frozen.append(actions.freeze_blocks(today=FEBRUARY, by="test"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(frozen) == [0, 5]
    assert sum(Block.objects.values_list("persons", flat=True)) == 30


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_last_month_of_a_period_lies_in_it(day: date) -> None:
    each = queries.PeriodCount(day.replace(day=1), 1, 5, 0)
    assert each.last_month == day.replace(day=1)


# --- what a problem's page counts -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_blocks_of_narrower_themes_are_counted_and_those_of_the_wider_theme_stand_apart(
    accepted: Problem, make_block: Callable[..., Block]
) -> None:
    make_block(6)
    make_block(9, concept="pay")
    make_block(20, concept="unpaid-overtime")
    counts = queries.counts_over_time(accepted)
    assert (counts.persons, counts.wider) == (6, 9)


@pytest.mark.django_db
def test_blocks_of_another_corridor_are_not_counted(accepted: Problem, make_block: Callable[..., Block]) -> None:
    make_block(6, origin="UZ")
    make_block(7, destination="KZ")
    make_block(8, origin="")
    assert queries.blocks_for(accepted) == []


@pytest.mark.django_db
def test_an_open_end_of_a_corridor_fits_any_country(accepted: Problem, make_block: Callable[..., Block]) -> None:
    accepted.corridors.update(origin="")
    make_block(6, origin="UZ")
    make_block(7, origin="")
    make_block(8, destination="KZ")
    assert queries.counts_over_time(accepted).persons == 13


@pytest.mark.django_db
def test_a_block_that_fits_two_corridors_is_counted_once(accepted: Problem, make_block: Callable[..., Block]) -> None:
    accepted.corridors.create(origin="KG", destination="")
    make_block(6)
    assert queries.counts_over_time(accepted).persons == 6
    assert queries.persons_counted([accepted]) == {accepted.pk: 6}


@pytest.mark.django_db
def test_months_and_quarters_make_bars_and_longer_periods_are_told_apart(
    accepted: Problem, make_block: Callable[..., Block]
) -> None:
    make_block(6)
    make_block(5, period_months=3)
    make_block(10, period_start=date(2026, 7, 1), period_months=3)
    make_block(7, period_months=12)
    counts = queries.counts_over_time(accepted)
    assert [(bar.start, bar.persons, bar.height) for bar in counts.quarters] == [
        (date(2026, 1, 1), 11, 100),
        (date(2026, 4, 1), 0, 0),
        (date(2026, 7, 1), 10, 91),
    ]
    assert (counts.persons, counts.longer) == (28, 7)
    assert [(each.start, each.months) for each in counts.periods] == [
        (date(2026, 1, 1), 12),
        (date(2026, 7, 1), 3),
        (date(2026, 1, 1), 3),
        (date(2026, 1, 1), 1),
    ]
