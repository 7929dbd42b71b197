"""How a person may be reached, out of her answers and of what was said since."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from kenesh.appeals import contact
from kenesh.appeals.forms import AnswerForm
from kenesh.themes import languages

register = template.Library()


@register.filter
def safe_contact(one: dict[str, Any]) -> contact.SafeContact:
    """`one`: an opened appeal of a page: its answers, and its view."""
    return contact.safe_contact({**one["answers"], **one["view"].contact}, at=timezone.now())


@register.filter
def own_language(code: str) -> str:
    return languages.OWN_NAME.get(code, code)


@register.filter
def need_text(code: str) -> str:
    """KeyError for a need that the form does not offer."""
    field = AnswerForm.base_fields["needs"]
    return str(dict(field.choices)[code])  # type: ignore[attr-defined]  # it is a field with choices
