"""What the reading was not sure of, in the reader's words.

Documents are read by programs without Django, which say it in English; that is what a reading keeps. Here are their sentences with
the places that they fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_noop

_SAID = (
    gettext_noop("“%(quoted)s” can be read in two ways: day first or month first. Set the day yourself."),
    gettext_noop("“%(quoted)s” does not name the year. Add it if you know it."),
    gettext_noop("“%(quoted)s” does not name the day. Add it if you know it."),
    gettext_noop("%(quoted)s follows from the date of the document. Check that it is the day of the event."),
    gettext_noop("The text does not say when it happened. “%(quoted)s” is the date of the page, not of the event."),
    gettext_noop("The text says “%(quoted)s” and not the date. Add it if you know it."),
    gettext_noop("The text does not say when it happened."),
    gettext_noop("The page held text that tries to break into a server. It was set aside; somebody may have changed the page."),
    gettext_noop("The language is none of those that can be read here."),
    gettext_noop("The language may be wrong (certainty %(quoted)s)."),
    gettext_noop("No title was found."),
    gettext_noop("The file is not in UTF-8; it was read as %(quoted)s."),
    gettext_noop("%(quoted)s characters of the file are damaged. They stand as \ufffd in the text."),
    gettext_noop("%(quoted)s of %(all)s pages hold no text: they are pictures, or empty."),
)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)


_PATTERNS = [(sentence, _pattern(sentence)) for sentence in _SAID]


def doubts(warnings: Iterable[Mapping[str, str]]) -> list[str]:
    """The warnings of a reading in the active language; one that is not known here stands as it was written."""
    return [_in_words(warning["text"]) for warning in warnings]


def _in_words(text: str) -> str:
    for sentence, pattern in _PATTERNS:
        said = pattern.fullmatch(text)
        if said is not None:
            return gettext(sentence) % said.groupdict()
    return text
