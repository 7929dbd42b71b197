"""What the problems show on pages of higher areas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.kernel import panels
from kenesh.problems import queries
from kenesh.themes.thesaurus import Concept


def latest_problems(subject: Any, request: HttpRequest) -> str:
    """For the front page: the three problems taken up last; nothing while there is none."""
    lines = queries.latest_public(3)
    return render_to_string("problems/_home.html", {"lines": lines}, request=request) if lines else ""


def problems_on_theme(concept: Concept, request: HttpRequest) -> str:
    """On a theme's page: the problems taken up last with it or a narrower one; nothing while there is none."""
    lines = queries.public_problems(theme=concept.id, limit=3).lines
    context = {"lines": lines, "theme": concept.id}
    return render_to_string("problems/_on_theme.html", context, request=request) if lines else ""


panels.register("theme", problems_on_theme, order=30)
