"""/api/v1/ put together: the routers of all areas, what there is, the OpenAPI document."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from kenesh.council import api as council
from kenesh.followup import api as followup
from kenesh.kernel.access import public
from kenesh.kernel.interface import Asked, answers, elsewhere, opened, refusal, words_of
from kenesh.library import api as library
from kenesh.people.middleware import where_it_is_now
from kenesh.people.queries import JoinedInto
from kenesh.problems import api as problems
from kenesh.search import api as search
from kenesh.search import findable
from kenesh.themes import api as themes

PREFIX = "/api/v1/"
DESCRIPTION = """What this node publishes, for other programs: who sits in its councils, what they met about and decided, what they
asked of whom and what came of it, the problems behind it with their counts, documents and themes.

Everything here stands on public pages already; nothing else does. Nothing can be changed here, and no key is needed.
Each answer carries an `ETag`: send it back as `If-None-Match`, and you get 304 without a body when nothing has changed.
More than {per_minute} requests of one network in a minute are answered 429, with the seconds to wait in `Retry-After`.
Persons, organisations, memberships, events, motions, vote events, votes and areas have the shape of Popolo."""
TAGS = {
    "Node": "What there is.",
    "Popolo": "Persons, organisations and what they do together, in the shape of the Popolo specification.",
    "Decisions": "What bodies adopted, and what came of it.",
    "Problems": "Systemic problems and the frozen counts behind them.",
    "Library": "Documents.",
    "Themes": "The thesaurus, and search by it.",
}


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class Interface(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name: short, and what its address is called too."""
        return operation.view_func.__name__


router = Router(tags=["Node"])
api = Interface(
    title="Kenesh",
    version="1",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    openapi_extra={"tags": [{"name": name, "description": words} for name, words in TAGS.items()]},
)


class There(Schema):
    """One address of the interface."""

    name: str = Field(examples=["persons"])
    url: str = Field(description="Its address; `{code}` stands for a thing's own code.")
    about: str


class Node(Schema):
    """The node, and the addresses that it answers."""

    name: str
    url: str
    openapi: str
    license: str | None = Field(description="Address of the licence under which others may use this; null while none is chosen.")
    resources: list[There]


@router.get("", response=answers(Node), url_name="root", summary="What there is")
@public("lists addresses, and answers nothing of anybody")
def root(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The name of the node and all addresses of this interface."""
    at = request.build_absolute_uri
    return {
        "name": settings.NODE_NAME,
        "url": at(f"/{asked.lang}/"),
        "openapi": at(f"{PREFIX}openapi.json"),
        "license": settings.DATA_LICENCE or None,
        "resources": [
            {"name": each["get"]["operationId"], "url": at("/")[:-1] + address, "about": each["get"]["summary"]}
            for address, each in document()["paths"].items()
        ],
    }


@router.get("/openapi.json", response=answers(dict[str, Any]), url_name="openapi", summary="This description (OpenAPI 3.1)")
@public("describes the interface, which is public")
def openapi(request: HttpRequest) -> dict[str, Any]:
    """The OpenAPI document of this interface."""
    return document()


@public("says that there is nothing")
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    return elsewhere(refusal(404, "There is nothing at this address. /api/v1/ lists what there is."))


for each in (router, council.router, followup.router, problems.router, library.router, themes.router, search.router):
    api.add_router("", each)


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, why: Any) -> HttpResponse:
    in_path = any(error["loc"][0] == "path" for error in why.errors)
    return refusal(404 if in_path else 400, words_of(why.errors))


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, why: Any) -> HttpResponseBase:
    if isinstance(why, JoinedInto):
        return where_it_is_now(request, why)
    return refusal(404, "There is no such thing, or it is not public.")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document: what the routers say, and what is true of every answer."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    made["info"]["description"] = DESCRIPTION.format(per_minute=settings.API_PER_MINUTE)
    if settings.DATA_LICENCE:
        made["info"]["license"] = {"name": settings.DATA_LICENCE, "url": settings.DATA_LICENCE}
    made["servers"] = [{"url": settings.ADDRESS}]
    for parameter in made["paths"][f"{PREFIX}search"]["get"]["parameters"]:
        if parameter["name"] == "kind":
            parameter["schema"]["enum"] = list(findable.rooms())  # known once all rooms are there
    for methods in made["paths"].values():
        for status, answer in methods["get"]["responses"].items():
            answer.update(_EVERY.get(int(status), {}))
    return made


_TEXT = {"schema": {"type": "string"}}
_EVERY: dict[int, dict[str, Any]] = {
    200: {
        "description": "What was asked for.",
        "headers": {"ETag": {"description": "Check sum of this version.", **_TEXT}},
    },
    301: {
        "description": "It was entered twice; the other entry was kept, and `Location` is its address.",
        "headers": {"Location": {"description": "The address of the entry that was kept.", **_TEXT}},
    },
    304: {"description": "Nothing has changed since the version that `If-None-Match` names."},
    400: {"description": "A parameter cannot be used; the sentence says which, and why."},
    404: {"description": "There is no such thing, or it is not public."},
    429: {
        "description": "Too many requests of this network.",
        "headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
    },
}


def patterns() -> tuple[list[URLPattern], str]:
    """The addresses under /api/v1/, each through the door."""
    doors = []
    for bound in api._get_bound_routers():  # ninja's own way from a router to its addresses, with what each leads to
        operations = [operation for view in bound.path_operations.values() for operation in view.operations]
        for found, operation in zip(bound.urls_paths(bound.prefix), operations, strict=True):
            doors.append(path(str(found.pattern), opened(found.callback, operation), name=found.name or ""))
    return [*doors, path("<path:rest>", nothing, name="nothing")], "api"
