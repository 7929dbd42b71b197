"""A document as those who check it see it: its text with every finding marked, what is not text folded, long ones in parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kenesh.kernel.findings import Finding
from kenesh.library.models import Document

PART = 40_000  # characters of one part
_SLACK = 4_000  # how much longer a part may be, so that it ends with a line


@dataclass(frozen=True)
class Segment:
    """Letters that belong to the same findings. `field`: of the narrowest of them; `begins`: keys of those that begin here."""

    text: str
    keys: Sequence[str] = ()  # the narrowest first
    field: str = ""
    begins: Sequence[str] = ()


@dataclass(frozen=True)
class Block:
    """A run of text, or of what was set aside with its reason."""

    segments: list[Segment] = field(default_factory=list)
    reason: str = ""

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True)
class Paper:
    """One part of a document."""

    blocks: list[Block]
    part: int  # from 1
    parts: int
    part_of: Mapping[str, int]  # key of a finding → the part in which it begins

    @property
    def before(self) -> int:
        return self.part - 1

    @property
    def after(self) -> int:
        return self.part + 1


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    key: str
    field: str


def parts_of(text: str) -> list[tuple[int, int]]:
    """Where the parts of a text begin and end; each ends with a line where there is one near."""
    cuts, start = [], 0
    while len(text) - start > PART + _SLACK:
        end = text.rfind("\n", start + PART - _SLACK, start + PART + _SLACK) + 1
        end = end or start + PART
        cuts.append((start, end))
        start = end
    return [*cuts, (start, len(text))]


def paper_of(document: Document, found: Iterable[Finding], part: int = 1) -> Paper:
    """The part with this number, or the nearest one that there is."""
    bounds = parts_of(document.text)
    part = min(max(part, 1), len(bounds))
    spans = [_Span(start, end, each.key, each.field) for each in found for start, end in each.at if start < end]
    starts: dict[str, int] = {}
    for span in spans:
        starts[span.key] = min(span.start, starts.get(span.key, span.start))
    part_of = {
        key: next((n for n, (_s, end) in enumerate(bounds, 1) if place < end), len(bounds)) for key, place in starts.items()
    }
    start, end = bounds[part - 1]
    return Paper(list(_blocks(document, spans, starts, start, end)), part, len(bounds), part_of)


def _blocks(document: Document, spans: Sequence[_Span], starts: Mapping[str, int], start: int, end: int) -> Iterator[Block]:
    """Runs of text, and between them what was set aside; neighbours that were set aside for one reason lie together."""
    place, aside = start, Block()
    for piece in sorted(document.furniture, key=lambda each: each["at"][0]):
        first, last = max(piece["at"][0], place), min(piece["at"][1], end)
        if first >= last:
            continue
        between = document.text[place:first].strip()
        if aside.segments and (between or aside.reason != piece["reason"]):
            yield aside
            aside = Block()
        if between:
            yield Block(list(_segments(document.text, spans, starts, _past_space(document.text, place), first)))
        pieces = [*aside.segments, Segment(document.text[first:last].strip() + "\n")]
        aside, place = Block(pieces, piece["reason"]), last
    if aside.segments:
        yield aside
    if document.text[place:end].strip():
        yield Block(list(_segments(document.text, spans, starts, _past_space(document.text, place), end)))


def _past_space(text: str, place: int) -> int:
    return place + len(text[place:]) - len(text[place:].lstrip())


def _segments(text: str, spans: Sequence[_Span], starts: Mapping[str, int], start: int, end: int) -> Iterator[Segment]:
    here = [span for span in spans if span.start < end and span.end > start]
    cuts = sorted({start, end, *(min(max(place, start), end) for span in here for place in (span.start, span.end))})
    for first, last in itertools.pairwise(cuts):
        over = sorted((span for span in here if span.start <= first and span.end >= last), key=lambda span: span.end - span.start)
        keys = list(dict.fromkeys(span.key for span in over))
        begins = [key for key in keys if starts[key] == first]
        yield Segment(text[first:last], keys, over[0].field if over else "", begins)


def excerpt_of(text: str, finding: Finding, around: int = 160) -> tuple[str, str, str] | None:
    """What stands before, in and after the first place of a finding; None when it has none."""
    if not finding.at:
        return None
    start, end = finding.at[0]
    before = text[:start].rpartition("\n")[2]
    after = text[end:].partition("\n")[0]
    if len(before) > around:
        before = "… " + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + " …"
    return before, text[start:end], after
