"""The travel list of a meeting as an Excel file, made in memory: who came, from where, when, and who signed for it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.council.models import Meeting
from kenesh.council.papers.wording import clean
from kenesh.council.queries.invitations import Journey
from kenesh.themes.countries import country_name

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = 3  # the row of headings, from 0


def as_xlsx(meeting: Meeting, journeys: Iterable[Journey], *, when: str) -> bytes:
    """One line for each person, in the active language. Text is written as text: nothing in it becomes a formula or a link."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(_("Travel list")[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        date = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, clean(f"{meeting.body}: {meeting.title}"), book.add_format({"bold": True}))
        sheet.write_string(1, 0, when)
        headings = (
            _("No."), _("Name"), _("Country"), _("From where"), _("Arrives"), _("Leaves"), _("Ticket"), _("Visa letter"),
            _("Was there on"), _("Signed on"), _("Signature"),
        )  # fmt: skip
        for column, heading in enumerate(headings):
            sheet.write_string(_HEAD, column, heading, bold)
        for number, one in enumerate(journeys, 1):
            for column, cell in enumerate(_cells(number, one)):
                _write(sheet, _HEAD + number, column, cell, date if column in (4, 5, 9) else plain)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 3, 28)
        sheet.set_column(4, 10, 13)
        sheet.freeze_panes(_HEAD + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
    return made.getvalue()


def _cells(number: int, one: Journey) -> tuple[Any, ...]:
    answer = one.answer
    country = country_name(one.country, get_language() or "en") if one.country else ""
    yes = _("Yes")
    return (
        number, one.name, country, answer.arrives_from, answer.arrives_on, answer.leaves_on,
        yes if answer.needs_ticket else "", yes if answer.needs_visa_letter else "",
        ", ".join(f"{day:%d.%m.%Y}" for day in one.days), one.invitation.travel_signed_on, "",
    )  # fmt: skip


def _write(sheet: Any, row: int, column: int, cell: Any, style: Any) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, clean(cell), style)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_datetime(row, column, cell, style)
