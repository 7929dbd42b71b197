"""What the library shows on pages of other areas: from which documents a record was read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.kernel.findings import target_of
from kenesh.library.queries.checking import documents_of


def where_it_was_read(subject: Any, request: HttpRequest) -> str:
    """On the page of an organisation, a person, a meeting, a recommendation: the documents in which it was found."""
    documents = documents_of(target_of(subject))
    return render_to_string("library/_read_in.html", {"documents": documents}, request) if documents else ""
