"""Keeping the index in step with what is public. It holds nothing that nobody could read anyway, so the trail has no entry for it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Model
from django.db.models.signals import post_delete, post_save

from kenesh.kernel.bulk import bare, reserve, row_of, store
from kenesh.search import embedding
from kenesh.search.engine import MOST
from kenesh.search.findable import Findable, rooms
from kenesh.search.models import Common, Entry
from kenesh.search.terms import languages_of, revision, terms_of
from kenesh.themes import following

Progress = Callable[[int, int], None]  # things done, things in all

_AT_ONCE = 100
_SAMPLE = 20_000  # entries by which common terms are told


@transaction.atomic
def keep(kind: str, codes: Collection[str]) -> None:
    """Brings the entries of these things up to what is public of them now; the entries of those that are not public go.

    Called in the transaction that changed them. Raises KeyError for a kind that no room registered.
    """
    things = {thing.code: thing for thing in rooms()[kind].things(codes)}
    Entry.objects.filter(kind=kind, code__in=set(codes) - set(things)).delete()
    for code in sorted(things):
        row = _entry(kind, things[code])
        entry, _ = Entry.objects.update_or_create(kind=kind, code=code, defaults=row)
        embedding.keep(entry, things[code])


def _entry(kind: str, thing: Findable) -> dict[str, object]:
    return {
        "terms": terms_of(thing, kind),
        "languages": languages_of(thing),
        "countries": list(thing.countries),
        "year": thing.year,
        "body": thing.body,
        "revision": revision(),
    }


def follow(model: type[Model], kind: str, code_of: Callable[[Any], str], *, new: bool = True) -> None:
    """Keeps the entry of a thing in step with every row of the model that is saved or deleted.

    What is changed by `update` or `bulk_create` sends no signal: there the action calls `keep`. `new=False`: so it does for new
    rows, once all that belongs to them is stored.
    """

    def keep_in_step(instance: Model, raw: bool = False, created: bool = False, **_: Any) -> None:
        if not raw and (new or not created):
            keep(kind, [code_of(instance)])

    name = f"search-{kind}-{model._meta.label_lower}"
    post_save.connect(keep_in_step, sender=model, weak=False, dispatch_uid=name)
    post_delete.connect(keep_in_step, sender=model, weak=False, dispatch_uid=name)


def rebuild(*, progress: Progress | None = None) -> int:
    """Indexes what is not in the index as this version would index it, and takes out what is no longer public; gives their number.

    Each batch is a transaction of its own: stopped and called again, it goes on where it was.
    """
    following.refresh()
    wanted = {kind: list(room.codes()) for kind, room in rooms().items()}
    Entry.objects.exclude(kind__in=wanted).delete()
    todo: list[tuple[str, str]] = []
    for kind, codes in wanted.items():
        there = dict(Entry.objects.filter(kind=kind).values_list("code", "revision"))
        todo += [(kind, code) for code in codes if there.pop(code, "") != revision()]
        todo += [(kind, code) for code in there if code not in set(codes)]
    done = 0
    for batch in _batches(todo):
        for kind in dict.fromkeys(kind for kind, _ in batch):
            keep(kind, [code for each, code in batch if each == kind])
        done += len(batch)
        if progress is not None:
            progress(done, len(todo))
    find_common_terms()
    return done


def _batches(todo: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(todo), _AT_ONCE):
        yield todo[start : start + _AT_ONCE]


def find_common_terms() -> None:
    """Counts, over a sample of the entries that are evenly spread, which terms very many have."""
    bounds = Entry.objects.aggregate(first=Min("id"), last=Max("id"))
    numbers: Counter[str] = Counter()
    entries, taken = 0, 0
    if bounds["last"] is not None:
        entries = bounds["last"] - bounds["first"] + 1
        step = max(1, entries // _SAMPLE)
        sample = range(bounds["first"], bounds["last"] + 1, step)
        for start in range(0, len(sample), 500):
            found = Entry.objects.filter(pk__in=sample[start : start + 500]).values_list("terms", flat=True)
            for terms in found:
                taken += 1
                numbers.update(terms.split(" "))
    share = entries / taken if taken else 1.0
    rows = [Common(term=term, entries=math.ceil(count * share)) for term, count in numbers.items() if count * share > MOST]
    with transaction.atomic():
        Common.objects.all().delete()
        Common.objects.bulk_create(rows, batch_size=500)


def add_in_bulk(kind: str, things: Iterator[Findable], *, at_once: int = 2000) -> int:
    """Indexes many things that are not in the index yet, such as a benchmark's; gives their number."""
    done = 0
    rows: list[Entry] = []

    def write() -> None:
        with transaction.atomic():
            before = reserve(Entry, len(rows))
            for place, row in enumerate(rows, 1):
                row.__dict__["id"] = before + place
            store(Entry, [row_of(row) for row in rows])
        rows.clear()

    for thing in things:
        row = {name: json.dumps(value) if isinstance(value, list) else value for name, value in _entry(kind, thing).items()}
        rows.append(bare(Entry, kind=kind, code=thing.code, **row))
        done += 1
        if len(rows) >= at_once:
            write()
    if rows:
        write()
    return done
