"""What the problems show on pages of higher areas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.problems import queries


def latest_problems(subject: Any, request: HttpRequest) -> str:
    """For the front page: the three problems taken up last; nothing while there is none."""
    lines = queries.latest_public(3)
    return render_to_string("problems/_home.html", {"lines": lines}, request=request) if lines else ""
