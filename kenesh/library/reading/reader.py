"""Reads one document: decodes it, finds its furniture, and collects what the rest of it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypedDict

from kenesh.library.formats import mail
from kenesh.library.formats.extracted import CannotRead
from kenesh.library.formats.sniffing import format_of
from kenesh.library.reading import (
    date_roles,
    dates,
    decisions,
    figures,
    furniture,
    kinds,
    markup,
    needs,
    occasion,
    offices,
    opening,
    organisations,
    persons,
    places,
    questions,
    recommendations,
    speech,
    tellers,
    titles,
)
from kenesh.library.reading.figures import Figure
from kenesh.library.reading.questions import Item
from kenesh.library.reading.recommendations import Recommendation
from kenesh.library.reading.spans import Dropped, Line, Span, lines_of, without
from kenesh.themes import analysis, mentions
from kenesh.themes.languages import Detected, detect

_MET = frozenset({"meeting", "founding", "conference", "round_table", "workshop", "review_dialogue", "launch"})
_LEAD = 1_200  # characters of the body that tell the kind
DEEPEST_MAIL = 3  # mails that hang on each other
TOO_DEEP = "Mails hang within mails too deeply. Save the inner ones as files of their own."


class JsonDates(TypedDict):
    start: str | None
    end: str | None
    basis: occasion.Basis | None
    at: list[int] | None
    others: list[dict[str, object]]


class JsonReading(TypedDict):
    """docs/reading.schema.json describes it in full."""

    source: str
    language: str | None
    script: str | None
    title: str | None
    kind: kinds.Kind
    dates: JsonDates
    places: list[dict[str, object]]
    countries: list[str]
    organisations: list[dict[str, object]]
    persons: list[dict[str, object]]
    themes: list[dict[str, object]]
    figures: list[dict[str, object]]
    symbols: list[str]
    questions: list[dict[str, object]]
    recommendations: list[dict[str, object]]
    dropped: list[dict[str, object]]
    warnings: list[dict[str, str]]


@dataclass(frozen=True)
class Theme:
    """A concept of the thesaurus that the text speaks of, with a score between 0 and 1."""

    concept: str
    label: str
    score: float
    spans: list[Span]
    sure: bool  # not one weak hint only


@dataclass(frozen=True)
class Notice:
    """Something that a person should look at."""

    kind: str
    text: str


@dataclass(frozen=True)
class Unread:
    """A file that hangs on a mail and cannot be read, and why."""

    source: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What was found in a document. Places are those in `text`; `as_json` gives those in the original decoded file."""

    source: str
    text: str  # readable text, furniture included; for a page all its visible text, one block a line
    origin: Sequence[int] | None  # for a page: place of each character of `text` in the file
    language: str | None
    script: str | None
    title: str | None
    kind: kinds.Kind
    date: dates.DateFound | None
    date_basis: occasion.Basis | None
    other_dates: list[date_roles.Dated]
    places: list[places.PlaceFound]
    country_mentions: list[mentions.CountryFound]
    organisations: list[organisations.OrganisationFound]
    persons: list[persons.PersonFound]
    themes: list[Theme]
    figures: list[Figure]
    symbols: list[str]
    questions: list[Item]
    recommendations: list[Recommendation]
    dropped: list[Dropped]
    warnings: list[Notice]
    original: str = ""  # what the places of `as_json` count in: the decoded file, or the text that was taken out of it

    @property
    def countries(self) -> list[str]:
        """Alpha-2 codes, by first mention; a city of the region speaks for its country."""
        named = [(mention.start, mention.code) for mention in self.country_mentions]
        named += [(place.start, place.country) for place in self.places if place.country and not place.venue]
        return list(dict.fromkeys(code for _, code in sorted(named)))

    @property
    def body(self) -> str:
        """The text with its furniture blanked out; every character keeps its place."""
        return without(self.text, self.dropped)

    def as_json(self) -> JsonReading:
        return {
            "source": self.source,
            "language": self.language,
            "script": self.script,
            "title": self.title,
            "kind": self.kind,
            "dates": {
                "start": self.date.first if self.date else None,
                "end": self.date.last if self.date else None,
                "basis": self.date_basis,
                "at": self._at(self.date.start, self.date.end) if self.date else None,
                "others": [self._dated(one) for one in self.other_dates],
            },
            "places": [{"name": p.name, "country": p.country, "at": self._at(p.start, p.end)} for p in self.places],
            "countries": self.countries,
            "organisations": [{"name": o.name, "role": o.role, "at": self._at(o.start, o.end)} for o in self.organisations],
            "persons": [{"name": p.name, "post": p.post, "at": self._at(p.start, p.end)} for p in self.persons],
            "themes": [
                {"concept": t.concept, "label": t.label, "sure": t.sure, "at": [self._at(*span) for span in t.spans]}
                for t in self.themes
            ],
            "figures": [self._figure(figure) for figure in self.figures],
            "symbols": self.symbols,
            "questions": [self._item(item) for item in self.questions],
            "recommendations": [self._recommendation(one) for one in self.recommendations],
            "dropped": [
                {"text": self.text[d.start : d.end], "reason": d.reason, "at": self._at(d.start, d.end)} for d in self.dropped
            ],
            "warnings": [{"kind": warning.kind, "text": warning.text} for warning in self.warnings],
        }

    def _at(self, start: int, end: int) -> list[int]:
        if self.origin is None:
            return [start, end]
        # The end is one past the last character, so that markup after it stays outside.
        return [self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[end]]

    def _dated(self, one: date_roles.Dated) -> dict[str, object]:
        at = self._at(one.date.start, one.date.end)
        return {"start": one.date.first, "end": one.date.last, "role": one.role, "at": at}

    def _figure(self, figure: Figure) -> dict[str, object]:
        found: dict[str, object] = {
            "value": figure.value, "unit": figure.unit, "what": figure.what, "source": figure.source, "year": figure.year,
            "at": self._at(figure.start, figure.end), "qualifier": figure.qualifier, "to": figure.up_to, "of": figure.of,
            "per": figure.per,
        }  # fmt: skip
        return found

    def _item(self, item: Item) -> dict[str, object]:
        return {"number": item.number, "lead": item.lead, "text": item.text, "at": self._at(item.start, item.end)}

    def _recommendation(self, one: Recommendation) -> dict[str, object]:
        at = self._at(one.start, one.end)
        return {"text": one.text, "addressee": one.addressee, "number": one.number, "sure": one.sure, "at": at}


