"""Minutes and excerpts as PDF: the page's own paper, set out by its print stylesheet."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

from django.template.loader import render_to_string

from kenesh.council.papers.paper import Paper

MEDIA_TYPE = "application/pdf"
# Setting out a paper takes about a second: one at a time in a process, and the same words only once.
_turn = threading.Lock()
_KEPT = 32


class NoPango(Exception):
    """The system has no Pango, which sets out the lines. `str()` says what to do, for whoever runs the node."""


def paper(said: Paper) -> bytes:
    """The file (PDF/UA-1). Nothing is fetched for it from anywhere. Raises NoPango."""
    with _turn:
        return _set_out(render_to_string("council/pdf.html", {"paper": said}))


@lru_cache(maxsize=_KEPT)
def _set_out(html: str) -> bytes:
    try:
        import weasyprint
    except OSError as why:
        raise NoPango("install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0), or print the page and save it as PDF") from why
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # our sheet is written for browsers: it warns of half of it
    made: bytes = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _fetch_nothing(address: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"a paper loads nothing: {address}")
