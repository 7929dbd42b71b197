"""What a reading proposes to a person: each finding with its key, its places in the text and whether the reading was sure.

Keys are the field and the number of the finding in the reading, so that they stay as long as the reading does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kenesh.kernel.findings import Finding
from kenesh.library.models import Document

Span = tuple[int, int]

# What `kenesh read` prints, and what is therefore measured; the others are proposals of the areas above.
READING_FIELDS = (
    "title", "kind", "language", "dates", "places", "countries", "organisations", "persons", "themes", "figures",
    "recommendations", "questions",
)  # fmt: skip
SINGLE = ("title", "kind", "language", "dates")  # of which a document has one
_MET = frozenset({"meeting", "founding", "conference", "round_table", "workshop", "review_dialogue"})
_LISTS = ("places", "organisations", "persons", "figures", "recommendations", "questions")


class Proposals:
    """The findings of one document, in the order of the page."""

    def __init__(
        self,
        document: Document,
        taken: Mapping[str, tuple[str, ...]] | None = None,
        places: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """`taken`: the targets that were taken from the document so far, by field; `places`: what was decided of its places, by
        key, {} where one was rejected."""
        self._document = document
        self._taken = taken or {}
        self._places = places or {}
        self._warned = {warning["kind"] for warning in document.found.get("warnings", [])}
        self.all = list(self._findings())
        self.by_key = {finding.key: finding for finding in self.all}

    def of(self, field: str) -> list[Finding]:
        return [finding for finding in self.all if finding.field == field]

    def _findings(self) -> Iterator[Finding]:
        found = self._document.found
        yield from self._singles(found)
        yield from self._many("countries", ({"country": code} for code in found.get("countries", [])))
        for field in _LISTS:
            read = found.get(field, [])
            yield from self._many(field, map(_whole_question, read) if field == "questions" else read)
        yield from self._many("themes", found.get("themes", []))
        if found.get("kind") in _MET:
            dates, event = self._dates(found), self._event(found)
            corrected = event["start"] != dates.get("start")
            told = is_whole_day(event["start"]) and (corrected or "partial_date" not in self._warned)
            yield self._finding("meeting", 0, event, self._of_dates(dates), sure=told)  # not told: the reviewer gives the day
        if concepts := [theme["concept"] for theme in found.get("themes", []) if theme.get("sure", True)]:
            yield self._finding("problems", 0, {"themes": concepts}, (), optional=True)

    def _singles(self, found: Mapping[str, Any]) -> Iterator[Finding]:
        if title := found.get("title"):
            yield self._finding("title", 0, {"title": title}, self._of_words(title), sure="no_title" not in self._warned)
        if kind := found.get("kind"):
            yield self._finding("kind", 0, {"kind": kind}, ())
        if language := found.get("language"):
            sure = "language" not in self._warned
            yield self._finding("language", 0, {"language": language, "script": found.get("script")}, (), sure=sure)
        dates = self._dates(found)
        if dates.get("start"):
            sure = "partial_date" not in self._warned
            yield self._finding("dates", 0, dates, self._of_dates(dates), sure=sure)

    @staticmethod
    def _dates(found: Mapping[str, Any]) -> dict[str, Any]:
        return dict(found.get("dates") or {})

    def _event(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What the document says of the meeting by now: title and days stand in its columns as a person decided on them."""
        place, document = self._place(found), self._document
        return {
            "title": document.title or None, "start": document.date_start or None, "end": document.date_end or None,
            "place": place.get("name"), "country": place.get("country"),
        }  # fmt: skip

    def _place(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        """The first place that nobody rejected, as it was corrected; then one that was added."""
        read = {f"places-{number}": place for number, place in enumerate(found.get("places", []))}
        said = {**read, **self._places}
        return next((place for place in said.values() if place.get("name")), {})

    def _many(self, field: str, read: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
        for number, each in enumerate(read):
            yield self._finding(field, number, each, spans_of(each.get("at")), sure=each.get("sure", True))

    def _finding(self, field: str, number: int, read: Mapping[str, Any], at: Sequence[Span], **how: bool) -> Finding:
        return Finding(
            field=field,
            key=f"{field}-{number}",
            read=read,
            at=tuple(at),
            language=self._document.language,
            document=self._document.code,
            title=self._document.name,
            taken=self._taken,
            **how,
        )

    def _of_dates(self, dates: Mapping[str, Any]) -> tuple[Span, ...]:
        return spans_of(dates.get("at")) or self._of_words(dates.get("basis"))

    def _of_words(self, words: Any) -> tuple[Span, ...]:
        """Where some words stand first in the text, for what the reading gives without a place."""
        start = self._document.text.find(str(words)) if words else -1
        return ((start, start + len(str(words))),) if start >= 0 else ()


def is_partial_date(text: str) -> bool:
    """Whether a text is a partial date of ours: 2024-05-15, 2015-04, 2015, --04-13, --04."""
    whole = text.replace("--", "2000-", 1) if text.startswith("--") else text
    if not whole.isascii() or len(whole) not in (4, 7, 10):
        return False
    try:
        date.fromisoformat(f"{whole}-01-01"[:10])
    except ValueError:
        return False
    return True


def is_whole_day(partial: Any) -> bool:
    """Whether a partial date of ours names day, month and year."""
    return isinstance(partial, str) and len(partial) == 10


def _whole_question(read: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of a question with the introduction that it completes, as it has to be answered."""
    return {**read, "text": f"{read['lead']} {read['text']}"} if read.get("lead") else read


def spans_of(at: Any) -> tuple[Span, ...]:
    """[12, 19] or [[12, 19], [40, 47]] as places; none for what is neither."""
    if not isinstance(at, list) or not at:
        return ()
    if all(isinstance(place, int) for place in at):
        return ((at[0], at[1]),) if len(at) == 2 else ()
    return tuple((place[0], place[1]) for place in at if isinstance(place, list) and len(place) == 2)


def by_hand(
    document: Document, field: str, key: str, *, taken: Mapping[str, tuple[str, ...]], at: Sequence[Span] = ()
) -> Finding:
    """What a person adds: nothing was read."""
    return Finding(
        field=field, key=key, read={}, at=tuple(at), language=document.language, document=document.code, title=document.name,
        taken=taken,
    )  # fmt: skip
