"""Bars as inline SVG: with a title and a description for who does not see them; the table beside has the same figures."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from PIL import Image

# On a page colours follow the reader's light or dark; on paper they are the light ones.
SCREEN = {"good": "var(--good)", "warn": "var(--warn)", "bad": "var(--bad)", "quiet": "var(--line)"}
PAPER = {"good": "#23653b", "warn": "#855000", "bad": "#a02c1e", "quiet": "#8b7f6b"}
_STEP, _WIDTH, _LABEL = 34, 360, 15


@dataclass(frozen=True)
class Bar:
    """`tone`: good, warn, bad or quiet."""

    label: str
    number: int
    tone: str


def bars(title: str, said: Sequence[Bar], colours: Mapping[str, str] = SCREEN, *, name: str) -> SafeString:
    """One bar below another, each under its label. `name`: unique on its page."""
    most = max((bar.number for bar in said), default=0) or 1
    drawn = format_html_join(
        "",
        '<text x="0" y="{}" font-size="12" fill="currentColor">{}: {}</text><rect x="0" y="{}" width="{}" height="12" fill="{}"/>',
        (
            (at * _STEP + 12, bar.label, bar.number, at * _STEP + _LABEL + 2, _width(bar.number, most), colours[bar.tone])
            for at, bar in enumerate(said)
        ),
    )
    words = "; ".join(f"{bar.label}: {bar.number}" for bar in said)
    return format_html(
        '<svg role="img" aria-labelledby="{0}-t {0}-d" viewBox="0 0 {1} {2}" width="{1}"><title id="{0}-t">{3}</title>'
        '<desc id="{0}-d">{4}</desc>{5}</svg>',
        name, _WIDTH, max(len(said), 1) * _STEP, title, words, drawn,
    )  # fmt: skip


def _width(number: int, most: int) -> str:
    return f"{max(_WIDTH * number / most, 1.5 if number else 0.5):.1f}"


def square(tone: str) -> io.BytesIO:
    """A small picture (PNG) of one colour, for papers that take no drawing: stretched, it is a bar."""
    made = io.BytesIO()
    Image.new("RGB", (4, 4), PAPER[tone]).save(made, "PNG")
    made.seek(0)
    return made
