"""Headers that every answer carries, bounds of what is sent to us, and compression of answers that hold no secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, gettext, override

Response = TypeVar("Response", bound=HttpResponseBase)


def headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Turns off what a page of ours never needs."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


MOST_BYTES = 3 * 2**20  # more than any form of ours


def bounded_bodies(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuses an address with a null byte, and a body that is larger than the form there can be, before anything reads it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return _null_byte(request.path_info)  # PostgreSQL takes no text with one: each look-up would be an error
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdecimal()):
            return HttpResponse(status=413)
        if int(length) > MOST_BYTES and int(length) > _most_bytes(request.path_info):
            return _too_large(request.path_info)
        return get_response(request)

    return middleware


def _null_byte(path: str) -> HttpResponse:
    if path.startswith("/api/"):
        return JsonResponse({"error": "This address holds a null byte; leave it out."}, status=400)
    return HttpResponse(status=400)


def _language_of(path: str) -> str:
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def _most_bytes(path: str) -> int:
    """What the view at this address takes, if it is marked with `takes_files`; asked for large bodies alone."""
    with override(_language_of(path)):  # addresses of the public begin with the language
        try:
            return int(getattr(resolve(path).func, "takes_files", 0))
        except Resolver404:
            return 0


def _too_large(path: str) -> HttpResponse:
    with override(_language_of(path)):
        words = gettext("This file is larger than 20 MB. Please go back and choose a smaller one.")
    return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")


def holds_secret(response: Response) -> Response:
    """Marks an answer that shows a receipt, a status or a case: never compressed (BREACH), never kept by a browser."""
    response.holds_secret = True  # type: ignore[attr-defined]  # read by Compression below
    response.headers["Cache-Control"] = "no-store"
    return response


class Compression(GZipMiddleware):
    """gzip with random padding, but for answers that hold a secret: their length must not tell what they echo."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(response, "holds_secret", False):
            return response
        return super().process_response(request, response)
