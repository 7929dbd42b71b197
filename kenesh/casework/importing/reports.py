"""The report of every row as a file, made in memory. What a spreadsheet would compute becomes plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.casework.importing.checking import decided
from kenesh.casework.importing.opened import OpenRegister
from kenesh.casework.importing.words import WARNINGS

BECOMES: dict[str, str | Promise] = {
    "case": gettext_lazy("a case"),
    "person": gettext_lazy("one more person of a case"),
    "link": gettext_lazy("a note in a case that is there already"),
    "skip": gettext_lazy("left out: double"),
    "past": gettext_lazy("left out: its time of keeping is over"),
    "empty": gettext_lazy("left out: nothing stands there"),
}
BACK: dict[str, str | Promise] = {
    "gone": gettext_lazy("taken back"),
    "kept": gettext_lazy("stays: somebody has worked on it since"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def said_of(told: dict[str, Any], register: OpenRegister) -> dict[str, Any]:
    """A line of the report for people. `code`: of the case; `other`: of the case, or the number of the row, that seems the same."""
    done = told.get("done") or decided(told, register.body["options"], register.body.get("rows_decided", {}))
    quoted = told.get("quoted", {})
    words = [_with_values(str(WARNINGS[warning]), quoted.get(warning, [])) for warning in told["warnings"]]
    return {
        "row": told["row"],
        "name": told["name"],
        "what": done,
        "becomes": BECOMES[done],
        "back": BACK.get(told.get("back", ""), ""),
        "code": told.get("case", ""),
        "same_case": told.get("same_case", {}).get("code", ""),
        "same_row": told.get("same_row", ""),
        "warnings": words,
        "choice": register.body.get("rows_decided", {}).get(str(told["row"]), ""),
    }


def _with_values(warning: str, values: list[str]) -> str:
    """A warning, and what stood in the cells that it is about."""
    return f"{warning}: {', '.join(f'“{value}”' for value in values)}" if values else warning


def _lines(register: OpenRegister) -> Iterator[list[str]]:
    yield [_("Row"), _("Person"), _("What it becomes"), _("Case"), _("Taken back"), _("Seems the same as"), _("Please look at")]
    for told in register.report():
        said = said_of(told, register)
        same = said["same_case"] or (_("row %(row)s") % {"row": said["same_row"]} if said["same_row"] else "")
        words = "; ".join(map(str, said["warnings"]))
        yield [str(said["row"]), said["name"], str(said["becomes"]), said["code"], str(said["back"]), same, words]


def as_csv(register: OpenRegister) -> bytes:
    """UTF-8 with a mark, so that Excel reads it; a cell that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_plain(cell) for cell in line] for line in _lines(register))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_xlsx(register: OpenRegister) -> bytes:
    """Every cell is a text; nothing is written to the disk."""
    return _workbook(_lines(register))


def _workbook(lines: Iterable[list[str]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell, bold if number == 0 else None)
        sheet.set_column(0, 0, 7)
        sheet.set_column(1, 2, 28)
        sheet.set_column(3, 5, 16)
        sheet.set_column(6, 6, 70)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