def read_document(data: bytes, source: str) -> Reading:
    """Reads one document; of a mail the mail itself. Raises CannotRead with a sentence for people."""
    if format_of(data) == "mail":
        return _read(opening.open_letter(mail.open_mail(data)), source)
    return _read(opening.open_file(data), source)


def attachments(data: bytes) -> list[mail.Attachment]:
    """The files that hang on a mail; none for anything else."""
    return mail.open_mail(data).attachments if format_of(data) == "mail" else []


def read_anew(text: str, source: str, dropped: list[Dropped], language: str) -> Reading:
    """Reads a text again whose furniture is known and whose language a person has told. What only the page knew of headings is gone."""
    script = detect(text).script
    return _collect(source, text, None, dropped, Detected(language, script, 1.0), [])


def read_documents(data: bytes, source: str, *, depth: int = 0) -> Iterator[Reading | Unread]:
    """Reads a document, and of a mail also the files that hang on it, each a document "mail.eml#name" of its own.

    Raises CannotRead when the document itself cannot be read. `depth` counts the mails around it.
    """
    if format_of(data) != "mail":
        yield _read(opening.open_file(data), source)
        return
    letter = mail.open_mail(data)
    if letter.body.strip() or not letter.attachments:
        yield _read(opening.open_letter(letter), source)
    for file in letter.attachments:
        yield from _attached(file, f"{source}#{file.name}", depth)


def _attached(file: mail.Attachment, name: str, depth: int) -> Iterator[Reading | Unread]:
    try:
        if depth >= DEEPEST_MAIL:
            raise CannotRead(TOO_DEEP)
        yield from read_documents(file.data, name, depth=depth + 1)
    except CannotRead as error:
        yield Unread(name, str(error))


