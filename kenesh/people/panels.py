"""What this room shows on pages of higher rooms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from kenesh.people.queries.centres import centres_by_country
from kenesh.themes import countries


def where_help_is(subject: Any, request: HttpRequest) -> str:
    """For the front page: in which countries there are centres, with their number; nothing while there is none."""
    counted, reader = centres_by_country(), (get_language() or "en").split("-")[0]
    named = countries.in_alphabetical_order(((code, countries.country_name(code, reader)) for code in counted if code), reader)
    context = {"countries": [(code, name, counted[code]) for code, name in named]}
    return render_to_string("people/_home.html", context, request=request) if counted else ""
