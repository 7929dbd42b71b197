"""Opening the cases of one page of a list: a fixed number of queries for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable

from kenesh.casework.models import Alarm, Case, Epoch, Grant, Hold, Tags
from kenesh.casework.opening import Body, OpenCase
from kenesh.people import content
from kenesh.people.keyring import Keyring


def open_cases(cases: Iterable[Case], keyring: Keyring) -> dict[int, OpenCase]:
    """Case id → the opened case; cases that this session cannot open are left out."""
    wanted = {case.pk: case for case in cases}
    opened = content.open_many(Epoch, Grant, "case_id", wanted, keyring)
    return {pk: OpenCase(wanted[pk], epoch, keys) for pk, (epoch, keys) in opened.items()}


def bodies(rows: Iterable[Tags] | Iterable[Alarm] | Iterable[Hold], cases: dict[int, OpenCase]) -> dict[int, Body]:
    """Case id → what is sealed in its row. Rows of cases that are closed to us are left out."""
    found = {}
    for row in rows:
        opened = cases.get(row.case_id)
        if opened is not None and row.epoch in opened.keys:
            found[row.case_id] = opened.open(row).body
    return found
