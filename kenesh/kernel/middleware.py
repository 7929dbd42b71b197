"""Headers that every answer carries, and compression of those that hold no secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

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
    """Refuses a body that is larger than any form of ours, before anything reads it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdecimal()) or int(length) > MOST_BYTES:
            return HttpResponse(status=413)
        return get_response(request)

    return middleware


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
