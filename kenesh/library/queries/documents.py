"""Reads of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from kenesh.library.models import Document, DocumentCountry, DocumentTheme
from kenesh.library.reading.spans import Dropped, lines_of, without
from kenesh.themes import thesaurus

PAGE = 20


@dataclass(frozen=True)
class DocumentPage:
    """One page of a list, newest import first; `next_before` is the code to go on from, or None at the end."""

    documents: list[Document]
    next_before: str | None


def recent_documents(
    *, before: str | None = None, limit: int = PAGE, language: str = "", country: str = "", theme: str = ""
) -> DocumentPage:
    """Documents imported before the one with the code `before`. A theme includes the narrower ones. Raises Http404 for an unknown code."""
    documents = Document.objects.light().listed().order_by("-id")
    if language:
        documents = documents.filter(language=language)
    if country:
        documents = documents.filter(Exists(DocumentCountry.objects.filter(document=OuterRef("pk"), country=country)))
    if theme:
        concepts = thesaurus.with_narrower(theme)
        documents = documents.filter(Exists(DocumentTheme.objects.filter(document=OuterRef("pk"), concept__in=concepts)))
    if before:
        place = Document.objects.filter(code=before).values_list("pk", flat=True).first()
        if place is None:
            raise Http404
        documents = documents.filter(pk__lt=place)
    found = list(documents[: limit + 1])
    more = len(found) > limit
    return DocumentPage(found[:limit], found[limit - 1].code if more else None)


def document_for_public(code: str) -> Document:
    """The document with its themes loaded. Raises Http404."""
    document = Document.objects.prefetch_related("themes").filter(code=code, taken_out_at=None).first()
    if document is None:
        raise Http404
    return document


def themes_of(document: Document) -> list[str]:
    """Concept ids, the surest first."""
    return [theme.concept for theme in sorted(document.themes.all(), key=lambda theme: (-theme.score, theme.concept))]


PART = 9_000  # letters of the text on one page: with facts and frame it comes in one round trip, also on 2G


@dataclass(frozen=True)
class TextPart:
    """A part of the text, counted from 1."""

    paragraphs: list[str]
    part: int
    parts: int

    @property
    def before(self) -> int:
        return self.part - 1

    @property
    def after(self) -> int:
        return self.part + 1


def text_part(document: Document, part: int) -> TextPart:
    """The part of the text with this number. Raises Http404 for one that is not there."""
    parts: list[list[str]] = [[]]
    room = PART
    for paragraph in _cut(paragraphs_of(document)):
        if len(paragraph) > room and parts[-1]:
            parts.append([])
            room = PART
        parts[-1].append(paragraph)
        room -= len(paragraph)
    if not 1 <= part <= len(parts):
        raise Http404
    return TextPart(parts[part - 1], part, len(parts))


def _cut(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs that are longer than a page are cut at a space."""
    for paragraph in paragraphs:
        rest = paragraph
        while len(rest) > PART:
            end = rest.rfind(" ", 1, PART) if " " in rest[1:PART] else PART
            yield rest[:end]
            rest = rest[end:].lstrip()
        yield rest


def neighbours_of(document: Document) -> tuple[Document | None, Document | None]:
    """The version before and the version after this one."""
    if document.version == 1 and document.is_newest:
        return None, None
    family = document.first_id or document.pk
    rows = Document.objects.light().filter(Q(first=family) | Q(pk=family), taken_out_at=None)
    before = rows.filter(version__lt=document.version).order_by("-version").first()
    return before, rows.filter(version__gt=document.version).order_by("version").first()


def paragraphs_of(document: Document) -> list[str]:
    """The text without its furniture and without a first line that only repeats the title."""
    pieces = [Dropped(piece["at"][0], piece["at"][1], piece["reason"]) for piece in document.furniture]
    lines = [line.text for line in lines_of(without(document.text, pieces))]
    return lines[1:] if lines and lines[0].rstrip(" .") == document.title else lines


def languages_present() -> list[str]:
    """Codes of the languages in which there are documents."""
    return sorted(_distinct(Document.objects.exclude(language="").order_by().values_list("language", flat=True).distinct()))


def countries_present() -> list[str]:
    """Codes of the countries that documents name."""
    return sorted(_distinct(DocumentCountry.objects.order_by().values_list("country", flat=True).distinct()))


def themes_present() -> list[str]:
    """Concepts of which documents speak, and the broader ones of these, in the order of the thesaurus."""
    found = _distinct(DocumentTheme.objects.order_by().values_list("concept", flat=True).distinct())
    known = thesaurus.concepts()
    for concept in list(found):
        parent = known[concept].parent if concept in known else None
        while parent is not None:
            found.add(parent)
            parent = known[parent].parent
    return [concept for concept in known if concept in found]


def _distinct(values: Iterable[str]) -> set[str]:
    return set(values)
