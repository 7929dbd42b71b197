"""A table as a spreadsheet or as a CSV file, made in memory: nothing of it touches the disk."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from kenesh.casework.statistics.tables import Cell, Table
from kenesh.kernel.tables import no_formula


def as_csv(table: Table) -> bytes:
    """Headings, HXL tags, rows; UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([no_formula(heading) for heading in table.headings])
    writer.writerow(table.tags)
    for row in table.rows:
        writer.writerow([no_formula(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(table: Table) -> bytes:
    """The mark and what it is about above the headings; the mark on every printed page too."""
    made = io.BytesIO()
    # Without these, a text that begins with "=" or looks like an address would become a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(_("Statistics")[:31])
        bold, marked = book.add_format({"bold": True}), book.add_format({"bold": True, "font_color": "#a02c1e"})
        plain, sums = book.add_format({"num_format": "0"}), book.add_format({"num_format": "#,##0.00"})
        sheet.write_string(0, 0, table.mark or _("From published counts: may be passed on."), marked if table.mark else bold)
        sheet.write_string(1, 0, no_formula(f"{table.office}, {table.period.start:%d.%m.%Y}–{table.period.end:%d.%m.%Y}"))
        for number, heading in enumerate(table.headings):
            sheet.write_string(3, number, no_formula(heading), bold)
        lines: list[list[Cell]] = [list(table.tags), *table.rows]
        for line, row in enumerate(lines, 4):
            for number, cell in enumerate(row):
                _write(sheet, line, number, cell, sums if isinstance(cell, Decimal) else plain)
        sheet.freeze_panes(5, 2)
        sheet.autofilter(4, 0, 4 + len(table.rows), len(table.headings) - 1)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 48)
        sheet.set_column(2, len(table.headings) - 1, 18)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if table.mark:
            sheet.set_header(f"&C{table.mark}")
    return made.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, number: int, cell: Cell, form: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, number, no_formula(cell))
    else:
        sheet.write_number(line, number, float(cell) if isinstance(cell, Decimal) else cell, form)
