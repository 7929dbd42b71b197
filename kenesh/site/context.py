"""What every page knows: the node's own name and emblem, the languages, the staff menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kenesh.kernel import navigation


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context processor; the menu is worked out only on pages that show it."""
    return {
        "node": {"name": settings.NODE_NAME, "emblem": settings.NODE_EMBLEM, "hotline": settings.HOTLINE},
        "interface_languages": settings.LANGUAGES,
        "work_navigation": SimpleLazyObject(lambda: navigation.for_request(request)),
    }
