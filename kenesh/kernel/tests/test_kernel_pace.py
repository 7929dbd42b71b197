"""Lines of networks in the shared memory: each its own, never longer than a quarter of an hour, forgotten with the hour."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.test import override_settings

from kenesh.kernel import memory, pace, vault
from kenesh.kernel.pace import Pace

ONE, OTHER = "203.0.113.0/24", "2001:db8:77::/48"


@pytest.fixture(autouse=True)
def _three_a_minute() -> Iterator[None]:
    with override_settings(CALM_PER_MINUTE=3, TURN_SECONDS=60):
        yield


def minutes(seconds: float) -> int:
    return round(seconds / 60)


def of_last_hour(key: bytes) -> None:
    """As if the last request had come an hour ago."""
    with memory.held() as shared:
        pace._HOUR.pack_into(shared, 0, int(time.time() // 3600) - 1, key)


def test_a_flood_begins_when_more_comes_than_is_usual_in_a_minute() -> None:
    calm = []
    for _ in range(5):
        calm.append(not Pace(0).flooded())
        Pace(0).count()
    assert calm == [True, True, True, False, False]


def test_two_things_that_are_counted_do_not_mix() -> None:
    for _ in range(10):
        Pace(0).count()
        Pace(0).take(ONE)
    assert (Pace(1).flooded(), Pace(1).wait(ONE)) == (False, 0.0)


def test_turns_of_a_network_follow_each_other_and_another_network_has_its_own() -> None:
    assert [minutes(Pace(0).take(ONE)) for _ in range(3)] == [0, 1, 2]
    assert minutes(Pace(0).take(OTHER)) == 0


def test_a_line_grows_to_a_quarter_of_an_hour() -> None:
    assert [minutes(Pace(0).take(ONE)) for _ in range(20)] == [*range(16), 15, 15, 15, 15]


def test_a_flood_counts_as_one_for_ten_minutes_at_most() -> None:
    for _ in range(1000):
        Pace(0).count()
    assert Pace(0)._excess() <= pace.LONGEST_FLOOD
    assert Pace(0).height() == 3


def test_with_a_new_hour_the_key_and_all_lines_are_gone() -> None:
    key = vault.new_key()
    Pace(0).take(ONE)
    of_last_hour(key)
    for _ in range(3):
        Pace(1).take(OTHER)
    of_last_hour(key)
    assert (Pace(0).wait(ONE), Pace(1).wait(OTHER)) == (0.0, 0.0)
    with memory.held() as shared:
        assert key not in bytes(shared)


def test_a_clock_that_was_set_back_makes_nobody_wait_for_hours() -> None:
    Pace(0).take(ONE)
    with memory.held() as shared:
        far = [at for at in range(pace._HOUR.size, memory.SIZE - 8, 8) if shared[at : at + 8] != bytes(8)]
        pace._MOMENT.pack_into(shared, far[0], time.time() + 1_000_000)
    assert minutes(Pace(0).wait(ONE)) == 15


def test_a_proof_is_a_number_with_so_many_zero_bits() -> None:
    """Checked with another program: printf 00000000000000000000000000000000:NUMBER | sha256sum."""
    assert [number for number in range(3000) if vault.proves(bytes(16), str(number), 10)] == [834, 1307, 1474]
    assert not vault.proves(b"\x01" * 16, "834", 10)


def test_an_allowance_is_used_up_at_once_or_little_by_little_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(pace.time, "time", lambda: now[0])
    allowance = pace.Allowance(2)
    assert [allowance.ask("10.0.0.0/24", a_minute=3) for _ in range(3)] == [0, 0, 0]
    assert round(allowance.ask("10.0.0.0/24", a_minute=3), 3) == 20
    assert allowance.ask("10.0.1.0/24", a_minute=3) == 0
    now[0] += 20
    assert [round(allowance.ask("10.0.0.0/24", a_minute=3), 3) for _ in range(2)] == [0, 20]
