"""Reads of the library."""

from kenesh.library.queries.documents import (
    PAGE,
    DocumentPage,
    countries_present,
    document_for_public,
    languages_present,
    neighbours_of,
    paragraphs_of,
    recent_documents,
    text_part,
    themes_of,
    themes_present,
)
from kenesh.library.queries.facts import SHOWN, facts_of, questions_of

__all__ = [
    "PAGE",
    "SHOWN",
    "DocumentPage",
    "countries_present",
    "document_for_public",
    "facts_of",
    "languages_present",
    "neighbours_of",
    "paragraphs_of",
    "questions_of",
    "recent_documents",
    "text_part",
    "themes_of",
    "themes_present",
]
