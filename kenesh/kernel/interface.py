"""What the public interface (/api/v1/) shares in all areas: its answers, its parameters, and the one door around each operation.

An area's `api.py` has a router of django-ninja; each of its functions carries the house's mark under the router's:

    @router.get("/things", response=answers(Page[Thing]))
    @public("why this is safe")
    def things(request: HttpRequest, asked: Query[Paging]) -> Page[Thing]: ...

`kenesh.site.api` puts the routers together and leads every address through `opened`.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Generic, TypeVar, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, override
from ninja import Field, Schema
from ninja import Path as InPath
from ninja.operation import Operation
from pydantic import AfterValidator

from kenesh.kernel.access import Mark, mark_of
from kenesh.kernel.clients import network_of
from kenesh.kernel.codes import ALPHABET, LENGTH
from kenesh.kernel.feeds import kept
from kenesh.kernel.pace import Allowance

ALLOWANCE = Allowance(2)
CODE = f"^[{ALPHABET}]{{{LENGTH}}}$"
MOST = 100
SECONDS_KEPT = 60  # so long a copy may be used without asking again
# What pages of other sites may read and send: without these a browser hides check sums and the way to the next file from them.
_ELSEWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, Content-Disposition, Content-Language",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_BEFORE_ASKING = {  # the answer to a browser's question beforehand (Fetch, "CORS-preflight fetch")
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}

Thing = TypeVar("Thing")
Row = TypeVar("Row", bound=Model)


class Error(Schema):
    """Why a request could not be answered, in one English sentence."""

    error: str = Field(examples=["limit: Input should be less than or equal to 100"])


class Page(Schema, Generic[Thing]):
    """A part of a list. `next` is the address of the following part; null at the end."""

    results: list[Thing]
    next: str | None = Field(description="Address of the following part; null at the end.")


def answers(schema: Any) -> dict[Any, Any]:
    """All answers of an operation that gives one thing."""
    return {200: schema, 304: None, 400: Error, 404: Error, 429: Error}


def answers_or_moved(schema: Any) -> dict[Any, Any]:
    """The same of a thing that may have been entered twice: the address of the one that is gone leads to the other."""
    return {301: None, **answers(schema)}


# --- parameters ---------------------------------------------------------------------------------------------------------


def _language(code: str) -> str:
    known = [known for known, _ in settings.LANGUAGES]
    if code not in known:
        raise ValueError(f"write one of {', '.join(known)}")
    return code


class Asked(Schema):
    """What every address takes."""

    lang: Annotated[str, AfterValidator(_language)] = Field(
        default=settings.LANGUAGE_CODE,
        description="Language of names and texts that are given as one text. All languages that there are stand beside it in a map.",
        json_schema_extra={"enum": [code for code, _ in settings.LANGUAGES]},
    )


class Paging(Asked):
    """What every list takes."""

    after: str = Field(
        default="", pattern=f"{CODE}|^$", description="Code of the last thing of the part before; `next` has it already."
    )
    limit: int = Field(default=30, ge=1, le=MOST, description="How many things a part holds.")


Code = Annotated[
    str, InPath(pattern=CODE, description="The thing's own code of eight characters; it never changes.", examples=["bcdfghjk"])
]


def part(rows: QuerySet[Row], asked: Paging) -> tuple[list[Row], str]:
    """The rows of a part, newest first, and the code after which the next begins ("" at the end): two queries.

    Raises Http404 for an `after` that is not in the list.
    """
    if asked.after:
        last = rows.filter(code=asked.after).values_list("pk", flat=True).first()
        if last is None:
            raise Http404
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-pk")[: asked.limit + 1])
    more = len(found) > asked.limit
    return found[: asked.limit], cast(Any, found[asked.limit - 1]).code if more else ""


def page(request: HttpRequest, results: list[Thing], after: str) -> dict[str, Any]:
    """A part of a list with the address of the following one."""
    if not after:
        return {"results": results, "next": None}
    query = request.GET.copy()
    query["after"] = after
    return {"results": results, "next": request.build_absolute_uri(f"{request.path}?{query.urlencode()}")}


# --- what a thing says of itself ----------------------------------------------------------------------------------------


def here(request: HttpRequest, name: str, *arguments: Any) -> str:
    """The address of a thing in the interface: its URI."""
    return request.build_absolute_uri(reverse(f"api:{name}", args=arguments))


def on_page(request: HttpRequest, name: str, *arguments: Any) -> str:
    """The address of a public page, in the language that was asked for."""
    return request.build_absolute_uri(reverse(name, args=arguments))


def spoken() -> str:
    """The language that was asked for."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


