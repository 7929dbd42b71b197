"""Counts on their way to the public: sealed while they wait, then frozen into blocks.

Unsound            a count that cannot be: no persons, or a text too long to be sealed without showing its length
"""

from __future__ import annotations

import json
import secrets
import uuid
from datetime import date
from typing import TypedDict

from django.conf import settings
from django.db import transaction

from kenesh.kernel import trail, vault
from kenesh.problems.models import Block, Waiting
from kenesh.problems.partition import PERIODS, Cell, Count, partition, period_start
from kenesh.themes import thesaurus
from kenesh.themes.countries import alpha2

# Every count is filled up to this length, so that the size of a row says nothing of its theme or region.
_BYTES = 1000
_ROWS_AT_ONCE = 500


class Unsound(ValueError):
    """A count that cannot be: no persons, or a text too long to be sealed without showing its length."""


class Payload(TypedDict):
    """What is sealed of a count."""

    theme: str
    origin: str
    destination: str
    region: str
    month: str
    persons: int
    group: str


@transaction.atomic
def count_released(
    *,
    theme: str,
    origin: str,
    destination: str,
    region: str,
    day: date,
    persons: int,
    by: trail.Actor | str,
    group: str = "",
) -> None:
    """Lets a released matter wait to be counted in the month of `day`, the day of its release. Joins the caller's transaction.

    `origin`, `destination`: ISO 3166-1 alpha-2, or "" when it is not known. `group`: one random word for all counts of the same persons, so
    that a person with three matters is not taken for three people. Raises thesaurus.UnknownConcept, countries.UnknownCountry, Unsound.
    """
    thesaurus.concept(theme)
    if persons < 1:
        raise Unsound("a count is about at least one person")
    payload = Payload(
        theme=theme,
        origin=alpha2(origin) if origin else "",
        destination=alpha2(destination) if destination else "",
        region=" ".join(region.split()),
        month=day.strftime("%Y-%m"),
        persons=persons,
        group=group,
    )
    plain = json.dumps(payload, ensure_ascii=False).encode()
    if len(plain) > _BYTES or len(payload["region"]) > 80:
        raise Unsound("the region or the group is too long")
    uid = uuid.uuid4()
    # A random id: in the order of arrival the rows would stand beside the trail's entries of the cases they came from.
    Waiting.objects.create(
        id=secrets.randbelow(2**62), uid=uid, sealed=vault.seal(settings.SECRETS.door, plain.ljust(_BYTES), _place(uid))
    )
    # No uid here: an entry with its time beside a row would say when each count came.
    trail.record(verb="count_released", target="problems:waiting", by=by)


@transaction.atomic
def freeze_blocks(*, today: date, by: trail.Actor | str) -> int:
    """Freezes what can be frozen of the months before this one; gives the number of new blocks. The rest goes on waiting.

    Two processes never freeze twice: PostgreSQL holds the second at the locked rows, and SQLite at the start of its
    transaction, until the first is done. Raises vault.Tampered for a row that the door key does not open; nothing is
    frozen then.
    """
    rows = {row.uid.hex: row for row in Waiting.objects.select_for_update().order_by("id")}
    counts = [_opened(row) for row in rows.values()]
    if not counts:
        return 0
    # Read after the rows are locked: a run that was ahead of this one has committed its blocks by now.
    taken = {
        Cell(*cell)
        for cell in Block.objects.filter(
            period_start__gte=period_start(min(count.day for count in counts), PERIODS[-1])
        ).values_list("concept", "origin", "destination", "region", "period_start", "period_months")
    }
    parents = {concept.id: concept.parent for concept in thesaurus.concepts().values()}
    frozen = partition(counts, parents, before=today, taken=taken).blocks
    Block.objects.bulk_create(
        Block(
            concept=block.cell.theme,
            origin=block.cell.origin,
            destination=block.cell.destination,
            region=block.cell.region,
            period_start=block.cell.start,
            period_months=block.cell.months,
            persons=block.persons,
            frozen_on=today,
        )
        for block in frozen
    )
    used = [rows[uid].pk for block in frozen for uid in block.uids]
    for start in range(0, len(used), _ROWS_AT_ONCE):
        Waiting.objects.filter(pk__in=used[start : start + _ROWS_AT_ONCE]).delete()
    if frozen:
        trail.record(verb="freeze_blocks", target=f"problems:blocks:{len(frozen)}", by=by)
    return len(frozen)


def _opened(row: Waiting) -> Count:
    payload: Payload = json.loads(vault.open_sealed(settings.SECRETS.door, bytes(row.sealed), _place(row.uid)))
    return Count(
        uid=row.uid.hex,
        theme=payload["theme"],
        origin=payload["origin"],
        destination=payload["destination"],
        region=payload["region"],
        day=date.fromisoformat(f"{payload['month']}-01"),
        persons=payload["persons"],
        group=payload["group"],
    )


def _place(uid: uuid.UUID) -> vault.Place:
    return vault.Place("problems_waiting", "sealed", uid.hex)
