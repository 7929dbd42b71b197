"""Minutes, excerpts, the sheet to sign and the badges as Word files on A4, made in memory."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kenesh.council.papers.paper import Block, Paper, Text
from kenesh.council.papers.wording import clean
from kenesh.council.queries.expected import Expected, Sheet
from kenesh.themes.countries import country_name

# The margins of Russian and Kyrgyz office standards: wide on the side where papers are bound.
_MARGINS = {"left_margin": Mm(30), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(20)}
_SIZES = {"Normal": 12, "Title": 16, "Heading 1": 12, "Heading 2": 12}
_BADGE = (Mm(90), Mm(55))
_SPARE_LINES = 8  # for those who come unannounced


def paper(said: Paper) -> bytes:
    """Minutes or an excerpt."""
    with override(said.language):
        made = begin(said.heading, said.language)
        centred(made, said.body.words)
        made.add_heading(said.heading.upper(), 0)
        centred(made, said.title.words)
        for label, fact in said.facts:
            labelled(made, f"{label}:", fact.words)
        _present(made, said)
        if not said.is_excerpt:
            made.add_heading(_("Agenda"), 1)
            for title in said.agenda:
                made.add_paragraph(title.words, style="List Number")
            if not said.agenda:
                made.add_paragraph(_("The agenda has no points yet."))
        for point in said.points:
            made.add_heading(f"{point.number}. {point.title.words}" if point.number else point.title.words, 2)
            for block in point.blocks:
                _block(made, block)
        if said.remarks:
            made.add_heading(_("Remarks"), 1)
            _texts(made, [said.remarks])
        made.add_paragraph(said.status)
        _signatures(made, said)
        made.add_paragraph().add_run(said.authentic).font.size = Pt(9)
    return as_bytes(made)


def attendance_sheet(sheet: Sheet, *, language: str) -> bytes:
    """Everybody who is expected, with an empty column to sign in on each day and lines for those who come unannounced."""
    with override(language):
        made = begin(_("Attendance sheet"), language)
        centred(made, sheet.body)
        made.add_heading(_("Attendance sheet").upper(), 0)
        centred(made, f"{sheet.title} · {sheet.when}")
        headings = [_("No."), _("Name"), _("Organisation and post"), _("Country"), _("Signature")]
        rows = [
            [
                str(number),
                one.who.name,
                ", ".join(part for part in (one.who.organisation, one.who.post, _in_place_of(one), one.who.when) if part),
                _country(one, language),
                "",
            ]
            for number, one in enumerate(sheet.expected, 1)
        ]
        first = len(rows) + 1
        rows += [[str(number), "", "", "", ""] for number in range(first, first + _SPARE_LINES)]
        if len(sheet.days) > 1:  # each signs on each day
            headings = [*headings[:-1], *(f"{headings[-1]}, {day}" for day in sheet.days)]
            rows = [[*row, *[""] * (len(sheet.days) - 1)] for row in rows]
        _table(made, headings, rows, widths=_on_sheet(made, len(sheet.days)))
    return as_bytes(made)


def _on_sheet(made: Any, days: int) -> list[Any]:
    """Widths of its columns; for several days the sheet lies on its side."""
    if days == 1:
        return [Mm(10), Mm(48), Mm(52), Mm(25), Mm(30)]
    page = made.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, page.page_height, page.page_width
    return [Mm(10), Mm(48), Mm(52), Mm(25), *[Mm(117 // days)] * days]


def badges(sheet: Sheet, *, language: str) -> bytes:
    """Badges of 90 × 55 mm to cut out, two beside each other."""
    with override(language):
        made = begin(_("Badges"), language)
        made.sections[0].left_margin = made.sections[0].right_margin = Mm(15)
        if not sheet.expected:
            made.add_paragraph(_("Nobody sits in this body on the day of the meeting, and no guest is written down."))
            return as_bytes(made)
        table = made.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        for index in range(0, len(sheet.expected), 2):
            row = table.add_row()
            row.height, row.height_rule = _BADGE[1], WD_ROW_HEIGHT_RULE.EXACTLY
            for cell, one in zip(row.cells, sheet.expected[index : index + 2], strict=False):
                _badge(cell, one, sheet, language)
            for cell in row.cells:
                cell.width = _BADGE[0]
    return as_bytes(made)


def _badge(cell: Any, one: Expected, sheet: Sheet, language: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    who = one.who
    large = who.name or who.organisation
    below = ", ".join(part for part in (who.post, who.organisation if who.name else "") if part)
    lines = [(sheet.body, 9, False), (large, 18, True), (below, 11, False), (_country(one, language), 11, False)]
    lines += [(one.standing, 9, False)]
    first = cell.paragraphs[0]
    for number, (words, size, bold) in enumerate(line for line in lines if line[0]):
        paragraph = first if number == 0 else cell.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(2)
        run = paragraph.add_run(clean(words))
        run.font.size, run.font.bold = Pt(size), bold


def _in_place_of(one: Expected) -> str:
    return _("alternate of %(name)s") % {"name": one.who.alternate_of} if one.who.alternate_of else ""


def _country(one: Expected, language: str) -> str:
    return country_name(one.who.country, language) if one.who.country else ""


def _present(made: Any, said: Paper) -> None:
    if said.is_excerpt:
        made.add_paragraph(said.attendance)
        return
    made.add_heading(said.attendance, 1)
    for group in said.present:
        labelled(made, group.heading, "")
        for who in group.listed:
            made.add_paragraph(who, style="List Bullet")


def _block(made: Any, block: Block) -> None:
    label = labelled(made, block.label, "")
    label.paragraph_format.keep_with_next, label.runs[0].font.all_caps = True, True
    _texts(made, block.texts)
    for line in block.listed:
        made.add_paragraph(line, style="List Bullet")
    if block.rows:
        rows = [[cell.words for cell in row] for row in block.rows]
        _table(made, block.headings, rows, widths=[Mm(30), Mm(45), Mm(45), Mm(45)])
    if block.note:
        made.add_paragraph().add_run(block.note).font.italic = True


def _texts(made: Any, texts: Iterable[Text]) -> None:
    for one in texts:
        for line in one.lines:
            made.add_paragraph(line)


def _signatures(made: Any, said: Paper) -> None:
    if said.is_excerpt:
        made.add_paragraph(_("This excerpt is true to the minutes."))
    table = made.add_table(rows=0, cols=3)
    for one in said.signatures:
        row = table.add_row()
        row.height = Mm(14)
        for cell, words in zip(row.cells, (one.title, one.signed or "____________________", one.name), strict=True):
            cell.text = words


def labelled(made: Any, label: str, words: str) -> Any:
    paragraph = made.add_paragraph()
    paragraph.add_run(f"{label} " if words else label).font.bold = True
    paragraph.add_run(words)
    return paragraph


def centred(made: Any, words: str) -> None:
    made.add_paragraph(clean(words)).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(made: Any, headings: list[str], rows: list[list[str]], *, widths: list[Any]) -> None:
    table = made.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    head = table.rows[0]
    for cell, heading in zip(head.cells, headings, strict=True):
        cell.paragraphs[0].add_run(heading).font.bold = True
    repeated = OxmlElement("w:tblHeader")  # the headings again on each page
    head._tr.get_or_add_trPr().append(repeated)
    for said in rows:
        row = table.add_row()
        row.height, row.height_rule = Mm(11), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, words in zip(row.cells, said, strict=True):
            cell.text = clean(words)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def begin(title: str, language: str) -> Any:
    """An A4 page in black Times, numbered at its foot."""
    made = docx.Document()
    about = made.core_properties
    about.author, about.comments, about.title, about.language = "", "", title, language
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(page, side, width)
    for style in made.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name in _SIZES:
            _plain(style, _SIZES[style.name])
    made.styles["Heading 1"].font.all_caps = True
    made.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.styles["Normal"].element.get_or_add_rPr().append(_language(language))
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(foot.add_run("1")._r)  # what stands there until the program has counted
    foot._p.append(field)
    return made


def _plain(style: Any, size: int) -> None:
    style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # a font of the theme would go before the one named
    fonts.set(qn("w:cs"), "Times New Roman")
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _language(code: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), code)
    return element


def as_bytes(made: Any) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
