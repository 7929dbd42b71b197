"""The trail is evidence: what was written stays, and every change is found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from kenesh.kernel import trail, triggers
from kenesh.kernel.models import TrailEntry, TrailHead


def write(count: int = 3, *, chain: str = trail.NODE) -> None:
    with transaction.atomic():
        for number in range(count):
            trail.record(verb="act", target=f"thing:{number}", by="test", chain=chain)


def tamper(statement: str) -> None:
    """What somebody with the whole database in hand could do."""
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.create()


@pytest.mark.django_db
def test_an_untouched_trail_holds() -> None:
    write()
    assert trail.verify() == []


@pytest.mark.django_db
def test_entries_count_up_within_their_chain() -> None:
    write(2)
    write(2, chain="other")
    assert list(TrailEntry.objects.order_by("chain", "number").values_list("chain", "number")) == [
        ("node", 1),
        ("node", 2),
        ("other", 1),
        ("other", 2),
    ]


@pytest.mark.django_db
def test_a_changed_entry_is_named() -> None:
    write()
    tamper("UPDATE kernel_trailentry SET actor = 'somebody else' WHERE number = 2")
    assert trail.verify() == [trail.Broken("node", 2, "was changed after it was written")]


@pytest.mark.django_db
def test_a_missing_entry_is_named() -> None:
    write()
    tamper("DELETE FROM kernel_trailentry WHERE number = 2")
    assert [(first.chain, first.number) for first in trail.verify()] == [("node", 2)]


@pytest.mark.django_db
def test_a_cut_off_end_is_found_by_the_head() -> None:
    write()
    tamper("DELETE FROM kernel_trailentry WHERE number = 3")
    assert [(first.chain, first.number) for first in trail.verify()] == [("node", 3)]


@pytest.mark.django_db
def test_a_cut_off_end_together_with_its_head_is_found_by_a_head_kept_elsewhere() -> None:
    write(2)
    kept = trail.heads()
    with transaction.atomic():
        first = TrailEntry.objects.get(number=1)
        TrailHead.objects.update(number=1, mac=first.mac)
    tamper("DELETE FROM kernel_trailentry WHERE number = 2")
    assert trail.verify() == []
    assert [(first.chain, first.number) for first in trail.verify(kept)] == [("node", 2)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_trailentry SET verb = 'other'",
        "DELETE FROM kernel_trailentry",
        pytest.param("INSERT OR REPLACE INTO kernel_trailentry SELECT * FROM kernel_trailentry", id="sqlite-replace"),
        pytest.param("TRUNCATE kernel_trailentry", id="postgresql-truncate"),
    ],
)
def test_the_database_refuses_to_change_an_entry(statement: str, engine: str, request: pytest.FixtureRequest) -> None:
    if request.node.callspec.id.split("-")[0] in {"sqlite", "postgresql"} and not request.node.callspec.id.startswith(engine):
        pytest.skip(f"a statement of the other engine, not of {engine}")
    write()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert trail.verify() == []


@pytest.mark.django_db
def test_triggers_that_are_gone_are_noticed() -> None:
    assert trail.triggers_present()
    triggers.drop()
    assert not trail.triggers_present()
    triggers.create()


def an_act_that_fails() -> None:
    with transaction.atomic():
        trail.record(verb="act", target="thing", by="test")
        raise ValueError("the act failed")


@pytest.mark.django_db(transaction=True)
def test_an_act_and_its_entry_are_stored_together_or_not_at_all() -> None:
    with pytest.raises(RuntimeError):
        trail.record(verb="act", target="thing", by="test")
    with pytest.raises(ValueError, match="the act failed"):
        an_act_that_fails()
    assert TrailEntry.objects.count() == 0


@pytest.mark.django_db
def test_the_public_leaves_the_day_alone() -> None:
    with transaction.atomic():
        trail.record(verb="file_appeal", target="appeal:1", by=trail.PUBLIC)
    assert len(TrailEntry.objects.get().at) == len("2026-11-22")
