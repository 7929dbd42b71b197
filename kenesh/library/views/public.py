"""Pages of the library."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenesh.kernel.access import public
from kenesh.library import queries
from kenesh.library.forms import DocumentFilter
from kenesh.library.wording import when


@public("documents that were published elsewhere before they were imported")
def document_list(request: HttpRequest) -> HttpResponse:
    """All documents, newest import first, filtered by language, country and theme."""
    offered = (queries.languages_present(), queries.countries_present(), queries.themes_present())
    form = DocumentFilter(request.GET, offered=offered)
    wanted = form.wanted()
    page = queries.recent_documents(
        before=request.GET.get("before") or None, language=wanted["language"], country=wanted["country"], theme=wanted["theme"]
    )
    return render(
        request,
        "library/list.html",
        {
            "form": form,
            "rows": [(document, when(document.date_start, document.date_end)) for document in page.documents],
            "next_before": page.next_before,
            "continued": "before" in request.GET,
            "filtered": any(wanted.values()),
        },
    )


@public("one document that was published elsewhere before it was imported")
def document_page(request: HttpRequest, code: str) -> HttpResponse:
    """One document: what is known of it, and its text with the furniture folded away; a long one in parts."""
    document = queries.document_for_public(code)
    asked = request.GET.get("part", "1")
    text = queries.text_part(document, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1)
    before, after = queries.neighbours_of(document)
    questions = queries.questions_of(document) if text.part == 1 else []
    context = {
        "document": document,
        "when": when(document.date_start, document.date_end),
        "themes": queries.themes_of(document),
        "facts": queries.facts_of(document) if text.part == 1 else None,
        "text": text,
        "questions": questions[: queries.SHOWN],
        "number_of_questions": len(questions),
        "earlier": before,
        "later": after,
    }
    return render(request, "library/document.html", context)


@public("questions that a committee published in a document that everybody can read here")
def question_list(request: HttpRequest, code: str) -> HttpResponse:
    """All questions of one document, in the order of their numbers."""
    document = queries.document_for_public(code)
    return render(request, "library/questions.html", {"document": document, "questions": queries.questions_of(document)})
