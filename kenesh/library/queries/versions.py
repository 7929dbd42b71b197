"""Versions of one document: which one a new text resembles, and what changed between two."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from kenesh.library.likeness import THRESHOLD, bands_of, runs_of, share
from kenesh.library.models import Document, DocumentBand
from kenesh.library.reading.spans import Dropped, lines_of, without

_COMPARED = 5  # documents that share most of the fingerprint are compared in full


@dataclass(frozen=True)
class Alike:
    """The newest version of a document that a text resembles, and how much."""

    document: Document
    share: float


def document_alike(runs: set[int]) -> Alike | None:
    """The document that shares most with a text of these runs, from the stated threshold on."""
    bands = bands_of(runs)
    if not bands:
        return None
    near = (
        DocumentBand.objects.filter(band__in=bands, document__taken_out_at=None)
        .values("document")
        .annotate(common=Count("pk"))
        .order_by("-common", "-document")
    )
    best: Alike | None = None
    for document in Document.objects.filter(pk__in=[row["document"] for row in near[:_COMPARED]]):
        found = share(runs, runs_of(body_of(document)))
        if found >= THRESHOLD and (best is None or found > best.share):
            best = Alike(document, found)
    return best


def body_of(document: Document) -> str:
    """The text without its furniture."""
    return without(document.text, [Dropped(piece["at"][0], piece["at"][1], piece["reason"]) for piece in document.furniture])


@dataclass(frozen=True)
class Change:
    """A paragraph that stayed (`before` = `after`), went, came or was changed: as pieces of words with what became of them."""

    pieces: list[tuple[str, str]]  # (words, "same" | "gone" | "new")
    changed: bool


def changes_between(old: Document, new: Document) -> list[Change]:
    """The paragraphs of both in order; within a changed paragraph the words that went and came."""
    before = [line.text for line in lines_of(body_of(old))]
    after = [line.text for line in lines_of(body_of(new))]
    return list(_compared(before, after))


def _compared(before: list[str], after: list[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what == "equal":
            yield from (Change([(text, "same")], changed=False) for text in before[first:last])
            continue
        pairs = min(last - first, end - begin)
        for place in range(pairs):
            yield Change(_words(before[first + place], after[begin + place]), changed=True)
        yield from (Change([(text, "gone")], changed=True) for text in before[first + pairs : last])
        yield from (Change([(text, "new")], changed=True) for text in after[begin + pairs : end])


def _words(before: str, after: str) -> list[tuple[str, str]]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    pieces = []
    for what, first, last, begin, end in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("".join(new[begin:end]), "same"))
            continue
        if last > first:
            pieces.append(("".join(old[first:last]), "gone"))
        if end > begin:
            pieces.append(("".join(new[begin:end]), "new"))
    return pieces


def versions_of(document: Document) -> list[Document]:
    """All versions of the document in order, itself among them; only itself when there is one."""
    family = document.first_id or document.pk
    rows = Document.objects.light().filter(first=family) | Document.objects.light().filter(pk=family)
    return list(rows.order_by("version", "pk"))
