"""The page of results. Words stand in its address and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kenesh.kernel.access import public
from kenesh.search import queries, suggestions
from kenesh.search.excerpts import Excerpt, excerpt, marked
from kenesh.search.findable import Shown
from kenesh.search.forms import Narrowing, Words
from kenesh.search.queries import MOST_FOUND, Result, Results, Within
from kenesh.search.terms import Question
from kenesh.themes.actions import count_unknown_words
from kenesh.themes.languages import detect

PAGE = 10
_MOST_THROUGH = 3


@dataclass(frozen=True)
class Line:
    """A result as the page shows it. `through`: concepts, where it was not found by its words alone."""

    look: Shown
    title: Excerpt
    excerpt: Excerpt
    through: tuple[str, ...]


@public("finds only what is public on other pages already")
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results for some words, the best first, narrowed by what was chosen; ten on a page."""
    reader = (get_language() or "en").split("-")[0]
    words = Words(request.GET, auto_id="words_%s")
    words.is_valid()
    text, language = words.cleaned_data.get("q", ""), words.cleaned_data.get("q_language", "")
    everything = queries.search(text, language=language or None) if text else None
    narrowing = Narrowing(request.GET)
    within = narrowing.within()
    results = queries.answer(everything.question, within) if everything and within != Within() else everything
    if results is not None and everything is not None:
        narrowing.offer(queries.offered(results, within, everything))
    number = _page_number(request)
    context: dict[str, object] = {"words": words, "text": text, "narrowing": narrowing, "narrowed": within != Within()}
    if results is not None:
        words.say_language(detect(text).language)
        context.update(_found(results, reader, number))
        if not results.question.themes and number == 1 and within == Within():
            count_unknown_words(words=text, language=results.question.language)  # so that editors learn what people say
    response = render(request, "search/results.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), MOST_FOUND // PAGE) if asked.isdecimal() and len(asked) < 4 else 1


def _found(results: Results, reader: str, number: int) -> dict[str, object]:
    question = results.question
    part = results.found[(number - 1) * PAGE : number * PAGE]
    last = len(results.found) <= number * PAGE
    return {
        "lines": [_line(result, look, question.text) for result, look in queries.shown(part, reader)],
        "number_found": len(results.found),
        "more_than_counted": results.more_than_counted,
        "page_before": number - 1 if number > 1 else None,
        "page_after": None if last else number + 1,
        "themes_nearby": suggestions.themes_nearby(question, reader),
        "spelt_alike": "" if results.found else _spelt_alike(question, reader),
    }


def _spelt_alike(question: Question, reader: str) -> str:
    """A word that is spelt wrong may look like one of another language: then the reader's own is tried."""
    return suggestions.spelt_alike(question, question.language) or suggestions.spelt_alike(question, reader)


def _line(result: Result, look: Shown, text: str) -> Line:
    beginning = look.title.removesuffix("…")
    rest = look.text.removeprefix(beginning) if look.title != beginning or look.text == beginning else look.text
    return Line(
        look,
        marked(look.title, text, look.language),
        excerpt(rest.strip(), text, result.themes, look.language),
        result.themes[:_MOST_THROUGH],
    )
