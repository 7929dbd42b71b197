"""How quick and how large the encrypted search index is, without the pages: words, intersections, inserts, building in bulk.

    python -m bench.search_inside --subjects 100000 --json

Synthetic subjects with about 54 terms each, Zipf-distributed over a vocabulary, and two terms that nothing else has; in a
fresh SQLite home of its own. Each search gives a page of 30, handles looked up in their table. `fsync` is on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

TERMS = 54
VOCABULARY = 60_000
SLICE = 25


def _set_up(home: Path) -> None:
    os.environ["KENESH_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenesh.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)


def _vocabulary() -> tuple[list[str], list[float]]:
    words = [f"w:word{rank}" for rank in range(1, VOCABULARY + 1)]
    return words, list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))


def _terms(seed: int, words: list[str], weights: list[float]) -> list[str]:
    chance = random.Random(seed)  # a benchmark's dice
    drawn = chance.choices(words, cum_weights=weights, k=TERMS + 20)
    return [*list(dict.fromkeys(drawn))[: TERMS - 2], f"p:{seed:09d}", f"n:name{seed}"]


def run(subjects: int = 100_000, inserts: int = 10) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="kenesh-bench-") as folder:  # a disk, not memory
        _set_up(Path(folder))
        return _measure(subjects, inserts)


def _measure(subjects: int, inserts: int) -> dict[str, Any]:
    from django.db import connection, transaction
    from django.utils import timezone

    from kenesh.appeals.models import Appeal
    from kenesh.casework.search import indexing
    from kenesh.casework.search.indexing import Subject
    from kenesh.kernel import vault
    from kenesh.people.models import Organisation, OrganisationEpoch

    office = Organisation.objects.create(name={"en": "Bench"}, kind="centre", takes_appeals=True)
    epoch = OrganisationEpoch.objects.create(organisation=office, number=1, public_key=b"-", sealed_index_key=b"-")
    key, day = vault.new_key(), timezone.localdate()
    words, weights = _vocabulary()
    more = inserts * SLICE
    Appeal.objects.bulk_create(
        (Appeal(code=f"{at:08d}", office=office, arrived_on=day, sealed_answers=b"-") for at in range(subjects + more)),
        batch_size=400,
    )
    ids = list(Appeal.objects.order_by("id").values_list("id", flat=True))

    def given(some: list[int]) -> Iterator[tuple[Subject, list[str]]]:
        for pk in some:
            yield Subject(appeal_id=pk), _terms(pk, words, weights)

    generating = time.perf_counter()
    for _ in given(ids[:subjects]):
        pass
    generating = time.perf_counter() - generating
    before, began = _bytes(connection), time.perf_counter()
    indexing.build(index_key=key, epoch=epoch, subjects=given(ids[:subjects]))
    seconds = time.perf_counter() - began - generating
    size = _bytes(connection) - before
    index = indexing.with_key(key, epoch)
    times: list[float] = []
    for at in range(inserts):
        some = list(given(ids[subjects + at * SLICE : subjects + (at + 1) * SLICE]))
        started = time.perf_counter()
        with transaction.atomic():
            indexing.add(index, some)
        times.append((time.perf_counter() - started) * 1000 / SLICE)
    rows = [{"search": name, **_timed(index, query)} for name, query in _queries(subjects)]
    return {
        "bench": "search_inside",
        "rows": rows,
        "summary": {
            "subjects": subjects,
            "terms_each": TERMS,
            "build_seconds": round(seconds, 1),
            "bytes_per_subject": round(size / subjects),
            "insert_ms": round(statistics.median(times), 2),
            "p95_ms": max(row["p95_ms"] for row in rows),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    }


def _queries(subjects: int) -> list[tuple[str, list[list[str]]]]:
    word = [f"w:word{rank}" for rank in range(VOCABULARY + 1)]
    return [
        ("one rare word", [[f"p:{subjects // 2:09d}"]]),
        ("one common word", [[word[1]]]),
        ("a common and a middling word", [[word[2]], [word[1500]]]),
        ("two middling words", [[word[900]], [word[1500]]]),
        ("two rare words that never meet", [[word[40_001]], [word[50_001]]]),
        ("a common word and a number of one", [[word[1]], [f"p:{subjects // 3:09d}"]]),
        ("three words", [[word[3]], [word[40]], [word[700]]]),
        ("three common words", [[word[1]], [word[2]], [word[3]]]),
    ]


def _timed(index: Any, query: list[list[str]]) -> dict[str, Any]:
    from kenesh.casework.models import Handle
    from kenesh.casework.search import lookup

    def once() -> int:
        found = [number for number, _ in lookup.first(index.map, [query], 31)]
        return len(list(Handle.objects.filter(pk__in=[index.map.handle(number) for number in found])))

    return {"hits": once(), **_quantiles(once)}


def _quantiles(act: Callable[[], Any]) -> dict[str, float]:
    times = []
    for _ in range(40):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return {"median_ms": round(statistics.median(times), 2), "p95_ms": round(sorted(times)[37], 2)}


def _bytes(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return int(pages * cursor.fetchone()[0])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    print(json.dumps(run(arguments.subjects), indent=None if arguments.json else 1))
