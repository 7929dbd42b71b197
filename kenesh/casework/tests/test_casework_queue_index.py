"""What keeps the queue quick at a million: counts that triggers keep, and pages that are read from an index."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenesh.appeals import keyset
from kenesh.appeals.models import Appeal
from kenesh.casework import queries, tallies
from kenesh.casework.models import Case, Tally
from kenesh.people.models import Organisation

pytestmark = pytest.mark.django_db


def a_case(office: Any, **more: Any) -> Case:
    return Case.objects.create(office=office, opened_on=date(2026, 11, 1), **more)


def test_kept_counts_follow_every_change(office: Any, aigul: Any) -> None:
    case = a_case(office, origin="KG")
    Appeal.objects.create(office=office, arrived_on="2026-11-01", sealed_answers=b"x", due_on="2026-11-03")
    counted = queries.queue_counts(aigul)
    assert {name: counted[name] for name in ("new", "urgent", "open", "mine", "closed")} == {
        "new": 1, "urgent": 0, "open": 1, "mine": 0, "closed": 0,
    }  # fmt: skip
    case.assignee = aigul
    case.save()
    Appeal.objects.update(status="urgent")
    tallies.fold()
    assert (queries.queue_counts(aigul)["mine"], queries.queue_counts(aigul)["urgent"]) == (1, 1)
    Case.objects.update(status="closed")
    assert (queries.queue_counts(aigul)["mine"], queries.queue_counts(aigul)["closed"]) == (0, 1)
    Case.objects.all().delete()
    tallies.fold()
    assert queries.queue_counts(aigul)["closed"] == 0
    assert tallies.disagreements() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["new", "change", "delete", "fold"]),
            st.integers(0, 3),
            st.sampled_from(["office", "person", "closed"]),
            st.sampled_from(["", "KG", "UZ"]),
        ),
        max_size=20,
    )
)
def test_no_order_of_changes_and_folding_makes_a_count_wrong(office: Any, steps: Any) -> None:
    Case.objects.all().delete()
    for what, place, status, origin in steps:
        row = Case.objects.order_by("id")[place : place + 1].first()
        if what == "new":
            a_case(office, status=status, origin=origin)
        elif what == "fold":
            tallies.fold()
        elif row is not None and what == "change":
            Case.objects.filter(pk=row.pk).update(status=status, origin=origin)
        elif row is not None:
            row.delete()
    assert tallies.disagreements() == []
    tallies.fold()
    assert tallies.disagreements() == []


def test_a_count_that_was_tampered_with_is_found_and_mended(office: Any) -> None:
    a_case(office)
    tallies.fold()
    Tally.objects.filter(grain=Tally.COARSE).update(number=7)
    found = tallies.disagreements()
    assert [(one.what, one.status, one.kept, one.counted) for one in found] == [("case", "office", 7, 1)]
    tallies.recount()
    assert tallies.disagreements() == []


def test_triggers_are_there_and_come_back(office: Any) -> None:
    assert tallies.triggers_present()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER tally_case_insert" + ("" if connection.vendor == "sqlite" else " ON casework_case"))
    assert not tallies.triggers_present()
    a_case(office)
    tallies.create()
    assert tallies.triggers_present()
    assert tallies.disagreements() == []


def test_whoever_reads_many_notes_folds_them(office: Any, aigul: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "FOLD_AT", 3)
    for _ in range(5):
        a_case(office)
    assert queries.queue_counts(aigul)["open"] == 5
    assert not Tally.objects.filter(grain=Tally.DELTA).exists()
    assert queries.queue_counts(aigul)["open"] == 5


# --- plans ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def thousands(office: Organisation, other_office: Organisation, aigul: Any) -> None:
    """A few thousand rows of two offices, so that a plan without an index would be the dearer one."""
    today = timezone.localdate()
    themes, lands = ["pay", "documents", "police", "health"], ["KG", "UZ", "TJ", "AM"]
    Case.objects.bulk_create(
        Case(
            office=office if n % 3 else other_office,
            status=("office", "person", "others", "closed", "closed")[n % 5],
            waits_for="court" if n % 35 == 2 else "",
            urgent=n % 50 == 0,
            theme=themes[n % 4],
            origin=lands[n % 4],
            destination=("RU", "KZ")[n % 2],
            assignee=aigul if n % 7 == 0 else None,
            opened_on=today,
            due_on=today + timedelta(days=n % 300 - 100),
        )
        for n in range(4000)
    )
    Appeal.objects.bulk_create(
        Appeal(
            office=office if n % 3 else other_office,
            status=("new", "closed", "office", "urgent")[n % 4],
            theme=themes[n % 4],
            origin=lands[n % 4],
            destination=("RU", "KZ")[n % 2],
            arrived_on=today,
            due_on=today + timedelta(days=n % 300 - 100),
            sealed_answers=b"x",
        )
        for n in range(4000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "ANALYZE casework_case, appeals_appeal")


FILTERS = [
    {},
    {"theme": "pay"},
    {"origin": "UZ"},
    {"destination": "KZ"},
    {"deadline": "late"},
    {"deadline": "week"},
    {"assignee": "me"},
    {"waits": "office"},
    {"waits": "court"},
]


@pytest.mark.parametrize("tab", ["new", "open", "mine", "closed"])
def test_every_page_of_the_queue_is_read_from_an_index_in_its_order(tab: str, aigul: Any, thousands: None) -> None:
    desk = queries.desk_of(aigul)
    for narrowed in FILTERS:
        chosen = queries.Filter.of({"tab": tab, **narrowed})
        rows = queries.page_of(desk, chosen, limit=30)
        after = queries.place_of(rows[-1]) if rows else None
        for place in (None, after):
            for _, read in keyset.reads(queries.ranges(desk, chosen), after=place, limit=31):
                plan = read.explain()
                assert "index" in plan.lower(), (narrowed, plan)
                assert "SCAN " not in plan, (narrowed, plan)  # SQLite's word for reading the whole table
                assert "Seq Scan" not in plan, (narrowed, plan)
                if connection.vendor == "sqlite":
                    assert "TEMP B-TREE" not in plan, (narrowed, plan)


def test_the_worker_folds_forgets_and_destroys_without_a_key(office: Any) -> None:
    from kenesh.kernel.schedule import periodic_tasks

    ours = {f"kenesh.casework.tasks.{name}" for name in ("keep_counts", "forget_what_is_over", "destroy_swept")}
    found = {one.task.module_path: one.task for one in periodic_tasks()}
    assert ours <= set(found)
    a_case(office)
    for path in ours:
        found[path].func()
    assert not Tally.objects.filter(grain=Tally.DELTA).exists()
