"""For other programs: the thesaurus, and countries as areas of Popolo."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition
from ninja import Field, Query, Router, Schema
from ninja import Path as InPath

from kenesh.kernel.access import public
from kenesh.kernel.interface import MOST, Asked, Error, Page, answers, here, lenient, page, refusal, spoken
from kenesh.themes import countries, formats
from kenesh.themes.languages import INTERFACE

router = Router()

_NAMES = {
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/ld+json": "jsonld",
    "application/json": "json",
}


def _wanted(request: HttpRequest) -> str | None:
    """The format that `?format=` names, or the request's Accept; None for one that is not served."""
    if "format" in request.GET:
        return request.GET["format"] if request.GET["format"] in formats.TYPES else None
    accepted = request.get_preferred_type(list(_NAMES))
    return _NAMES[accepted] if accepted else None


def _etag(request: HttpRequest, **kwargs: Any) -> str | None:
    wanted = _wanted(request)
    return f'"{formats.version(wanted)}"' if wanted else None


_FORMAT = {
    "name": "format",
    "in": "query",
    "schema": {"type": "string", "enum": list(formats.TYPES)},
    "description": "Turtle and JSON-LD are SKOS. Without it the header `Accept` chooses.",
    "example": "json",
}
_SERVED = {
    kind.partition(";")[0]: {"schema": {"type": "string" if "turtle" in kind else "object"}} for kind in formats.TYPES.values()
}
_ANSWERS = {200: {"content": _SERVED}}


@router.get(
    "/themes",
    response={200: None, 304: None, 406: Error, 429: Error},
    tags=["Themes"],
    url_name="themes",
    summary="The thesaurus as SKOS (Turtle, JSON-LD) or plain JSON",
    openapi_extra={"parameters": [_FORMAT], "responses": _ANSWERS},
)
@lenient
@public("the words of the thesaurus say nothing of anybody")
@condition(etag_func=_etag)
def themes(request: HttpRequest) -> HttpResponse:
    """All concepts: SKOS as Turtle or JSON-LD, or plain JSON, by `?format=turtle|jsonld|json` or the header Accept."""
    wanted = _wanted(request)
    if wanted is None:
        response: HttpResponse = refusal(406, "Choose one of these formats: ?format=turtle, ?format=jsonld or ?format=json.")
    else:
        response = HttpResponse(formats.served(wanted), content_type=formats.TYPES[wanted])
        response["Cache-Control"] = "public, max-age=3600"
    patch_vary_headers(response, ["Accept"])
    return response


class Area(Schema):
    """A country (Popolo area)."""

    id: str = Field(description="ISO 3166-1 alpha-2.", examples=["KG"])
    uri: str
    name: str = Field(examples=["Кыргызстан"])
    names: dict[str, str] = Field(description="Language code → name.")
    official_name: str = Field(examples=["Кыргызская Республика"])
    identifier: str
    classification: str = Field(examples=["country"])


class AreaPaging(Asked):
    """What the list of countries takes."""

    after: str = Field(default="", pattern="^([A-Z]{2})?$", description="Code of the last country of the part before.")
    limit: int = Field(default=MOST, ge=1, le=MOST, description="How many countries a part holds.")


@router.get("/areas", response=answers(Page[Area]), tags=["Popolo"], summary="Countries")
@public("names of countries")
def areas(request: HttpRequest, asked: Query[AreaPaging]) -> dict[str, Any]:
    """All countries, by their codes."""
    codes = sorted(code for code, _name in countries.country_list(asked.lang))
    if asked.after and asked.after not in codes:
        raise Http404
    left = [code for code in codes if code > asked.after]
    shown = left[: asked.limit]
    return page(request, [_area(request, code) for code in shown], shown[-1] if len(left) > len(shown) else "")


@router.get("/areas/{code}", response=answers(Area), tags=["Popolo"], summary="One country")
@public("names of countries")
def area(
    request: HttpRequest,
    asked: Query[Asked],
    code: Annotated[str, InPath(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.", examples=["KG"])],
) -> Area:
    """One country, as its State calls itself."""
    if code not in dict(countries.country_list(asked.lang)):
        raise Http404
    return _area(request, code)


def _area(request: HttpRequest, code: str) -> Area:
    return Area(
        id=code,
        uri=here(request, "area", code),
        name=countries.country_name(code, spoken()),
        names={language: countries.country_name(code, language) for language in INTERFACE},
        official_name=countries.official_name(code, spoken()),
        identifier=code,
        classification="country",
    )
