"""Steps and consents in the words in which the person is told of them."""

from __future__ import annotations

from django import template

from kenesh.appeals import steps
from kenesh.appeals.opening import OpenEntry
from kenesh.themes import languages

register = template.Library()


@register.filter
def step_text(code: str) -> str:
    """KeyError for a step that nobody has put into words."""
    return str(steps.STEPS[code])


@register.filter
def consent_text(code: str) -> str:
    return str(steps.CONSENTS[code])


@register.filter
def consent_how(said: OpenEntry) -> str:
    """How it was given, in which language, who explained it: "orally · Русский · Aigul"."""
    parts = [str(steps.HOW.get(said.body.get("how", ""), "")), languages.OWN_NAME.get(said.body.get("language", ""), "")]
    return " · ".join(part for part in [*parts, said.body.get("explained", "")] if part)
