"""Tables of the public interface as files: CSV (RFC 4180, UTF-8) and Excel, with HXL tags in the second line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

import xlsxwriter
from django.http import HttpResponse

Cell = str | int | float | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 50_000
# A file that says when it was made would be another one each time: nobody could tell that nothing has changed.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # the library wants a moment without a zone


class Form(StrEnum):
    """How a table is written."""

    CSV = "csv"
    XLSX = "xlsx"


TABLE_ANSWERS = {
    "responses": {
        200: {"content": {"text/csv": {"schema": {"type": "string"}}, XLSX: {"schema": {"type": "string", "format": "binary"}}}}
    }
}


def no_formula(text: str) -> str:
    """Text that a spreadsheet will not run: OWASP, "CSV Injection"."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def as_file(form: Form, name: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """`columns`: heading and HXL tag of each (hxlstandard.org, 1.1)."""
    lines = [[heading for heading, _tag in columns], [tag for _heading, tag in columns]]
    cells = [[no_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    content, kind = (
        (_csv(lines, cells), "text/csv; charset=utf-8; header=present") if form is Form.CSV else (_xlsx(lines, cells), XLSX)
    )
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.value}"'
    return response


def _csv(lines: list[list[str]], cells: list[list[Cell]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerows(lines)
    table.writerows([cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in cells)
    return text.getvalue().encode()


def _xlsx(lines: list[list[str]], cells: list[list[Cell]]) -> bytes:
    made = io.BytesIO()
    # Without these, a text that looks like an address or a formula would become one.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        everything: list[Sequence[Cell]] = [*lines, *cells]
        for line, row in enumerate(everything):
            for number, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, number, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001  # a day
                elif isinstance(cell, (int, float)):
                    sheet.write_number(line, number, cell)
                elif cell:
                    sheet.write_string(line, number, cell, bold if line == 0 else None)
        sheet.freeze_panes(2, 0)
    return made.getvalue()
