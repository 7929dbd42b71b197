"""What the library shows on a theme's page. Importing this registers it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.kernel import panels
from kenesh.library import queries
from kenesh.themes.thesaurus import Concept

SHOWN = 3


def documents_on_theme(concept: Concept, request: HttpRequest) -> str:
    """On a theme's page: the documents imported last that speak of it or of a narrower one; nothing while there is none."""
    documents = queries.recent_documents(theme=concept.id, limit=SHOWN).documents
    context = {"documents": documents, "theme": concept.id}
    return render_to_string("library/_on_theme.html", context, request=request) if documents else ""


panels.register("theme", documents_on_theme, order=40)
