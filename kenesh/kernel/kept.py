"""Pages whose frame is the same for everybody: rendered once for each language, kept in memory, filled for each reader.

What is kept holds nothing of a person: it is rendered for a request without cookies, with a mark where each reader's own
parts come (her answers, her digits, her token against forged requests). Rendering took most of the processor's time of a filing,
and a third of that of a secret vote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 300  # nine pages in seven languages with what they depend on
TOKEN = "csrf_token"  # noqa: S105  # the name of a variable
_MARK = re.compile(r"@@(\w+)@@")

_kept: dict[tuple[object, ...], list[str]] = {}


def kept_page(
    request: HttpRequest,
    template: str,
    *,
    frame: Callable[[], Mapping[str, Any]],
    depends_on: tuple[object, ...] = (),
    own: Mapping[str, SafeString] | None = None,
) -> HttpResponse:
    """The template with the context `frame()`, which says nothing of a person and differs only with `depends_on`.

    `own`: the reader's own parts, each of which the template shows as a variable; escaped by whoever made them.
    """
    own = own or {}
    if request.GET or len(get_messages(request)):  # the address and messages are this one reader's
        return render(request, template, {**frame(), **own})
    key = (template, request.path, get_language(), *depends_on)
    pieces = _kept.get(key)
    if pieces is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        pieces = _kept[key] = _pieces(template, request.path, {**frame(), **_marks(*own, TOKEN)})
    filled = {**own, TOKEN: get_token(request)} if TOKEN in pieces[1::2] else own  # the token sets a cookie
    return HttpResponse("".join(filled[piece] if place % 2 else piece for place, piece in enumerate(pieces)))


def _marks(*names: str) -> dict[str, str]:
    return {name: f"@@{name}@@" for name in names}


def _pieces(template: str, path: str, context: dict[str, Any]) -> list[str]:
    """The page's text, and between two texts the name of what comes there."""
    nobody = HttpRequest()
    nobody.path = path
    return _MARK.split(render_to_string(template, context, nobody))
