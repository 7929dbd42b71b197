"""A recommendation in the words of schema.org, for search engines: what its page says, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.followup.models import Recommendation
from kenesh.followup.queries import Cockpit
from kenesh.search.findable import first_words


def recommendation(page: Cockpit, *, decision: str, problem: str, version: int | None) -> dict[str, Any]:
    """A CreativeWork. `decision`, `problem`: codes of those that everybody may read, else ""."""
    row: Recommendation = page.recommendation
    asked_on: date = row.asked_on  # type: ignore[attr-defined]  # annotated for the page
    address = _page("followup:recommendation", row.code)
    return {
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "identifier": row.code,
        "name": _("Recommendation %(code)s") % {"code": row.code},
        "description": first_words(str(row.text)),
        "inLanguage": row.text.language_used(),
        "dateCreated": asked_on.isoformat(),
        "version": version,
        "creator": {"@type": "Organization", "name": str(row.body), "url": _page("council:body", row.body.code)},
        "audience": [{"@type": "Audience", "name": str(one.addressee.organisation)} for one in page.line.addressees],
        "isBasedOn": _page("council:decision", decision) if decision else None,
        "about": _page("problems:problem", problem) if problem else None,
        "citation": [str(source) for source in page.details.sources if str(source)] or None,
    }


def _page(name: str, code: str) -> str:
    return settings.ADDRESS + reverse(name, args=[code])
