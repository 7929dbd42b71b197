"""Labels that a law makes an organisation carry, each for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class Label:
    """Words that a law demands beside the name, from a day and until a day, both included. `key` tells it from the others."""

    key: str
    text: Translated
    since: date
    until: date | None = None

    def binds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class LabelsField(models.JSONField):
    """A list of Label, oldest first. A column and not a table: a name is printed with its labels wherever it is printed, so they
    must come with the row. Raises ValidationError for anything else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[Label]:
        return self.to_python(super().from_db_value(value, expression, connection) or [])

    def to_python(self, value: Any) -> list[Label]:
        return read_labels(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value([_plain(label) for label in self.to_python(value or [])])


def read_labels(kept: Any) -> list[Label]:
    """Labels out of what the column holds, oldest first. Raises ValidationError."""
    if not isinstance(kept, list):
        raise ValidationError("labels are a list")
    return sorted((_label(each) for each in kept), key=lambda label: (label.since, label.key))


def _label(value: Any) -> Label:
    if isinstance(value, Label):
        return value
    try:
        until = date.fromisoformat(value["until"]) if value.get("until") else None
        return Label(value["key"], Translated(value["text"]), date.fromisoformat(value["since"]), until)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ValidationError("a label has a key, a text, a first day and perhaps a last one") from wrong


def _plain(label: Label) -> dict[str, Any]:
    until = label.until.isoformat() if label.until else None
    return {"key": label.key, "text": dict(label.text), "since": label.since.isoformat(), "until": until}
