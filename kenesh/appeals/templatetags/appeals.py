"""Steps and consents in the words in which the person is told of them."""

from __future__ import annotations

from django import template

from kenesh.appeals import steps

register = template.Library()


@register.filter
def step_text(code: str) -> str:
    """KeyError for a step that nobody has put into words."""
    return str(steps.STEPS[code])


@register.filter
def consent_text(code: str) -> str:
    return str(steps.CONSENTS[code])
