"""Our samples of letters, built as Word files out of the texts in `samples/`: an office uses them, or takes them as a start.

A line of a text begins with `@` (kind of letter), `~` (a note to whoever sends it), `>` (addressee, on the right), `=` (title),
`#` (item of a list); any other line is a paragraph. The references to law are those of our list of time limits, each to be checked.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

LANGUAGES = ("ru", "ky", "en")
KINDS = ("complaint", "prosecutor", "consulate", "power", "referral")
_FOLDER = Path(__file__).with_name("samples")


@lru_cache(maxsize=len(LANGUAGES) * len(KINDS))
def sample(kind: str, language: str) -> bytes:
    """The Word file. KeyError for a kind or language of which we have none."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return _built(_texts(language)[kind])


def _texts(language: str) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            lines = texts.setdefault(line[2:], [])
        elif line:
            lines.append(line)
    return texts


def _built(lines: list[str]) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.paragraph_format.space_after = Pt(6)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    for line in lines:
        _add(document, line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Any, line: str) -> None:
    mark, text = (line[0], line[1:].strip()) if line[0] in "~>=#" else ("", line)
    listed = "List Bullet" if text.startswith("{{") else "List Number"
    paragraph = document.add_paragraph(style=listed if mark == "#" else None)
    run = paragraph.add_run(text)
    if mark == "~":
        run.italic, run.font.color.rgb = True, RGBColor(0xA0, 0x30, 0x10)
    elif mark == ">":
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Cm(8), Pt(0)
    elif mark == "=":
        paragraph.alignment, run.bold = WD_ALIGN_PARAGRAPH.CENTER, True
    elif not mark and not text.startswith("{%"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
