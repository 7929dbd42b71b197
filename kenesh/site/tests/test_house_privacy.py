"""What stands in the clear in the private wing is what docs/privacy.md says, column by column, both ways."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

PAGE = Path(__file__).resolve().parents[3] / "docs" / "privacy.md"
EVERYWHERE = {"id", "uid", "code", "number", "epoch", "version"}


def clear_columns() -> set[str]:
    """table.column of everything in the private wing that is neither sealed nor named once for all tables."""
    found = set()
    for area in ("appeals", "casework"):
        for model in apps.get_app_config(area).get_models(include_auto_created=True):
            for field in model._meta.local_fields:
                inside = field.is_relation and field.related_model._meta.app_label in {"appeals", "casework"}
                if field.get_internal_type() != "BinaryField" and field.column not in EVERYWHERE and not inside:
                    found.add(f"{model._meta.db_table}.{field.column}")
    return found


def test_every_column_in_the_clear_is_listed_with_its_reason() -> None:
    listed = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| \S", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert sorted(clear_columns() - listed) == []
    assert sorted(listed - clear_columns()) == []
