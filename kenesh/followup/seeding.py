"""The legal time limits for answers that come with the software become rows; what people of the node changed is left alone."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.db import connections

from kenesh.followup.models import DueByLaw
from kenesh.themes.texts import Translated

DATA = Path(__file__).with_name("due_by_law.tsv")
_PLAIN = ("country", "unit", "certainty", "source")


def seed() -> int:
    """Writes the rows that are missing; gives how many."""
    known = set(DueByLaw.objects.values_list("code", flat=True))
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["code"] not in known]
    for row in rows:
        texts = {
            part: Translated({language: row[f"{part}_{language}"] for language in ("ru", "ky", "en")}) for part in ("what", "law")
        }
        DueByLaw.objects.create(code=row["code"], days=int(row["days"]), **texts, **{name: row[name] for name in _PLAIN})
    return len(rows)


def seed_after_migrate(sender: Any, using: str = "default", **_: Any) -> None:
    """For `post_migrate`; a database that was taken back to before the table has nothing to fill."""
    if sender.label == "followup" and DueByLaw._meta.db_table in connections[using].introspection.table_names():
        seed()
