"""`/api/v1/search`: the results of the public page as JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import override
from ninja import Field, Query, Router, Schema

from kenesh.kernel.access import public
from kenesh.kernel.interface import Asked, Error, answers, lenient, spoken
from kenesh.search import queries, suggestions
from kenesh.search.excerpts import excerpt
from kenesh.search.findable import Shown, rooms
from kenesh.search.forms import LONGEST
from kenesh.search.queries import Result, Within
from kenesh.themes import countries, thesaurus
from kenesh.themes.actions import count_unknown_words
from kenesh.themes.languages import HANDLED

MOST = 50
router = Router(tags=["Themes"])


class Theme(Schema):
    """A concept of the thesaurus, with its label in the language of the reader."""

    concept: str = Field(examples=["unpaid-wages"])
    label: str


class Understood(Schema):
    """The question as it was understood."""

    text: str
    language: str
    themes: list[Theme]


class Snippet(Schema):
    """A piece of the text; `marks`: places [begin, end) in it of what was looked for."""

    text: str
    marks: list[list[int]]


class Found(Schema):
    """One result."""

    kind: str = Field(examples=["document"])
    id: str
    title: str
    language: str
    languages: list[str]
    url: str
    score: float
    snippet: Snippet
    found_through: list[Theme]


class Answer(Schema):
    """Results, the best first, and how many there are of each kind, country, year and language."""

    query: Understood
    found: int
    found_more: bool
    counts: dict[str, Any]
    results: list[Found]


def _parameter(name: str, description: str, required: bool = False, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": {"type": "string", **schema},
    }


_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1}
_PARAMETERS = [
    _parameter("q", "What to look for, in any of the languages.", True, minLength=1, maxLength=LONGEST, pattern=r"\S"),
    _parameter("q_language", "Language of these words.", enum=list(HANDLED)),
    _parameter("kind", "Narrows to one kind."),
    _parameter(
        "country", "Narrows to a country: ISO 3166-1 alpha-2.", enum=sorted(code for code, _ in countries.country_list("en"))
    ),
    _parameter("year", "Narrows to a year.", False, **_NUMBER, maximum=9999),
    _parameter("language", "Narrows to a language of the found text.", enum=list(HANDLED)),
    _parameter("body", "Narrows to a body: its code.", maxLength=8, pattern="^[a-z0-9]+$"),
    _parameter("lang", "Language of labels.", enum=[code for code, _ in settings.LANGUAGES]),
    _parameter("limit", "How many results.", False, **_NUMBER, maximum=MOST, default=20),
]


class Wrong(ValueError):
    """A parameter cannot be used; the message says why."""


class Beginning(Asked):
    """What somebody is writing."""

    q: str = Field(min_length=1, max_length=LONGEST, description="The beginning of a word, or some words, in any script.")


class Offer(Schema):
    """Words to look for, and their language."""

    text: str = Field(examples=["Unpaid wages"])
    language: str


class Offers(Schema):
    """What may be meant, the likeliest first: names of themes, then titles."""

    suggestions: list[Offer]


@router.get("/suggestions", response=answers(Offers), url_name="suggestions", summary="What to look for, while somebody writes")
@public("offers names of themes, and titles that are public on other pages already")
def suggest(request: HttpRequest, asked: Query[Beginning]) -> dict[str, Any]:
    """Up to eight names of themes and titles with a word that begins so."""
    return {"suggestions": suggestions.beginning_with(asked.q, spoken())}


@router.get(
    "/search",
    response={200: Answer, 304: None, 400: Error, 429: Error},
    url_name="search",
    summary="Search across languages and scripts",
    openapi_extra={"parameters": _PARAMETERS},
)
@lenient
@public("finds only what is public on other pages already")
def search(request: HttpRequest) -> HttpResponseBase:
    """Parameters: q; q_language (of the words); kind, country, year, language, body (narrowing); lang (of labels); limit."""
    try:
        answer = _answer(request)
    except Wrong as why:
        return JsonResponse({"error": str(why)}, status=400)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _answer(request: HttpRequest) -> dict[str, Any]:
    words = request.GET.get("q", "").strip()
    if not words or len(words) > LONGEST:
        raise Wrong(f"q: write what to look for, at most {LONGEST} characters")
    interface = [code for code, _ in settings.LANGUAGES]
    reader = _one_of(request, "lang", interface) or settings.LANGUAGE_CODE
    limit = _number(request, "limit", 20, MOST)
    within = _within(request)
    results = queries.search(words, language=_one_of(request, "q_language", HANDLED) or None, within=within)
    if not results.question.themes and within == Within():
        count_unknown_words(words=words, language=results.question.language)  # so that editors learn what people say
    with override(reader):
        found = [_row(request, result, look, words, reader) for result, look in queries.shown(results.found[:limit], reader)]
    return {
        "query": {
            "text": words,
            "language": results.question.language,
            "themes": [_theme(theme.concept, reader) for theme in results.question.themes],
        },
        "found": len(results.found),
        "found_more": results.more_than_counted,
        "counts": results.counts,
        "results": found,
    }


def _row(request: HttpRequest, result: Result, look: Shown, words: str, reader: str) -> dict[str, Any]:
    piece = excerpt(look.text, words, result.themes, look.language)
    return {
        "kind": result.kind,
        "id": result.code,
        "title": look.title,
        "language": look.language,
        "languages": list(result.languages),
        "url": request.build_absolute_uri(look.address),
        "score": result.score,
        "snippet": {"text": piece.text, "marks": [list(mark) for mark in piece.marks]},
        "found_through": [_theme(theme, reader) for theme in result.themes],
    }


def _theme(concept: str, reader: str) -> dict[str, str]:
    return {"concept": concept, "label": thesaurus.label(concept, reader)}


def _within(request: HttpRequest) -> Within:
    country = request.GET.get("country", "")
    if country:
        try:
            country = countries.alpha2(country)
        except countries.UnknownCountry as why:
            raise Wrong(f"country: {why}") from None
    body = request.GET.get("body", "")
    if len(body) > 8 or (body and not body.isalnum()):
        raise Wrong("body: write the code of a body, as it stands in its address")
    return Within(
        kind=_one_of(request, "kind", list(rooms())),
        country=country,
        year=_number(request, "year", 0, 9999),
        language=_one_of(request, "language", HANDLED),
        body=body,
    )


def _one_of(request: HttpRequest, name: str, known: Any) -> str:
    value = request.GET.get(name, "")
    if value and value not in known:
        raise Wrong(f"{name}: write one of {', '.join(known)}")
    return value


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    value = request.GET.get(name, "")
    if not value:
        return default
    if not value.isascii() or not value.isdecimal() or len(value) > 4 or not 1 <= int(value) <= most:
        raise Wrong(f"{name}: write a whole number from 1 to {most}")
    return int(value)
