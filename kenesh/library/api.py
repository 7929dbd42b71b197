"""Documents of the library for other programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, MOST, Asked, Code, Page, answers, here, on_page, page
from kenesh.library import queries
from kenesh.library.models import Document

router = Router(tags=["Library"])


class DocumentOut(Schema):
    """A document that was published elsewhere before it was imported. Its title is in its own language."""

    id: str
    uri: str
    title: str
    kind: str = Field(examples=["concluding_observations"])
    language: str = Field(description='ISO 639-1; "" when it is not known.')
    script: str = Field(description="ISO 15924.", examples=["Cyrl"])
    countries: list[str] = Field(description="ISO 3166-1 alpha-2 of the countries that it names.")
    date_start: str = Field(description='Partial ISO 8601; "" when the document says none.', examples=["2015-04"])
    date_end: str
    source: str = Field(description="Name of the file that was imported, or the address of its page.")
    imported_on: str
    is_checked: bool = Field(description="Whether a person has confirmed what the program read.")
    version: int
    url: str = Field(description="Its page.")


class WholeDocument(DocumentOut):
    """A document with its themes and its text."""

    themes: list[str] = Field(description="Concepts of the thesaurus, the surest first.")
    paragraphs: list[str] = Field(description="The text without menus and the like.")


class DocumentPaging(Asked):
    """What the list of documents takes."""

    after: str = Field("", pattern=f"{CODE}|^$", description="Code of the last document of the part before.")
    limit: int = Field(30, ge=1, le=MOST, description="How many documents a part holds.")
    language: str = Field("", max_length=3, pattern="^([a-z]{2,3})?$", description="Language of the document.")
    country: str = Field("", pattern="^([A-Z]{2})?$", description="A country that it names.")


@router.get("/documents", response=answers(Page[DocumentOut]), summary="Documents of the library")
@public("documents that were published elsewhere before they were imported")
def documents(request: HttpRequest, asked: Query[DocumentPaging]) -> dict[str, Any]:
    """The newest version of each document, imported last first."""
    found = queries.recent_documents(
        before=asked.after or None, limit=asked.limit, language=asked.language, country=asked.country
    )
    return page(request, [DocumentOut(**_said(request, each)) for each in found.documents], found.next_before or "")


@router.get("/documents/{code}", response=answers(WholeDocument), summary="One document")
@public("one document that was published elsewhere before it was imported")
def document(request: HttpRequest, code: Code, asked: Query[Asked]) -> WholeDocument:
    """A document with its themes and its text."""
    found = queries.document_for_public(code)
    return WholeDocument(**_said(request, found), themes=queries.themes_of(found), paragraphs=queries.paragraphs_of(found))


def _said(request: HttpRequest, document: Document) -> dict[str, Any]:
    same = {name: getattr(document, name) for name in ("kind", "language", "script", "date_start", "date_end", "version")}
    return same | {
        "id": document.code,
        "uri": here(request, "document", document.code),
        "title": document.name,
        "countries": document.countries,
        "source": document.file_name,
        "imported_on": document.imported_on.isoformat(),
        "is_checked": document.is_checked,
        "url": on_page(request, "library:document", document.code),
    }
