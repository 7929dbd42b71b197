"""The shipped limits become rows. Run again, it changes nothing; a newer text becomes a new version.

What people of this node wrote is never overwritten: beside it the newer text waits as a version that is not in use.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.models import Max
from django.utils import timezone

from kenesh.casework.models.limits import LegalLimit
from kenesh.themes.texts import Translated

DATA = Path(__file__).with_name("data.tsv")
_PLAIN = ("unit", "roll_over", "certainty", "for_whom", "clock", "basis", "source")


def shipped(path: Path = DATA) -> Iterator[dict[str, Any]]:
    """The fields of each shipped limit, with `code` and its fingerprint `seed`."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {
                "code": row["code"],
                "seed": hashlib.sha256("\t".join(row.values()).encode()).hexdigest(),
                "countries": row["countries"].split(),
                "themes": row["themes"].split(),
                "amount": int(row["amount"]),
                "less_days": int(row["less_days"]),
                "valid_from": _day(row["valid_from"]),
                "valid_until": _day(row["valid_until"]),
                **{name: row[name] for name in _PLAIN},
                **{name: _texts(row, name) for name in ("matter", "counts_from", "where_to", "note")},
            }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _texts(row: dict[str, str], name: str) -> Translated:
    return Translated({code: row[f"{name}_{code}"] for code in ("ru", "ky", "en") if row.get(f"{name}_{code}")})


def seed(path: Path = DATA) -> int:
    """How many rows were written."""
    written = 0
    for fields in shipped(path):
        with transaction.atomic():
            written += _seed_one(fields)
    return written


def _seed_one(fields: dict[str, Any]) -> bool:
    versions = LegalLimit.objects.filter(code=fields["code"])
    if versions.filter(seed=fields["seed"]).exists():
        return False
    newest = versions.aggregate(number=Max("version"))["number"] or 0
    edited = versions.filter(current=True, seed="").exists()
    if not edited:
        versions.filter(current=True).update(current=False)
    LegalLimit.objects.create(**fields, version=newest + 1, current=not edited, changed_on=timezone.localdate())
    return True


def seed_after_migrate(sender: Any, using: str = "default", **_: Any) -> None:
    """For `post_migrate`; a database that was taken back to before the table has nothing to fill."""
    if sender.label == "casework" and LegalLimit._meta.db_table in connections[using].introspection.table_names():
        seed()
