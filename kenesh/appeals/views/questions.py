"""Pages of the form: those that somebody has answered are rendered for her, those that nobody has are kept in memory.

An empty page is the same for all but for its token against forged requests, so it is kept in two pieces around that, for
each language and list of offices. It is rendered for a request without cookies, so that nothing of a person gets into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kenesh.appeals.forms import StepForm
from kenesh.appeals.views.page import private
from kenesh.appeals.wording import Offices
from kenesh.people.models import Organisation

TOKEN = "the-token-comes-here"  # noqa: S105  # where, not what

MOST_KEPT = 200  # six pages in seven languages, and room for changes in the list of offices

_kept: dict[tuple[object, ...], tuple[str, str]] = {}


def answered(kind: type[StepForm], answers: Mapping[str, Any]) -> bool:
    """Whether any question of this form has an answer."""
    return any(answers.get(name) for name in kind.base_fields)


def page(request: HttpRequest, name: str, form: StepForm, **more: Any) -> HttpResponse:
    """A page with what was answered, and what is wrong with it. `name`: of `form_NAME.html` and of `_NAME.html`, its questions."""
    context = {**more, "form": form, "questions": _questions(name, form)}
    return private(render(request, f"appeals/form_{name}.html", context, status=422 if form.errors else 200))


def empty_page(
    request: HttpRequest, name: str, make: Callable[[], StepForm], offices: list[Organisation], **more: Any
) -> HttpResponse:
    """The same page without any answer. `make` gives its form, and is called when the page is not in memory yet."""
    if request.GET or len(get_messages(request)):  # shown to this one reader
        return page(request, name, make(), **more)
    key = (name, request.path, get_language(), Offices(offices), *sorted(more.items()))
    pieces = _kept.get(key)
    if pieces is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        pieces = _kept[key] = _pieces(name, request.path, make(), more)
    return private(HttpResponse(pieces[0] + get_token(request) + pieces[1]))


def _pieces(name: str, path: str, form: StepForm, more: dict[str, Any]) -> tuple[str, str]:
    nobody = HttpRequest()
    nobody.path = path
    context = {**more, "form": None, "questions": _questions(name, form), "csrf_token": TOKEN}
    before, after = render_to_string(f"appeals/form_{name}.html", context, nobody).split(TOKEN)
    return before, after


def _questions(name: str, form: StepForm) -> SafeString:
    return render_to_string(f"appeals/_{name}.html", {"form": form, "node": {"hotline": settings.HOTLINE}})
