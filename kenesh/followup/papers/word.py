"""The letter as a Word file on A4, made in memory, to be changed and signed."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kenesh.council.papers.wording import clean
from kenesh.followup.papers.letter import Paper

# The margins of Russian and Kyrgyz office standards: wide on the side where papers are bound.
_MARGINS = {"left_margin": Mm(30), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(20)}


def as_word(paper: Paper) -> bytes:
    made = _begin(paper)
    for line in (paper.body, *paper.head):
        _say(made, line, bold=line == paper.body, centred=True)
    _say(made, f"№ {paper.number}    {paper.date}" if paper.number else paper.date)
    _say(made, paper.to, left=Mm(80), bold=True)
    _say(made, paper.subject, bold=True, centred=True)
    _say(made, paper.opening)
    for line in paper.asked:
        _say(made, line, left=Mm(10), italic=True)
    for line in paper.paragraphs:
        _say(made, line)
    _say(made, paper.how[0])
    if paper.address:
        _say(made, paper.address, bold=True)
        made.add_picture(io.BytesIO(paper.qr()), width=Mm(32))
    for line in paper.how[1:]:
        _say(made, line)
    _say(made, paper.closing)
    for line in paper.signed_by:
        _say(made, line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _begin(paper: Paper) -> Any:
    made = docx.Document()
    about = made.core_properties
    about.author, about.comments, about.title, about.language = "", "", paper.subject, paper.language
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(page, side, width)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.space_after = "Times New Roman", Pt(12), Pt(8)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), paper.language)
    normal.element.get_or_add_rPr().append(language)
    return made


def _say(made: Any, words: str, *, bold: bool = False, italic: bool = False, centred: bool = False, left: Any = None) -> None:
    paragraph = made.add_paragraph()
    run = paragraph.add_run(clean(words))
    run.font.bold, run.font.italic = bold, italic
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if left is not None:
        paragraph.paragraph_format.left_indent = left
