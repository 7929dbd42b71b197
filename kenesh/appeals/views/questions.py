"""The questions of a page of the form as HTML.

Nobody's answers are in what nobody has answered yet: it is the same for all, rendered once for each language and set of
offices, and kept in memory. It is rendered without the request, so that nothing of a person can get into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kenesh.appeals.forms import StepForm
from kenesh.people.models import Organisation

MOST_KEPT = 200  # six pages in seven languages, and room for changes in the list of offices

_kept: dict[tuple[object, ...], SafeString] = {}


def answered(kind: type[StepForm], answers: Mapping[str, Any]) -> bool:
    """Whether any question of this form has an answer."""
    return any(answers.get(name) for name in kind.base_fields)


def questions(template: str, form: StepForm) -> SafeString:
    """The questions with what was answered, and what is wrong with it."""
    return _rendered(template, form)


def empty_questions(template: str, make: Callable[[], StepForm], offices: list[Organisation]) -> SafeString:
    """The same questions without any answer. `make` gives the form, and is called when they are not in memory yet."""
    key = (template, get_language(), tuple((office.code, office.name.in_language()) for office in offices))
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _rendered(template, make())
    return found


def _rendered(template: str, form: StepForm) -> SafeString:
    return render_to_string(template, {"form": form, "node": {"hotline": settings.HOTLINE}})
