"""Tags of the library's pages."""

from __future__ import annotations

from django import template

from kenesh.kernel.findings import Facts
from kenesh.library import reasons
from kenesh.library.models import Incoming
from kenesh.library.paper import Paper
from kenesh.library.wording import figure_in_words

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
def figure_words(figure: Facts) -> str:
    """A figure with its unit and what limits it, in the reader's words."""
    return figure_in_words(figure)
