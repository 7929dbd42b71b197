"""Reads of the library."""

from kenesh.library.queries.documents import (
    PAGE,
    DocumentPage,
    countries_present,
    document_for_public,
    languages_present,
    paragraphs_of,
    recent_documents,
    themes_of,
    themes_present,
)

__all__ = [
    "PAGE",
    "DocumentPage",
    "countries_present",
    "document_for_public",
    "languages_present",
    "paragraphs_of",
    "recent_documents",
    "themes_of",
    "themes_present",
]
