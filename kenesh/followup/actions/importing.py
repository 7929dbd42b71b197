"""Spreadsheets of recommendations: brought, imported, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.followup.actions.details import Details, SourceLine, details_of, line_of
from kenesh.followup.actions.recommendations import add_recommendation, take_back
from kenesh.followup.actions.refusals import ImportDone
from kenesh.followup.models import ImportBatch, ImportedRow
from kenesh.kernel import trail
from kenesh.people.models import Body, Organisation, User
from kenesh.themes.texts import Translated

MOST_ROWS = 1_000
Row = tuple[int, list[str | None]]


@dataclass(frozen=True)
class NewRow:
    """A row of the file that becomes a recommendation."""

    number: int
    text: Translated
    organisations: Sequence[Organisation]
    details: Details
    source: SourceLine | None
    answer_by: date | None = None


@transaction.atomic
def bring_batch(
    *,
    body: Body,
    name: str,
    headings: list[str],
    rows: list[Row],
    mapping: list[str],
    language: str,
    source_kind: str,
    symbol: str,
    key: uuid.UUID,
    by: User,
) -> ImportBatch:
    """Keeps the rows of a file; nothing becomes of them yet. A repeated key gives the first one."""
    given = {"body": body, "name": name[:120], "headings": headings, "rows": rows, "mapping": mapping, "language": language}
    batch, made = ImportBatch.objects.get_or_create(
        request_key=key, defaults={**given, "source_kind": source_kind, "symbol": symbol, "brought_by": by}
    )
    if made:
        trail.record(verb="bring_recommendations", target=batch.target, by=by)
    return batch


def _open(batch: ImportBatch) -> ImportBatch:
    row = ImportBatch.objects.select_for_update(of=("self",)).select_related("body").get(pk=batch.pk)
    if row.imported_at is not None:
        raise ImportDone
    return row


@transaction.atomic
def map_columns(*, batch: ImportBatch, mapping: list[str], by: User) -> None:
    """Says what each column is. Raises ImportDone."""
    row = _open(batch)
    row.mapping = mapping
    row.save(update_fields=["mapping"])
    trail.record(verb="map_recommendation_columns", target=row.target, by=by)


@transaction.atomic
def import_rows(*, batch: ImportBatch, rows: Sequence[NewRow], by: User) -> int:
    """Makes an internal recommendation of each row; gives their number. Raises ImportDone."""
    row = _open(batch)
    for new in rows:
        made = add_recommendation(
            body=row.body,
            text=new.text,
            source_text=new.source.title if new.source else Translated(),
            addressees=new.organisations,
            due=new.answer_by,
            source_kind=new.source.kind if new.source else row.source_kind,
            document=row.document,
            details=new.details,
            sources=[new.source] if new.source else [],
            key=uuid.uuid4(),
            by=by,
        )
        ImportedRow.objects.create(batch=row, number=new.number, recommendation=made, asked=_named_in(new))
    row.imported_at = timezone.now()
    row.save(update_fields=["imported_at"])
    trail.record(verb="import_recommendations", target=row.target, by=by)
    return len(rows)


@transaction.atomic
def undo_import(*, batch: ImportBatch, rows: Sequence[NewRow], by: User) -> tuple[int, int]:
    """Takes back what nobody has worked on since; gives how many went and how many stay because they are public or have a history.

    `rows`: what the file says. What says anything else now was changed by hand, and stays.
    """
    said = {one.number: one for one in rows}
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    gone = kept = 0
    for imported in row.imported.select_related("recommendation").order_by("number"):
        if _as_it_came(imported, said.get(imported.number)) and take_back(recommendation=imported.recommendation, by=by):
            gone += 1
        else:
            kept += 1
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    trail.record(verb="undo_import_of_recommendations", target=row.target, by=by)
    return gone, kept


def _named_in(row: NewRow) -> dict[str, Any]:
    return {"to": sorted({one.pk for one in row.organisations}), "lead": row.details.lead}


def _as_it_came(imported: ImportedRow, said: NewRow | None) -> bool:
    """Whether a recommendation still says what its row says, and nothing more."""
    made = imported.recommendation
    if said is None or made.problem_id is not None:
        return False
    named = imported.asked or _named_in(said)
    asked = list(made.addressees.order_by("organisation").values_list("organisation", flat=True))
    return (
        made.text == said.text
        and made.due == said.answer_by
        and asked == named["to"]
        and [line_of(source) for source in made.sources.select_related("document", "decision")]
        == [said.source][: bool(said.source)]
        and details_of(made) == replace(said.details, lead=named["lead"])
    )