def _read(opened: opening.Opened, source: str) -> Reading:
    text = opened.text
    if not any(letter.isalpha() for letter in text):
        raise CannotRead("There are no words in the file. If it is a scanned page, type or recognise its text first.")
    dropped = _furniture(opened)
    body = without(text, dropped)
    language = _main_language(body if body.strip() else text)
    warnings = [Notice(kind, words) for kind, words in opened.notices]
    reading = _collect(source, text, opened.page, dropped, language, warnings)
    return replace(reading, original=opened.original)


def _main_language(text: str) -> Detected:
    """The language of the paragraphs; of everything when there are none. Long texts are judged by their first part."""
    paragraphs = "\n".join(line.text for line in lines_of(text) if len(line.text) >= 90)
    return _detected((paragraphs if len(paragraphs) >= 200 else text)[:20_000])


@lru_cache(maxsize=2)  # before and after the furniture is set aside, the paragraphs are mostly the same
def _detected(text: str) -> Detected:
    return detect(text)


def _guess(line: str) -> tuple[str, str, float]:
    detected = detect(line)
    return detected.language, detected.script, detected.confidence


def _furniture(opened: opening.Opened) -> list[Dropped]:
    text, page = opened.text, opened.page
    dropped = list(opened.dropped)
    if page is not None and opened.markup and not page.deep and (main := markup.main_content(opened.markup)):
        dropped += furniture.drop_from_page(text, main, headings=page.headings, asides=page.asides, since=opened.markup_from)
    rest = without(text, dropped)
    language = _main_language(rest)
    dropped += furniture.drop_from_text(rest, language=language.language, script=language.script, guess=_guess)
    return sorted(dropped, key=lambda piece: (piece.start, piece.end))


def _collect(
    source: str, text: str, page: markup.Page | None, dropped: list[Dropped], language: Detected, warnings: list[Notice]
) -> Reading:
    body = without(text, dropped)
    known = language.language if language.language != "und" else None
    title = titles.find_title(body, page)
    kind = kinds.find_kind(title, body.strip()[:_LEAD])
    aside = [Line(piece.start, piece.end, text[piece.start : piece.end]) for piece in dropped if piece.reason != "attack"]
    below = occasion.without_teasers(body, titles.begin_of(body, title)) if page is not None else body
    where = places.find_places(below)
    told = organisations.find_mentions(body, known)
    named = [*((one.start, one.end) for one in where), *((one.start, one.end) for one in told)]
    states = mentions.find_countries(body, known or "")
    where, within = places.apart_from_offices(body, where, [(one.start, one.end) for one in told])
    states = sorted([*states, *within], key=lambda one: one.start)
    people = persons.find_persons(body, known, [*named, *((one.start, one.end) for one in states)])
    speeches = speech.find_speech(body, people)
    asked = recommendations.find_recommendations(body, told, page.items if page else ())
    asked += decisions.find_decisions(body, told, asked)
    asked += needs.find_needs(body, speeches, asked)
    bodies = organisations.each_once(
        [*told, *offices.find_offices(body, known, people, told, met=kind in _MET)],
        asked={one.addressee for one in asked if one.addressee},
        present=_of_people(body, told, people) if kind in _MET else (),
    )
    who = tellers.all_named(told, people)
    when = occasion.find_occasion(below, kind=kind, title=title, language=known, set_aside=aside)
    warnings = [*warnings, *_warnings(text, dropped, when, language, title)]
    return Reading(
        source=source,
        text=text,
        origin=page.origin if page else None,
        language=known,
        script=language.script if language.script != "Zyyy" else None,
        title=title,
        kind=kind,
        date=when.date,
        date_basis=when.basis,
        other_dates=when.others,
        places=where,
        country_mentions=states,
        organisations=bodies,
        persons=people,
        themes=_themes(body, known, [*((one.start, one.end) for one in told), *_posts(body, people)]),
        figures=figures.find_figures(
            body,
            sources=[(one.start, one.end, one.name) for one in told if one.role == "source"],
            named=[(one.start, one.end, one.name) for one in who],
            dates=[(one.date.start, one.date.end) for one in when.others]
            + ([(when.date.start, when.date.end)] if when.date else []),
            said=[(one.start, one.end, one.speaker) for one in speeches],
            told=[(one.start, one.end, one.name) for one in tellers.find_tellers(body, who)],
            language=known,
            now=when.date.year if when.date else None,
        ),
        symbols=questions.find_symbols(body),
        questions=questions.find_questions(body, asked=kind == "list_of_issues"),
        recommendations=sorted(asked, key=lambda one: one.start),
        dropped=dropped,
        warnings=warnings,
    )


