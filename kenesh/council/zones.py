"""Zones of time in words."""

from __future__ import annotations

from babel.dates import get_timezone_location
from django.utils.translation import get_language


def zone_name(zone: str) -> str:
    """The city after which a zone is named, in the active language."""
    name: str = get_timezone_location(zone, locale=get_language() or "en", return_city=True)
    return name