# --- the door -----------------------------------------------------------------------------------------------------------


def refusal(status: int, words: str, **headers: str) -> JsonResponse:
    return JsonResponse({"error": words}, status=status, json_dumps_params={"ensure_ascii": False}, headers=headers)


def elsewhere(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, to be read by the pages of other sites too; also a 304, of which browsers ask the same."""
    for name, value in _ELSEWHERE.items():
        response.headers[name] = value
    return response


def opened(view: Callable[..., HttpResponseBase], operation: Operation) -> Callable[..., HttpResponseBase]:
    """A path of ninja as a view of the house: it carries its operation's mark, keeps the pace, and answers conditional requests.

    Raises TypeError for an operation without a mark.
    """
    mark = mark_of(operation.view_func)
    if not isinstance(mark, Mark):
        raise TypeError(f"{operation.view_func.__qualname__} carries no access mark")
    known = None if getattr(operation.view_func, "takes_anything", False) else set(_names(operation.models))

    @functools.wraps(operation.view_func)
    def door(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return elsewhere(HttpResponse(status=204, headers=_BEFORE_ASKING))
        response: HttpResponseBase | None = _too_fast(request) or _wrong(request, known)
        if response is None:
            method, request.method = request.method, "GET"  # ninja knows no HEAD; the server leaves the body out
            asked = request.GET.get("lang", "")
            with override(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
                response = view(request, **arguments)
                response.headers.setdefault("Content-Language", spoken())
            request.method = method
        return elsewhere(_kept(request, response))

    door.kenesh_mark = mark  # type: ignore[attr-defined]  # as `public` does
    door.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing, and says 405 to whoever tries
    del door.__wrapped__  # the mark is this door's own
    return door


def lenient(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks an operation that reads its own parameters, and takes no notice of others."""
    view.takes_anything = True  # type: ignore[attr-defined]  # read by `opened`
    return view


def _names(models: Iterable[Any]) -> Iterator[str]:
    for model in models:
        if model.__ninja_param_source__ == "query":
            yield from model.__ninja_flatten_map__


def _too_fast(request: HttpRequest) -> HttpResponse | None:
    wait = ALLOWANCE.ask(network_of(request), a_minute=settings.API_PER_MINUTE)
    if not wait:
        return None
    return refusal(429, "Too many requests of your network. Please wait, then go on.", **{"Retry-After": str(math.ceil(wait))})


def _wrong(request: HttpRequest, known: set[str] | None) -> HttpResponse | None:
    if request.method not in {"GET", "HEAD"}:
        return refusal(405, "Only GET and HEAD: this interface is for reading.", Allow=_BEFORE_ASKING["Allow"])
    strange = sorted(set(request.GET) - known) if known is not None else []
    if strange:
        taken = ", ".join(sorted(known or ())) or "none"
        return refusal(400, f"{strange[0]}: there is no such parameter; this address takes {taken}")
    return None


def _kept(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With a check sum, so that whoever has the present version gets nothing again."""
    if response.status_code != 200 or not isinstance(response, HttpResponse) or "ETag" in response.headers:
        return response
    return kept(request, response, SECONDS_KEPT)


def words_of(errors: Iterable[Mapping[str, Any]]) -> str:
    """What is wrong with the parameters, as one line."""
    return "; ".join(f"{error['loc'][-1]}: {re.sub('^Value error, ', '', error['msg'])}" for error in errors)
