"""What is said of a document to everybody: as people confirmed it, as far as they have; else as the program read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kenesh.kernel.findings import shown
from kenesh.library.models import Confirmation, Document, Question
from kenesh.library.proposals import Proposals

_FIGURE = ("value", "to", "of", "qualifier", "unit", "per", "what", "source", "year")
SHOWN = 12  # of each kind on one page


@dataclass(frozen=True)
class Facts:
    """`figures`: as `kenesh read` gives them, each value as a form shows it."""

    places: list[str]
    figures: list[dict[str, str]]
    recommendations: list[str]


def facts_of(document: Document) -> Facts:
    """One query more than the document."""
    decided: dict[str, Confirmation] = {each.key: each for each in Confirmation.objects.filter(document=document).order_by("pk")}
    places, figures, recommendations = (_known(document, decided, field) for field in ("places", "figures", "recommendations"))
    return Facts(
        [str(place["name"]) for place in places if place.get("name")],
        [{name: shown(figure.get(name)) for name in _FIGURE} for figure in figures[:SHOWN]],
        [str(item["text"]) for item in recommendations[:SHOWN] if item.get("text")],
    )


def _known(document: Document, decided: dict[str, Confirmation], field: str) -> list[dict[str, Any]]:
    """The findings of a field as they were confirmed or, before that, read; without what was rejected; then what was added."""
    found = []
    for finding in Proposals(document).of(field):
        confirmation = decided.get(finding.key)
        said = dict(finding.read) if confirmation is None else confirmation.confirmed
        if said:
            found.append(said)
    added = Confirmation.Outcome.ADDED
    return [*found, *(each.confirmed for each in decided.values() if each.field == field and each.outcome == added)]


def questions_of(document: Document) -> list[Question]:
    """The questions in it that people confirmed, in the order of their numbers: "2(b)" before "10"."""
    return sorted(document.questions.all(), key=lambda question: (_in_order(question.number), question.pk))


def _in_order(number: str) -> list[tuple[int, str]]:
    return [(int(digits or 0), rest) for digits, rest in re.findall(r"(\d*)([^\d]*)", number.casefold())]
