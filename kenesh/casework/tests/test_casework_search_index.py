"""The encrypted multimap: a dict of lists to who has the key, noise to who has not."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenesh.casework.models import IndexEntry
from kenesh.casework.search.cursors import AllOf, AnyOf, Cursor, Postings
from kenesh.casework.search.multimap import BLOCK, LARGEST, Multimap
from kenesh.kernel import vault

pytestmark = pytest.mark.django_db

WORDS = ("зарплата", "паспорт", "Айбек", "wage")


def walk(cursor: Cursor) -> list[int]:
    found, number = [], LARGEST
    while number and (number := cursor.seek(number)):
        found.append(number)
        number -= 1
    return found


def postings(index: Multimap, word: str) -> Postings:
    return Postings(index, word, index.heads([word])[word])


def everything(index: Multimap, word: str) -> list[int]:
    return walk(postings(index, word)) if word in index.heads([word]) else []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(WORDS), min_size=1), st.sampled_from([1, 3, 40, 700]), st.booleans()), max_size=12
    ),
    st.randoms(use_true_random=False),
)
def test_the_multimap_is_a_dict_of_lists(steps: list[tuple[set[str], int, bool]], random: Any) -> None:
    key, expected, number = vault.new_key(), {word: [] for word in WORDS}, 1  # type: ignore[var-annotated]
    index = Multimap(key, random.randrange(1, 2**31))
    for words, many, purging in steps:
        numbers = list(range(number, number + many))
        number += many
        chosen = {word: numbers[:: 1 + at] for at, word in enumerate(sorted(words))}
        index.insert(chosen)
        for word, added in chosen.items():
            expected[word] += added
        if purging:
            word = min(words)
            gone = set(random.sample(expected[word], len(expected[word]) // 3))
            places: dict[int, set[int]] = {}
            cursor, at = postings(index, word), LARGEST
            while at and (at := cursor.seek(at)):
                places.setdefault(cursor.places()[0][1], set()).add(at)
                at -= 1
            index.purge(word, {place: met & gone for place, met in places.items()})
            kept = everything(index, word)
            assert set(expected[word]) - gone <= set(kept) <= set(expected[word])
            assert len(kept) - len(set(expected[word]) - gone) <= len(places)  # at most the last of each block stays
            expected[word] = sorted(kept)
    for word in WORDS:
        assert everything(index, word) == expected[word][::-1]
    all_of = AllOf([AnyOf([postings(index, word)] if expected[word] else []) for word in WORDS[:2]])
    assert walk(all_of) == sorted(set(expected[WORDS[0]]) & set(expected[WORDS[1]]), reverse=True)
    any_of = AnyOf([postings(index, word) for word in WORDS if expected[word]])
    assert walk(any_of) == sorted({number for numbers in expected.values() for number in numbers}, reverse=True)


def test_a_rare_and_a_common_word_meet_without_reading_the_common_one(django_assert_max_num_queries: Any) -> None:
    index = Multimap(vault.new_key(), 1)
    index.insert({"common": range(1, 40 * BLOCK), "rare": [7, 9000, 20000]})
    both = AllOf([postings(index, "common"), postings(index, "rare")])
    with django_assert_max_num_queries(12):
        assert walk(both) == [20000, 9000, 7]


def test_the_same_word_has_other_labels_under_another_key_and_no_byte_of_it_is_stored() -> None:
    one, other = Multimap(vault.new_key(), 1), Multimap(vault.new_key(), 1)
    assert one.term("паспорт").label(0) != other.term("паспорт").label(0)
    assert one.handle(5) != other.handle(5)
    one.insert({"паспорт": [5]})
    row = IndexEntry.objects.get()
    stored = bytes(row.label) + bytes(row.sealed)
    assert "паспорт".encode() not in stored
    assert one.handle(5).to_bytes(8, "big") not in stored
    assert (5).to_bytes(4, "little") + bytes(4) not in stored


def test_sizes_tell_a_class_only() -> None:
    index = Multimap(vault.new_key(), 1)
    for many in range(1, 120):
        index.insert({uuid.uuid4().hex: range(1, many + 1)})
    assert {len(row.sealed) - 40 for row in IndexEntry.objects.all()} == {16, 32, 64, 128, 256, 512}


def test_a_tampered_a_swapped_and_a_missing_block_are_noticed() -> None:
    index = Multimap(vault.new_key(), 1)
    index.insert({"паспорт": range(1, 3 * BLOCK), "зарплата": [1]})
    term = index.term("паспорт")
    block = IndexEntry.objects.get(label=term.label(1))
    other = IndexEntry.objects.get(label=term.label(2))
    whole = bytes(block.sealed)
    for wrong in (whole[:-1] + bytes([whole[-1] ^ 1]), bytes(other.sealed), b"", whole[:20]):
        IndexEntry.objects.filter(label=block.label).update(sealed=wrong)
        with pytest.raises(vault.Tampered):
            everything(index, "паспорт")
    IndexEntry.objects.filter(label=block.label).delete()
    with pytest.raises(vault.Tampered):
        everything(index, "паспорт")
    head = index.term("зарплата").label(0)
    IndexEntry.objects.filter(label=head).update(sealed=whole)
    with pytest.raises(vault.Tampered):
        index.insert({"зарплата": [2]})


def test_an_index_is_deleted_in_slices_and_no_other_is_touched() -> None:
    old, new = Multimap(vault.new_key(), 1), Multimap(vault.new_key(), 2)
    for index in (old, new):
        index.insert({word: [1] for word in WORDS})
    assert not old.delete_some(3)
    assert old.delete_some(3)
    assert everything(new, "wage") == [1]
    assert IndexEntry.objects.count() == len(WORDS)
