"""How well reading does, from the kept counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from kenesh.kernel import findings
from kenesh.kernel.findings import Words
from kenesh.library.models import Document, FieldCount
from kenesh.library.proposals import READING_FIELDS


@dataclass(frozen=True)
class Score:
    """One field, or all. Shares are None while there is nothing to divide by."""

    label: Words
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Of what was found, how much is so."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of what is there, how much was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(frozen=True)
class Quality:
    """The scores over the checked documents, of one language or of all ("")."""

    documents: int
    scores: list[Score]
    total: Score
    languages: list[str]
    language: str


def quality(language: str = "") -> Quality:
    """Four queries, however many documents are checked."""
    languages = sorted(FieldCount.objects.exclude(language="").order_by().values_list("language", flat=True).distinct())
    language = language if language in languages else ""
    rows = FieldCount.objects.filter(language=language) if language else FieldCount.objects.all()
    sums = {
        row["field"]: row for row in rows.values("field").order_by().annotate(r=Sum("right"), w=Sum("wrong"), m=Sum("missed"))
    }
    scores = [
        Score(findings.taker_of(field).label, sums[field]["r"], sums[field]["w"], sums[field]["m"])
        for field in READING_FIELDS
        if field in sums and sums[field]["r"] + sums[field]["w"] + sums[field]["m"]
    ]
    total = Score("", sum(s.right for s in scores), sum(s.wrong for s in scores), sum(s.missed for s in scores))
    checked = Document.objects.filter(checked_at__isnull=False)
    return Quality((checked.filter(language=language) if language else checked).count(), scores, total, languages, language)
