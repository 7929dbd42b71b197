"""Tables of this room as CSV (RFC 4180, UTF-8) and as Excel files, with HXL tags in the second line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | None


@dataclass(frozen=True)
class Table:
    """`tags`: of the Humanitarian Exchange Language (HXL 1.1), one for each heading."""

    headings: Sequence[str]
    tags: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def no_formula(cell: Cell) -> Cell:
    """Text that a spreadsheet will not run (OWASP, "CSV Injection"); numbers as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell


def as_csv(table: Table) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerow(table.tags)
    writer.writerows([no_formula(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(table: Table, title: str) -> bytes:
    """One sheet of this name (31 characters at most), in memory; texts are never taken for formulas or links."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, table.headings, bold)
        sheet.write_row(1, 0, table.tags)
        for number, row in enumerate(table.rows, 2):
            sheet.write_row(number, 0, row, wrapped)
        sheet.freeze_panes(2, 0)
        sheet.set_column(0, len(table.headings) - 1, 22)
    return made.getvalue()


def csv_answer(data: bytes, name: str) -> HttpResponse:
    """As a file to keep."""
    return _answer(data, "text/csv; charset=utf-8; header=present", f"{name}.csv")


def xlsx_answer(data: bytes, name: str) -> HttpResponse:
    """As a file to keep."""
    return _answer(data, XLSX, f"{name}.xlsx")


def _answer(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
