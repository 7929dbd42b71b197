"""The counts in the words of schema.org, for search engines of data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.problems.models import Problem
from kenesh.search.findable import first_words


def problem(problem: Problem) -> dict[str, Any]:
    """A CreativeWork: the problem as the body states it."""
    address = settings.ADDRESS + reverse("problems:problem", args=[problem.code])
    return {
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "identifier": problem.code,
        "name": str(problem.title),
        "description": first_words(str(problem.statement)),
        "inLanguage": problem.title.language_used(),
        "datePublished": problem.accepted_on.isoformat() if problem.accepted_on else None,
        "version": problem.version,
        "creator": {"@type": "Organization", "name": str(problem.body)},
    }


def trends() -> dict[str, Any]:
    """A Dataset."""
    address = settings.ADDRESS + reverse("problems:trends")
    file = settings.ADDRESS + reverse("problems:trends_table")
    return {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": _("What grows"),
        "description": _(
            "How many people came to our offices, month by month. What grows more than chance explains stands first."
        ),
        "inLanguage": get_language(),
        "license": settings.DATA_LICENCE,
        "creator": {"@type": "Organization", "name": settings.NODE_NAME, "url": settings.ADDRESS},
        "distribution": {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": file},
    }
