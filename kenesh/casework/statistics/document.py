"""The report for a donor as a Word file, made in memory: of published counts, or of exact ones with a mark on every page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import docx
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.shared import Pt, RGBColor

from kenesh.casework.statistics.job import Counted
from kenesh.casework.statistics.period import Period
from kenesh.casework.statistics.published import Published
from kenesh.casework.statistics.report import Line, Section
from kenesh.casework.statistics.tables import mark, office_name
from kenesh.casework.statistics.words import COLUMNS, value_in_words
from kenesh.people.models import Organisation
from kenesh.themes import dates

_RED = RGBColor(0xA0, 0x2C, 0x1E)


def why_internal() -> str:
    return _(
        "It holds exact numbers. Small ones, and the differences between two reports, can betray a person. "
        "For anybody outside the office, use the report from published counts."
    )


def internal(sections: list[Section], counted: Counted, office: Organisation) -> bytes:
    """Exact figures."""
    made = _begin(office, counted.period)
    head = made.sections[0].header.paragraphs[0]
    head.text = f"{mark()} {why_internal()}"
    head.runs[0].font.bold, head.runs[0].font.size, head.runs[0].font.color.rgb = True, Pt(9), _RED
    for section in sections:
        made.add_heading(section.title, 1)
        _table(
            made,
            [_("Indicator"), _("Unit"), _("How many")],
            [[line.label, unit(line), number(line.number)] for line in section.lines],
        )
        for line in section.lines:
            for column in line.columns:
                made.add_paragraph(f"{line.label}: {column.label}").paragraph_format.keep_with_next = True
                _table(made, [column.label, unit(line)], [[value.words, number(value.number)] for value in column.values])
    made.add_heading(_("How it was counted"), 1)
    for sentence in how_counted(counted):
        made.add_paragraph(sentence)
    return _bytes(made)


def from_blocks(found: Published, advocacy: list[Line], office: Organisation, period: Period) -> bytes:
    """Nothing but sums of published blocks, and public things."""
    made = _begin(office, period)
    made.add_paragraph(how_published())
    made.add_heading(_("Persons in released matters"), 1)
    if not found.blocks:
        made.add_paragraph(_("No count of this period is published yet."))
    else:
        _table(
            made,
            [_("Theme"), _("Persons")],
            [[value_in_words("theme", theme), str(many)] for theme, many in found.themes.items()],
        )
        made.add_paragraph()
        rows = [
            [value_in_words("origin", origin), value_in_words("country", destination), str(many)]
            for (origin, destination), many in found.corridors.items()
        ]
        _table(made, [str(COLUMNS["origin"]), str(COLUMNS["country"]), _("Persons")], rows)
        made.add_paragraph()
        _table(made, ["", _("Persons")], [[_("All together"), str(found.persons)]])
    made.add_heading(_("Advocacy"), 1)
    _table(made, [_("Indicator"), _("How many")], [[line.label, number(line.number)] for line in advocacy])
    return _bytes(made)


def how_published() -> str:
    return _(
        "These are counts of all offices of this node, released with each person's consent and published in blocks of at least five "
        "persons. Every number is a sum of such blocks. What is fewer than five waits until it is five, and is not shown. "
        "Blocks that reach beyond these days are left out."
    )


def how_counted(counted: Counted) -> list[str]:
    """What the reader of exact figures must know."""
    said = [
        _(
            "Contacts, persons, cases and matters are counted apart: one person may have several cases, one case several persons and matters."
        ),
        _("Sums of money count on their day, outcomes on theirs, whenever the case was opened. Currencies are never added up."),
        _("Cases that were destroyed or erased in the meantime are not in it: make the report before their day."),
    ]
    said.append(_("What the office counts by hand is in it for months whose first day lies in this time."))
    said.append(
        _(
            "What people say after closing is counted once five answers are together, in the month of counting. "
            "Nobody sees who said what, so it is not divided by sex, age or country."
        )
    )
    if counted.people_told_apart:
        said.append(_("Persons are taken for the same by passport, personal number, or phone and name."))
    else:
        said.append(_("There were too many persons to compare: somebody with two cases is counted twice."))
    if any(counted.left_out.values()):
        said.append(
            _("Not open to whoever counted, and left out of what needs opening: %(appeals)d appeals and %(cases)d cases.")
            % counted.left_out
        )
    said.append(_("For whom a restricted case waits stays sealed: it is counted under “We wait for others”."))
    # Donors ask for it; there is no data, and none is invented.
    said.append(_("Visits of a guide by language are not counted: there is no guide on this site."))
    return said


def unit(line: Line) -> str:
    return line.currency or line.unit


def number(value: int | Decimal | None) -> str:
    """Whole numbers plain, others with two decimals at most, thousands apart; a dash for what cannot be computed."""
    if value is None:
        return "–"
    whole, _point, rest = f"{value:.2f}".partition(".")
    decimals = rest.rstrip("0")
    spaced = f"{int(whole):,}".replace(",", "\u00a0") if len(whole) > 4 else whole
    return f"{spaced}.{decimals}" if decimals else spaced


def _begin(office: Organisation, period: Period) -> Any:
    language = get_language() or "ru"
    made = docx.Document()
    about = made.core_properties
    about.author, about.comments, about.title = "", "", _("Statistics")
    made.add_heading(office_name(office), 0)
    made.add_paragraph(_("Statistics") + f": {dates.day(period.start, language)} – {dates.day(period.end, language)}")
    return made


def _table(made: Any, headings: list[str], rows: Iterable[list[str]]) -> None:
    table = made.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _bytes(made: Any) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
