"""Pages of the form: with what somebody has answered, and empty ones, which are the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kenesh.appeals.forms import Offices, StepForm
from kenesh.appeals.views.page import private
from kenesh.kernel.kept import kept_page


def answered(kind: type[StepForm], answers: Mapping[str, Any]) -> bool:
    """Whether any question of this form has an answer."""
    return any(answers.get(name) for name in kind.base_fields)


def page(request: HttpRequest, name: str, form: StepForm, **more: Any) -> HttpResponse:
    """A page with what was answered, and what is wrong with it. `name`: of `form_NAME.html` and of `_NAME.html`, its questions."""
    context = {**more, "form": form, "questions": _questions(name, form)}
    return private(render(request, f"appeals/form_{name}.html", context, status=422 if form.errors else 200))


def empty_page(request: HttpRequest, name: str, kind: type[StepForm], offices: Offices, **more: Any) -> HttpResponse:
    """The same page without any answer."""

    def frame() -> dict[str, Any]:
        return {**more, "form": None, "questions": _questions(name, kind.of(offices))}

    return private(kept_page(request, f"appeals/form_{name}.html", frame=frame, depends_on=(offices, *sorted(more.items()))))


def _questions(name: str, form: StepForm) -> SafeString:
    return render_to_string(f"appeals/_{name}.html", {"form": form, "node": {"hotline": settings.HOTLINE}})
