"""The frozen partition, property by property."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.problems.partition import (
    PERIODS,
    SMALLEST,
    Cell,
    Count,
    Frozen,
    distinct_persons,
    partition,
    period_end,
    period_start,
)

PARENTS = {"pay": None, "wages": "pay", "overtime": "pay", "night-overtime": "overtime", "ban": None}
LATER = date(2040, 1, 1)

MONTHS = [date(2025 + number // 12, number % 12 + 1, 1) for number in range(20)]


def _count(number: int, **more: object) -> Count:
    known = {"theme": "wages", "origin": "KG", "destination": "RU", "region": "Kazan", "day": date(2026, 1, 10), "persons": 1}
    return Count(uid=f"{number:04}", **{**known, **more})


def _counts(number: int, *, start: int = 0, **more: object) -> list[Count]:
    return [_count(start + each, **more) for each in range(number)]


@st.composite
def many_counts(draw: st.DrawFn) -> list[Count]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(PARENTS)),
                st.sampled_from(["KG", "UZ", ""]),
                st.sampled_from(["RU", ""]),
                st.sampled_from(["Kazan", "Ufa", ""]),
                st.sampled_from(MONTHS),
                st.integers(1, 3),
                st.sampled_from(["", "", "", "a", "b"]),
            ),
            max_size=60,
        )
    )
    return [Count(f"{number:04}", *row) for number, row in enumerate(rows)]


def _by_month(counts: list[Count], months: list[date]) -> tuple[list[Frozen], list[Count]]:
    """One run in each month, as the node does it; gives all blocks and what still waits."""
    blocks: list[Frozen] = []
    waiting: list[Count] = []
    for today in months:
        waiting += [count for count in counts if count.day == _month_before(today)]
        result = partition(waiting, PARENTS, before=today, taken={block.cell for block in blocks})
        blocks += result.blocks
        waiting = list(result.waiting)
    return blocks, waiting


def _month_before(day: date) -> date:
    return period_start(date.fromordinal(day.replace(day=1).toordinal() - 1), 1)


@given(many_counts())
def test_every_block_holds_at_least_five_different_persons(counts: list[Count]) -> None:
    by_uid = {count.uid: count for count in counts}
    for block in partition(counts, PARENTS, before=LATER).blocks:
        assert distinct_persons(by_uid[uid] for uid in block.uids) >= SMALLEST
        assert block.persons >= SMALLEST


@given(many_counts())
def test_nobody_is_lost_or_invented(counts: list[Count]) -> None:
    result = partition(counts, PARENTS, before=LATER)
    counted = sum(block.persons for block in result.blocks) + sum(count.persons for count in result.waiting)
    assert counted == sum(count.persons for count in counts)


@given(many_counts())
def test_each_count_lies_in_exactly_one_block_or_waits(counts: list[Count]) -> None:
    result = partition(counts, PARENTS, before=LATER)
    places = [uid for block in result.blocks for uid in block.uids] + [count.uid for count in result.waiting]
    assert sorted(places) == sorted(count.uid for count in counts)


@given(many_counts())
def test_a_block_says_nothing_wrong_of_its_counts(counts: list[Count]) -> None:
    by_uid = {count.uid: count for count in counts}
    for block in partition(counts, PARENTS, before=LATER).blocks:
        for count in (by_uid[uid] for uid in block.uids):
            cell = block.cell
            assert (count.origin, count.destination) == (cell.origin, cell.destination)
            assert cell.region in {"", count.region}
            assert period_start(count.day, cell.months) == cell.start
            assert cell.theme == count.theme or cell.theme in _ancestors(count.theme)


def _ancestors(theme: str) -> list[str]:
    parent = PARENTS[theme]
    return [parent, *_ancestors(parent)] if parent else []


@given(many_counts(), st.randoms(use_true_random=False))
def test_the_order_of_the_counts_changes_nothing(counts: list[Count], order: random.Random) -> None:
    shuffled = list(counts)
    order.shuffle(shuffled)
    assert partition(shuffled, PARENTS, before=LATER) == partition(counts, PARENTS, before=LATER)


@given(many_counts(), st.sampled_from(MONTHS))
def test_later_months_never_change_blocks_that_are_frozen(counts: list[Count], today: date) -> None:
    known = [count for count in counts if count.day < today]
    assert partition(counts, PARENTS, before=today).blocks == partition(known, PARENTS, before=today).blocks


@settings(deadline=None)
@given(many_counts())
def test_a_run_every_month_gives_the_same_blocks_as_one_run_for_all(counts: list[Count]) -> None:
    months = [date(2025 + number // 12, number % 12 + 1, 1) for number in range(1, 6 * 12)]
    blocks, waiting = _by_month(counts, months)
    at_once = partition(counts, PARENTS, before=months[-1])
    assert {(block.cell, block.persons, block.uids) for block in blocks} == {
        (block.cell, block.persons, block.uids) for block in at_once.blocks
    }
    assert sorted(waiting) == list(at_once.waiting)


@settings(deadline=None)
@given(many_counts(), st.sampled_from(MONTHS))
def test_counts_that_come_late_make_blocks_of_their_own(counts: list[Count], today: date) -> None:
    early, late = counts[::2], counts[1::2]
    first = partition(early, PARENTS, before=today)
    taken = {block.cell for block in first.blocks}
    second = partition([*first.waiting, *late], PARENTS, before=today, taken=taken)
    assert taken.isdisjoint(block.cell for block in second.blocks)
    frozen = [uid for block in (*first.blocks, *second.blocks) for uid in block.uids]
    assert len(frozen) == len(set(frozen))


def test_five_in_one_region_and_month_are_a_block_of_their_own() -> None:
    result = partition(_counts(5), PARENTS, before=date(2026, 2, 1))
    assert [(block.cell, block.persons) for block in result.blocks] == [
        (Cell("wages", "KG", "RU", "Kazan", date(2026, 1, 1), 1), 5)
    ]


def test_the_present_month_waits() -> None:
    assert partition(_counts(50), PARENTS, before=date(2026, 1, 31)).blocks == ()


def test_small_regions_are_put_together_to_the_country_before_themes_are() -> None:
    counts = _counts(3) + _counts(2, start=10, region="Ufa") + _counts(4, start=20, theme="overtime")
    result = partition(counts, PARENTS, before=date(2026, 2, 1))
    assert [(block.cell.theme, block.cell.region, block.persons) for block in result.blocks] == [("wages", "", 5)]
    assert len(result.waiting) == 4


def test_small_themes_are_put_together_to_their_parent() -> None:
    counts = _counts(3) + _counts(2, start=10, theme="night-overtime")
    result = partition(counts, PARENTS, before=date(2026, 2, 1))
    assert [(block.cell.theme, block.persons) for block in result.blocks] == [("pay", 5)]


def test_months_are_put_together_to_a_quarter_when_it_is_over_with_region_and_theme() -> None:
    counts = _counts(3) + _counts(2, start=10, day=date(2026, 3, 31))
    assert partition(counts, PARENTS, before=date(2026, 3, 31)).blocks == ()
    result = partition(counts, PARENTS, before=date(2026, 4, 1))
    assert [block.cell for block in result.blocks] == [Cell("wages", "KG", "RU", "Kazan", date(2026, 1, 1), 3)]


def test_corridors_are_never_put_together() -> None:
    counts = _counts(4) + _counts(4, start=10, origin="UZ")
    assert partition(counts, PARENTS, before=LATER).blocks == ()


def test_a_small_rest_joins_the_block_of_its_parent_made_in_the_same_run() -> None:
    counts = _counts(5, theme="pay", region="") + _counts(1, start=10)
    result = partition(counts, PARENTS, before=date(2026, 2, 1))
    assert [(block.cell.theme, block.persons) for block in result.blocks] == [("pay", 6)]


def test_a_small_rest_never_joins_a_block_that_an_earlier_run_froze() -> None:
    taken = {Cell("pay", "KG", "RU", "", date(2026, 1, 1), 1)}
    result = partition(_counts(5, theme="pay", region=""), PARENTS, before=date(2026, 2, 1), taken=taken)
    assert result.blocks == ()
    assert len(result.waiting) == 5


def test_three_matters_of_one_person_are_not_three_people() -> None:
    hers = [_count(10 + number, theme=theme, group="x") for number, theme in enumerate(["wages", "overtime", "night-overtime"])]
    counts = [*_counts(2), *hers]
    assert partition(counts, PARENTS, before=LATER).blocks == ()
    assert distinct_persons(counts) == 3


def test_a_brigade_of_twelve_is_a_block() -> None:
    assert [block.persons for block in partition([_count(1, persons=12)], PARENTS, before=LATER).blocks] == [12]


def test_two_counts_with_one_uid_are_refused() -> None:
    with pytest.raises(ValueError, match="same uid"):
        partition([_count(1), _count(1)], PARENTS, before=LATER)


def test_a_count_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one person"):
        _count(1, persons=0)


@pytest.mark.parametrize("months", PERIODS)
def test_periods_follow_one_another_without_a_gap(months: int) -> None:
    start = period_start(date(2026, 11, 22), months)
    assert start <= date(2026, 11, 22) < period_end(start, months)
    assert period_start(period_end(start, months), months) == period_end(start, months)