def _themes(body: str, language: str | None, names: Sequence[Span]) -> list[Theme]:
    if language is None:
        return []
    return [
        Theme(match.concept, match.label, match.score, [(start, end) for start, end in match.spans], match.sure)
        for match in analysis.tag_document(body, language, names)
    ]


# A post "at the UN", «при ООН», is of somebody whom another sent there.
_ACCREDITED = re.compile(
    r"(?<!\w)(?:при|to|to the|at|at the|назди|алдындагы|жанындагы|жанындағы|huzuridagi|ҳузуридаги)\s+$", re.I
)


def _of_people(body: str, told: Sequence[organisations.Told], people: Sequence[persons.PersonFound]) -> set[int]:
    """Where organisations stand in the posts of people whom the text names."""
    spans = list(_posts(body, people))
    return {
        one.start
        for one in told
        if any(start <= one.start and one.end <= end for start, end in spans)
        and _ACCREDITED.search(body, max(0, one.start - 16), one.start) is None
    }


def _posts(body: str, people: Sequence[persons.PersonFound]) -> Iterator[Span]:
    """Where the posts of these people may stand: beside their names."""
    for person in people:
        if person.post is not None:
            yield max(0, person.start - len(person.post) - 8), person.end + len(person.post) + 8


def _warnings(text: str, dropped: list[Dropped], when: occasion.Occasion, language: Detected, title: str | None) -> list[Notice]:
    warnings = []
    date = when.date
    if date is None:
        warnings.append(Notice("no_date", _no_date(text, dropped, when.unresolved)))
    elif date.ambiguous:
        quoted = text[date.start : date.end]
        warnings.append(
            Notice("partial_date", f"“{quoted}” can be read in two ways: day first or month first. Set the day yourself.")
        )
    elif date.year is None:
        quoted = text[date.start : date.end]
        warnings.append(Notice("partial_date", f"“{quoted}” does not name the year. Add it if you know it."))
    elif date.day is None:
        quoted = text[date.start : date.end]
        warnings.append(Notice("partial_date", f"“{quoted}” does not name the day. Add it if you know it."))
    elif when.basis == "document_date":
        warnings.append(
            Notice("document_date", f"{date.first} follows from the date of the document. Check that it is the day of the event.")
        )
    if any(piece.reason == "attack" for piece in dropped):
        warnings.append(
            Notice(
                "attack",
                "The page held text that tries to break into a server. It was set aside; somebody may have changed the page.",
            )
        )
    if language.language == "und":
        warnings.append(Notice("language", "The language is none of those that can be read here."))
    elif language.confidence < 0.8:
        warnings.append(Notice("language", f"The language may be wrong (certainty {language.confidence:.2f})."))
    if title is None:
        warnings.append(Notice("no_title", "No title was found."))
    return warnings


def _no_date(text: str, dropped: list[Dropped], unresolved: str | None) -> str:
    """Says that there is no date, and which dates of the page itself were not taken for it."""
    for piece in dropped:
        if piece.reason != "attack" and dates.find_dates(text[piece.start : piece.end]):
            quoted = markup.squeeze(text[piece.start : piece.end])
            return f"The text does not say when it happened. “{quoted}” is the date of the page, not of the event."
    if unresolved is not None:
        return f"The text says “{unresolved}” and not the date. Add it if you know it."
    return "The text does not say when it happened."
