"""Days that a document gives, as exactly as it gives them, in words of the reader."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, gettext

from kenesh.themes import dates


def when(start: str, end: str) -> str:
    """Partial ISO dates in words of the active language: two for an event of several days, "" for none."""
    language = (get_language() or "en").split("-")[0]
    if not start:
        return ""
    return f"{_in_words(start, language)} – {_in_words(end, language)}" if end else _in_words(start, language)


def _in_words(partial: str, language: str) -> str:
    if partial.startswith("--"):
        month, _, day = partial[2:].partition("-")
        written = f"{day}.{month}" if day else month
        return gettext("%(day)s (the year is not known)") % {"day": written}
    if len(partial) == 7:
        return dates.month((int(partial[:4]), int(partial[5:])), language)
    return dates.day(date.fromisoformat(partial), language)
