"""Branches of work: concepts of the thesaurus whose facet is the sector. A matter names one; some themes are one by themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from kenesh.themes import thesaurus

_TOP = "sectors"  # the heading of them all


@cache
def codes() -> tuple[str, ...]:
    """In the order of the thesaurus: those that are nothing but a branch, then the themes that are one as well."""
    found = [concept for concept in thesaurus.concepts().values() if concept.facet == "sector" and concept.id != _TOP]
    return tuple(concept.id for concept in sorted(found, key=lambda concept: concept.parent != _TOP))


def choices(language: str) -> list[tuple[str, str]]:
    return [(code, thesaurus.label(code, language)) for code in codes()]


def sector_of(matter: dict[str, Any]) -> str:
    """What the caseworker chose, else the theme of the matter where that is a branch of work; "" when nothing says it."""
    theme = str(matter.get("theme") or "")
    return str(matter.get("sector") or "") or (theme if theme in codes() else "")
