"""The register of a body's letters as a spreadsheet or a CSV file, made in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from kenesh.followup.models import Letter

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def _no_formula(text: str) -> str:
    """Text that a spreadsheet will not run: OWASP, "CSV Injection"."""
    return f"'{text}" if text.startswith(_RUNS) else text


def headings() -> list[str]:
    return [
        _("Way"),
        _("Date"),
        _("Outgoing number"),
        _("Incoming number"),
        _("Organisation"),
        _("Recommendation"),
        _("Due by law"),
        _("What came"),
    ]


def row_of(letter: Letter) -> list[str]:
    """The cells of one letter; dates as ISO 8601."""
    return [
        str(letter.get_direction_display()),
        letter.sent_on.isoformat(),
        letter.outgoing_number,
        letter.incoming_number,
        str(letter.addressee.organisation),
        letter.addressee.recommendation.code,
        letter.due_by_law.isoformat() if letter.due_by_law else "",
        str(letter.response.get_kind_display()) if letter.response else "",
    ]


def as_csv(letters: Iterable[Letter]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings())
    writer.writerows([_no_formula(cell) for cell in row_of(letter)] for letter in letters)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(letters: Iterable[Letter]) -> bytes:
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, heading in enumerate(headings()):
            sheet.write_string(0, number, heading, bold)
        for line, letter in enumerate(letters, 1):
            for number, cell in enumerate(row_of(letter)):
                sheet.write_string(line, number, _no_formula(cell))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 7, 20)
    return made.getvalue()
