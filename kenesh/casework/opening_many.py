"""Opening the cases of one page of a list: a fixed number of queries for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from kenesh.casework.models import Alarm, Case, Epoch, Grant, Tags
from kenesh.casework.opening import Body, OpenCase
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring


def open_cases(cases: Iterable[Case], keyring: Keyring) -> dict[int, OpenCase]:
    """Case id → the opened case; cases that this session cannot open are left out."""
    wanted = {case.pk: case for case in cases}
    grants = Prefetch("grants", Grant.objects.select_related("organisation_epoch"))
    epochs: dict[int, list[Epoch]] = {}
    for epoch in Epoch.objects.filter(case_id__in=wanted).order_by("-number").prefetch_related(grants):
        epochs.setdefault(epoch.case_id, []).append(epoch)
    found = {}
    for pk, of_case in epochs.items():
        try:
            epoch, keys = content.open_chain(of_case, lambda one: content.open_grants(one, one.grants.all(), keyring))
        except KeyMissing:
            continue
        found[pk] = OpenCase(wanted[pk], epoch, keys)
    return found


def bodies(rows: Iterable[Tags] | Iterable[Alarm], cases: dict[int, OpenCase]) -> dict[int, Body]:
    """Case id → what is sealed in its row. Rows of cases that are closed to us are left out."""
    found = {}
    for row in rows:
        opened = cases.get(row.case_id)
        if opened is not None and row.epoch in opened.keys:
            found[row.case_id] = opened.open(row).body
    return found
