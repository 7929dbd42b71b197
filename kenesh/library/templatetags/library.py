"""Tags of the library's pages."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from kenesh.library import reasons
from kenesh.library.models import Incoming
from kenesh.library.paper import Paper

register = template.Library()


@register.filter
def place_of(paper: Paper, key: str) -> str:
    """The address of the place where a finding stands: on this page, or in another part of the document."""
    part = paper.part_of.get(key, paper.part)
    return f"#at-{key}" if part == paper.part else f"?part={part}#at-{key}"


@register.filter
def percent(share: float) -> str:
    """0.92 → "92 %"."""
    return f"{round(share * 100)} %"


@register.filter
def share(value: float | None) -> str:
    """0.9 → "0.90"; a dash while there is nothing to divide by."""
    return "–" if value is None else f"{value:.2f}"


@register.filter
def reason(why: str) -> str:
    """Why a file could not be read, in the reader's words."""
    return reasons.reason(why)


@register.filter
def tone(state: str) -> str:
    """How the state of a file that was brought is coloured."""
    return {Incoming.State.READ: "good", Incoming.State.FAILED: "bad", Incoming.State.READING: "warn"}.get(
        Incoming.State(state), "quiet"
    )


@register.filter
def digits(value: str) -> str:
    """ "1240000.5" → "1 240 000.5", with spaces that do not break."""
    whole, point, rest = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0") if whole.lstrip("-").isdecimal() else whole
    return f"{grouped}{point}{rest}"


@register.filter
def unit(name: str) -> str:
    """The sign of per cent, people in the reader's language; currencies as they are."""
    return {"percent": "%", "person": gettext("people"), "persons": gettext("people")}.get(name, name)
