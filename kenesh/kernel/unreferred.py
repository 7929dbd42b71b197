"""Pages that leave no trace: no referrer, no cache, no robots; and forms that still can be sent from them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

# What logs hold instead of an address with a token.
MASKED = "/…/"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class UnreferredCsrf(CsrfViewMiddleware):
    """Django's check for pages with `Referrer-Policy: no-referrer`.

    From such a page browsers send `Origin: null` with a form (Fetch standard, "append a request Origin header"), which
    Django refuses. It is let pass here when the browser says that the form is of this site, or says nothing; the
    token in the form must still match the one in the cookie.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.headers.get("Origin") == "null":
            return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        return bool(super()._origin_verified(request))  # type: ignore[misc]  # Django's own hook, not in the stubs

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        request.path = MASKED
        refused: HttpResponse = super()._reject(request, reason)  # type: ignore[misc]  # Django's own hook, not in the stubs
        return refused


_checked: Callable[[Any], Any] = decorator_from_middleware(UnreferredCsrf)


def unreferred(view: View[P]) -> View[P]:
    """Marks a page that holds, or comes from, a secret address."""

    @functools.wraps(view)
    def quiet(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.path = MASKED  # the page is made; whatever is logged about it from here on names no token
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    checked: View[P] = csrf_exempt(_checked(quiet))  # once, by the class above, instead of by the middleware for all
    return checked
