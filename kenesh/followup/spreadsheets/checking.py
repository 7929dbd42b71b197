"""The dry run: what would become of each row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models import ImportBatch, Recommendation, RecommendationSource
from kenesh.followup.spreadsheets.rows import Draft, Reader
from kenesh.people.matching import plain

NEW, DOUBLE, WRONG = "new", "double", "wrong"
BECOMES: dict[str, str | Promise] = {
    NEW: _("becomes a recommendation"),
    DOUBLE: _("is there already"),
    WRONG: _("cannot come in"),
}


@dataclass(frozen=True)
class Line:
    """A row, what becomes of it, and the code of the recommendation that it doubles ("" for a row of the same file)."""

    number: int
    becomes: str
    draft: Draft
    same_as: str = ""

    @property
    def words(self) -> str:
        return str(BECOMES[self.becomes])


def drafts_of(batch: ImportBatch) -> list[tuple[int, Draft]]:
    """What each row says, under its number."""
    reader = Reader(batch.mapping, language=batch.language, source_kind=batch.source_kind, symbol=batch.symbol)
    return [(number, reader.read(cells)) for number, cells in batch.rows]


def checked(batch: ImportBatch) -> list[Line]:
    """Every row in the order of the file. The same symbol and paragraph are the same recommendation; without them, the same words."""
    drafts = drafts_of(batch)
    places, texts = _known(batch, [draft for _number, draft in drafts])
    lines = []
    for number, draft in drafts:
        if draft.faults:
            lines.append(Line(number, WRONG, draft))
            continue
        place, words = draft.place, {plain(text) for text in draft.text.values()}
        if place is not None and place in places:
            lines.append(Line(number, DOUBLE, draft, places[place]))
        elif place is None and (same := next((one for one in words if one in texts), None)) is not None:
            lines.append(Line(number, DOUBLE, draft, texts[same]))
        else:
            lines.append(Line(number, NEW, draft))
            texts.update(dict.fromkeys(words, ""))
            if place is not None:
                places[place] = ""
    return lines


def _known(batch: ImportBatch, drafts: list[Draft]) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Places and words of what the body follows up already, with its code: two queries."""
    symbols = {draft.source.symbol for draft in drafts if draft.source and draft.source.symbol}
    rows = RecommendationSource.objects.filter(recommendation__body=batch.body, symbol__in=symbols)
    places = {
        (symbol.casefold(), paragraph.casefold()): code
        for symbol, paragraph, code in rows.values_list("symbol", "paragraph", "recommendation__code")
        if paragraph
    }
    texts = {}
    if any(draft.place is None for draft in drafts):
        for code, text in Recommendation.objects.filter(body=batch.body).values_list("code", "text"):
            texts.update({plain(one): code for one in text.values()})
    return places, texts


def counts_of(lines: list[Line]) -> dict[str, int]:
    """How many rows become what; every kind is named."""
    found = Counter(line.becomes for line in lines)
    return {name: found[name] for name in BECOMES}
