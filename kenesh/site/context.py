"""What every page knows: the node's own name and emblem, the languages, the staff menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kenesh.kernel import navigation
from kenesh.people.models import User
from kenesh.people.rules import roles_of


def _role(request: HttpRequest) -> str:
    """The first of the roles of whoever is signed in, in words."""
    return next((held.get_role_display() for held in roles_of(request.user)), "") if isinstance(request.user, User) else ""


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context processor; the menu is worked out only on pages that show it."""
    return {
        "node": {
            "name": settings.NODE_NAME,
            "emblem": "/emblem/" if settings.NODE_EMBLEM else "",
            "hotline": settings.HOTLINE,
            "server_country": settings.SERVER_COUNTRY,
            "at_venue": settings.AT_VENUE,
        },
        "work_role": SimpleLazyObject(lambda: _role(request)),
        "interface_languages": settings.LANGUAGES,
        # A laptop at a venue has one meeting and no other page.
        "work_navigation": [] if settings.AT_VENUE else SimpleLazyObject(lambda: navigation.for_request(request)),
    }
