"""What changed between two texts, and two changes put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenesh.themes.changes import Change, Overlap, changes, put_together

TEXTS = st.text(alphabet="аб 1,.\n-", max_size=40)


def test_changes_are_told_by_whole_words() -> None:
    told = changes("Дать мигрантам полис ОМС", "Дать всем мигрантам полис ДМС")
    assert told == [
        Change("same", "Дать"),
        Change("added", " всем"),
        Change("same", " мигрантам полис"),
        Change("removed", " ОМС"),
        Change("added", " ДМС"),
    ]


@given(TEXTS, TEXTS)
def test_what_stays_and_what_goes_is_the_old_text_and_what_stays_and_comes_the_new_one(before: str, after: str) -> None:
    told = changes(before, after)
    kept = {kind: "".join(one.words for one in told if one.kind in {"same", kind}) for kind in ("removed", "added")}
    assert kept == {"removed": before, "added": after}


def test_two_amendments_of_different_places_come_together() -> None:
    base = "Выпустить памятку на трёх языках до конца года."
    assert put_together(base, base.replace("трёх", "семи"), base.replace("года", "мая")) == (
        "Выпустить памятку на семи языках до конца мая."
    )


def test_the_same_change_made_twice_is_made_once() -> None:
    assert put_together("до мая", "до июня", "до июня") == "до июня"


def test_two_changes_of_one_word_need_somebody_who_chooses() -> None:
    with pytest.raises(Overlap):
        put_together("до мая", "до июня", "до июля")


@given(TEXTS, TEXTS)
def test_a_change_put_together_with_none_is_that_change(base: str, other: str) -> None:
    assert (put_together(base, other, base), put_together(base, base, other)) == (other, other)
