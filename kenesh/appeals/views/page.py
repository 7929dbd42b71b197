"""What the pages of the public form and of the status have in common."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.appeals import actions

WHY_RECEIPT = "opens only with a receipt, at the same cost for a wrong one"


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def private(response: HttpResponse) -> HttpResponse:
    """Pages of the form are kept by no cache: the next person at this phone sees nothing of them."""
    response.headers["Cache-Control"] = "no-store"
    return response


def set_cookie(response: HttpResponse, name: str, value: bytes) -> HttpResponse:
    response.set_cookie(name, value.hex(), secure=settings.HTTPS, httponly=True, samesite="Strict")
    return response


def holder_of(request: HttpRequest) -> actions.Holder | None:
    return actions.holder_of(request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))


def to_status(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("This page has closed itself. Please write the digits of your receipt again."))
    return HttpResponseRedirect(reverse("appeals:status"))
