"""The kept counts of how well reading does, added and taken away with each document that is checked or opened again."""

from __future__ import annotations

from collections import Counter

from django.db.models import F

from kenesh.library.models import Confirmation, Document, FieldCount
from kenesh.library.proposals import READING_FIELDS

# Outcome of a decision → what it adds: (found and right, found and wrong, missed). What was corrected is both wrong and missed.
_WORTH = {
    Confirmation.Outcome.ACCEPTED: (1, 0, 0),
    Confirmation.Outcome.CORRECTED: (0, 1, 1),
    Confirmation.Outcome.REJECTED: (0, 1, 0),
    Confirmation.Outcome.ADDED: (0, 0, 1),
}


def count(document: Document, sign: int) -> None:
    """Adds (1) or takes away (-1) what the decisions on this document say of the reading."""
    decided: Counter[tuple[str, str]] = Counter(
        (confirmation.field, confirmation.outcome)
        for confirmation in Confirmation.objects.filter(document=document).only("field", "outcome")
    )
    for field in READING_FIELDS:
        right, wrong, missed = (
            sum(decided[field, outcome] * worth[place] for outcome, worth in _WORTH.items()) * sign for place in range(3)
        )
        if right or wrong or missed:
            FieldCount.objects.get_or_create(field=field, language=document.language)
            kept = FieldCount.objects.filter(field=field, language=document.language)
            kept.update(right=F("right") + right, wrong=F("wrong") + wrong, missed=F("missed") + missed)
