"""What the report to a donor says. Each room tells what was done in its own words; it tells only what everybody may know.

A room registers a teller in its `ready()`; page and Word file show the same sections. Numbers may count what is not public, words
never name it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from kenesh.people.models import Project
from kenesh.themes import dates


@dataclass(frozen=True)
class Section:
    """A part of the report, in the active language: sentences, then a table."""

    title: str
    sentences: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


Teller = Callable[[Project], list[Section]]
_tellers: list[tuple[int, Teller]] = []


def register(teller: Teller, *, order: int) -> None:
    """Adds a teller; a lower `order` comes first. Registering the same one twice counts once."""
    if all(known is not teller for _order, known in _tellers):
        _tellers.append((order, teller))
        _tellers.sort(key=lambda entry: entry[0])


def sections_of(project: Project) -> list[Section]:
    """What all rooms have to tell of a project, in the active language."""
    return [section for _order, teller in _tellers for section in teller(project)]


def facts_of(project: Project, language: str) -> list[tuple[str, str]]:
    """What stands at the head of the report: label and words."""
    period = f"{dates.day(project.since, language)} – {dates.day(project.until, language)}"
    facts = [(_("Donor"), str(project.donor or "")), (_("Grant"), project.grant_number), (_("Period"), period)]
    return [(label, words) for label, words in facts if words]


def bodies_and_centres(project: Project) -> list[Section]:
    """The first section, which this room tells itself: bodies and centres by name."""
    told = [(_("Bodies"), project.bodies.order_by("pk")), (_("Centres"), project.centres.order_by("pk"))]
    return [Section(title, rows=[[str(row)] for row in rows], headings=[_("Name")]) for title, rows in told if rows]


def as_word(project: Project, *, language: str) -> bytes:
    """The report as a Word file on A4, in this language."""
    with override(language):
        made = docx.Document()
        made.core_properties.author, made.core_properties.title = "", str(project)
        page = made.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin = Mm(25), Mm(20)
        made.add_heading(_("Report on a project"), 0)
        made.add_heading(str(project), 1)
        if project.about:
            made.add_paragraph(str(project.about))
        for label, words in facts_of(project, language):
            line = made.add_paragraph()
            line.add_run(f"{label}: ").font.bold = True
            line.add_run(words)
        for section in sections_of(project):
            _section(made, section)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _section(made: Any, section: Section) -> None:
    made.add_heading(section.title, 2)
    for sentence in section.sentences:
        made.add_paragraph(sentence)
    if not section.rows:
        return
    table = made.add_table(rows=1, cols=len(section.headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, section.headings, strict=True):
        cell.paragraphs[0].add_run(heading).font.bold = True
    repeated = OxmlElement("w:tblHeader")  # the headings again on each page
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for said in section.rows:
        for cell, words in zip(table.add_row().cells, said, strict=True):
            cell.text = "".join(letter for letter in words if letter.isprintable() or letter in "\n\t")
