"""The thesaurus for other programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition, require_safe

from kenesh.kernel.access import public
from kenesh.themes import formats

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


@public("the words of the thesaurus say nothing of anybody")
@require_safe
@condition(etag_func=_etag)
def whole_thesaurus(request: HttpRequest) -> HttpResponse:
    """All concepts: SKOS as Turtle or JSON-LD, or plain JSON, by `?format=turtle|jsonld|json` or the header Accept."""
    wanted = _wanted(request)
    if wanted is None:
        lines = "Choose one of these formats: ?format=turtle, ?format=jsonld or ?format=json.\n"
        response = HttpResponse(lines, status=406, content_type="text/plain; charset=utf-8")
    else:
        response = HttpResponse(formats.served(wanted), content_type=formats.TYPES[wanted])
        response["Cache-Control"] = "public, max-age=3600"
        response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept"])
    return response
