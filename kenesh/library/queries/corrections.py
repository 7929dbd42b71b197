"""Checked documents as a labelled set: what was read, and what people made of it, in the words of `kenesh read`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

from kenesh.library.models import Confirmation, Document
from kenesh.library.proposals import READING_FIELDS, SINGLE

_AT_ONCE = 100


class Labelled(TypedDict):
    """`read` and `confirmed` have the keys of docs/reading.schema.json; places are those in `text`."""

    document: str
    text: str
    read: dict[str, Any]
    confirmed: dict[str, Any]


def labelled_documents() -> Iterator[Labelled]:
    """Every checked document that was not taken out, in the order in which they were imported; a few at a time are in memory."""
    rows = Document.objects.filter(checked_at__isnull=False, taken_out_at=None).prefetch_related("confirmations").order_by("pk")
    for document in rows.iterator(chunk_size=_AT_ONCE):
        read = {**document.found, "dropped": document.furniture}
        confirmed = dict(read)
        decided: dict[str, list[Confirmation]] = {field: [] for field in READING_FIELDS}
        for confirmation in sorted(document.confirmations.all(), key=_place):
            decided.setdefault(confirmation.field, []).append(confirmation)
        for field in READING_FIELDS:
            confirmed |= _single(field, decided[field], read) if field in SINGLE else {field: _several(field, decided[field])}
        if language := decided["language"]:
            read |= {"language": language[0].read.get("language"), "script": language[0].read.get("script")}
        yield Labelled(document=document.code, text=document.text, read=read, confirmed=confirmed)


def _place(confirmation: Confirmation) -> tuple[int, int]:
    """Findings in the order of the reading, then what was added."""
    number = confirmation.key.rpartition("-")[2]
    return (
        (int(number), 0) if confirmation.outcome != Confirmation.Outcome.ADDED and number.isdigit() else (10**9, confirmation.pk)
    )


def _single(field: str, decided: list[Confirmation], read: dict[str, Any]) -> dict[str, Any]:
    """A title, a kind, a language, a date: null where a person rejected it."""
    if not decided:
        return {field: read.get(field)}
    said = decided[0].confirmed
    if field == "dates":
        return {"dates": {"start": None, "end": None, "basis": None, **said}}
    if field == "language":
        return {"language": said.get("language"), "script": said.get("script")}
    return {field: said.get(field)}


def _several(field: str, decided: list[Confirmation]) -> list[Any]:
    kept = [confirmation.confirmed for confirmation in decided if confirmation.confirmed]
    return list(dict.fromkeys(said["country"] for said in kept)) if field == "countries" else kept
