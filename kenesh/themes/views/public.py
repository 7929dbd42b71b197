"""The thesaurus for readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kenesh.kernel.access import public
from kenesh.themes import actions, queries, thesaurus
from kenesh.themes.forms import FindForm


@public("the words of the thesaurus say nothing of anybody")
@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """The topmost concepts, or those of which some words speak."""
    language = get_language() or "ru"
    form = FindForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.find_concepts(words, language) if words else []
    if words and not found:
        actions.count_unknown_words(words=words, language=language)
    tops = queries.tops()
    context = {
        "form": form,
        "words": words,
        "found": [(each, queries.broader_ones(each)) for each in found],
        "number": len(thesaurus.concepts()),
        "of_people": [each for each in tops if "P" not in each.flags],
        "of_councils": [each for each in tops if "P" in each.flags and each.is_theme],
        "facets": [each for each in tops if not each.is_theme],
    }
    return render(request, "themes/list.html", context)


@public("one concept of the thesaurus says nothing of anybody")
@require_safe
def theme_page(request: HttpRequest, concept: str) -> HttpResponse:
    """One concept: what it means, what stands above and below it, its names, what it corresponds to, and what there is on it."""
    found = queries.concept_for_public(concept)
    alike = queries.alike_elsewhere(found)
    context = {
        "concept": found,
        "definition": queries.definition_for(found, get_language() or "ru"),
        "broader": queries.broader_ones(found),
        "narrower": [thesaurus.concept(each) for each in thesaurus.narrower(found.id)],
        "names": queries.names_of(found),
        "targets": [each for each in alike if each.scheme == "sdg"],
        "index": [each for each in alike if each.scheme == "uhri"],
    }
    return render(request, "themes/theme.html", context)
