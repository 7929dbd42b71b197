"""The letter as a PDF, where the system has Pango, which sets the type."""

from __future__ import annotations

import base64
from typing import Any

from django.template.loader import render_to_string

from kenesh.followup.papers.letter import Paper

_STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @bottom-center { content: counter(page); font-size: 9pt } }
body { font-family: "PT Serif", "Times New Roman", "Liberation Serif", "DejaVu Serif", serif; font-size: 12pt; line-height: 1.35 }
header { text-align: center; border-bottom: 0.5pt solid #000; padding-bottom: 3mm; margin-bottom: 6mm }
header p, .sign p { margin: 0 }
h1 { font-size: 12pt; text-align: center; margin: 8mm 0 4mm }
.to { margin-left: 80mm; font-weight: bold }
blockquote { margin: 4mm 0 4mm 6mm; padding-left: 4mm; border-left: 1.5pt solid #000 }
.answer { display: flex; gap: 6mm; align-items: center; break-inside: avoid; border: 0.5pt solid #000; padding: 3mm }
.answer img { width: 32mm; height: 32mm }
.address { font-weight: bold; overflow-wrap: anywhere }
.sign { margin-top: 10mm; break-inside: avoid }
"""


class NoTypesetting(Exception):
    """The system has no Pango, so no PDF can be made here; the Word file can."""


def as_pdf(paper: Paper) -> bytes:
    """Raises NoTypesetting. Nothing is loaded from anywhere: the one picture stands in the page itself."""
    try:
        import weasyprint  # loads Pango, which takes a moment and may be missing
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as missing:
        raise NoTypesetting from missing
    picture = "data:image/png;base64," + base64.b64encode(paper.qr()).decode() if paper.address else ""
    html = render_to_string("followup/paper_letter.html", {"paper": paper, "picture": picture})
    page = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    made: Any = page.write_pdf(stylesheets=[weasyprint.CSS(string=_STYLE)])
    return bytes(made)
