"""Tables of this room as CSV (RFC 4180, UTF-8) and as Excel files; those for other programs with HXL tags in the second line.

Those of the interface for programs are written in kernel/tables.py; these are opened by people, in Excel.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from django.http import HttpResponse

from kenesh.kernel.tables import XLSX, no_formula

Cell = str | int | None


@dataclass(frozen=True)
class Table:
    """`tags`: of the Humanitarian Exchange Language (HXL 1.1), one for each heading, or none at all."""

    headings: Sequence[str]
    tags: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def _heads(table: Table) -> list[Sequence[str]]:
    return [table.headings, table.tags] if table.tags else [table.headings]


def as_csv(table: Table) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(_heads(table))
    writer.writerows([no_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(table: Table, title: str) -> bytes:
    """One sheet of this name (31 characters at most), in memory; texts are never taken for formulas or links."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        heads = _heads(table)
        for number, head in enumerate(heads):
            sheet.write_row(number, 0, head, None if number else bold)
        for number, row in enumerate(table.rows, len(heads)):
            sheet.write_row(number, 0, row, wrapped)
        sheet.freeze_panes(len(heads), 0)
        sheet.set_column(0, len(table.headings) - 1, 22)
    return made.getvalue()


def csv_answer(data: bytes, name: str) -> HttpResponse:
    """As a file to keep."""
    return answer(data, "text/csv; charset=utf-8; header=present", f"{name}.csv")


def xlsx_answer(data: bytes, name: str) -> HttpResponse:
    """As a file to keep."""
    return answer(data, XLSX, f"{name}.xlsx")


def answer(data: bytes, kind: str, name: str) -> HttpResponse:
    """As a file to keep; the name has nothing in it that a person typed."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
