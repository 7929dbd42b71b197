"""What a web process makes ready before its first request, so that no person waits for it.

`warm_up` takes two seconds of a processor: addresses, translations, names, templates, and what tells a word's language, stem and theme.
"""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import reverse
from django.utils import translation

from kenesh.search import hints, suggestions
from kenesh.themes import analysis, countries, dates

# Python's own 700 means several collections in each page. A page leaves some thousand objects, most of them freed without it.
NEW_OBJECTS = 10_000


def warm_up() -> None:
    """Loads all that requests would load, and sets it apart from what Python's garbage collection looks through.

    A process holds a quarter of a million objects which never become garbage: one look through them all took a tenth of a
    second, in the middle of somebody's page.
    """
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            reverse("casework_work:queue")
        countries.country_list(code)
        dates.day(date.min, code)
    for folder in get_app_template_dirs("templates"):
        if Path(folder).is_relative_to(settings.PACKAGE):
            for path in Path(folder).rglob("*.html"):
                get_template(path.relative_to(folder).as_posix())
    analysis.load()
    hints.load()
    suggestions.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)
