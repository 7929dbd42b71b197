"""What the library shows on pages of other areas: from which documents a record was read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.kernel.access import holds
from kenesh.kernel.findings import target_of
from kenesh.library.queries.checking import documents_of, who_took_part
from kenesh.library.queries.shelf import numbers
from kenesh.library.rules import Permission
from kenesh.people.models import User


def where_it_was_read(subject: Any, request: HttpRequest) -> str:
    """On the page of an organisation, a person, a meeting, a recommendation: the documents in which it was found.

    Of a meeting also who organised it, paid for it and was there; not for the public, who learns of that what the body decides.
    """
    documents = documents_of(target_of(subject))
    if not documents:
        return ""
    told = subject._meta.model_name == "meeting" and holds(request.user, Permission.KEEP_LIBRARY)
    context = {"documents": documents, "who": who_took_part(documents) if told else []}
    return render_to_string("library/_read_in.html", context, request)


def waiting_at_work(user: User, request: HttpRequest) -> str:
    """On the page that staff see first: how many documents wait to be checked."""
    if not holds(user, Permission.KEEP_LIBRARY):
        return ""
    waiting = numbers()["waiting"]
    return render_to_string("library/_waiting_home.html", {"waiting": waiting}, request) if waiting else ""
