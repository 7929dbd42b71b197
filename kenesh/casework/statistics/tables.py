"""The figures as one long table, a number in each row: what the spreadsheet, the CSV file and its HXL tags are made of.

HXL 1.1: https://hxlstandard.org/standard/1-1final/ (a row of hashtags with attributes stands below the headings).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from kenesh.casework.statistics.period import Period
from kenesh.casework.statistics.published import Published
from kenesh.casework.statistics.report import Line, Section
from kenesh.casework.statistics.words import COLUMNS, value_in_words
from kenesh.people.models import Organisation

# Columns of their own in the table; a figure that is divided by something else names it under "Divided by".
OWN = ("sex", "age", "citizenship", "country", "theme")
TAGS = (
    "#indicator+category", "#indicator+name", "#indicator+code", "#indicator+unit", "#population+sex", "#population+age",
    "#country+origin", "#country+destination", "#cause+theme", "#indicator+breakdown+type", "#indicator+breakdown+value",
    "#currency+code", "#indicator+value+num", "#date+start", "#date+end", "#org+name",
)  # fmt: skip
MARK_TAG = "#meta+restriction"
Cell = str | int | Decimal


@dataclass(frozen=True)
class Row:
    """One number. `by`: column → code of the value for which it stands. `of_office`: false for what all offices did together."""

    section: str
    line: Line
    number: int | Decimal | None
    by: dict[str, str] = field(default_factory=dict)
    of_office: bool = True


@dataclass(frozen=True)
class Table:
    """What is written: headings, hashtags, rows. `mark`: what an inside table says of itself, "" for one that may go out."""

    office: str
    period: Period
    mark: str
    headings: list[str]
    tags: list[str]
    rows: list[list[Cell]]


def mark() -> str:
    """Stands on every page and in the first row of whatever holds exact numbers."""
    return _("Internal. Not for publication.")


def office_name(office: Organisation) -> str:
    return str(office)


def exact(sections: list[Section], office: Organisation, period: Period, *, codes: bool) -> Table:
    """The office's own figures. `codes`: codes instead of words, for machines."""
    rows = [row for section in sections for line in section.lines for row in _rows(section.title, line)]
    return _table(rows, office, period, mark(), codes)


def outside(found: Published, advocacy: list[Line], office: Organisation, period: Period, *, codes: bool) -> Table:
    """Sums of published blocks, of all offices of the node, and what is public of the office's problems."""
    rows = []
    counted = published_line(found)
    title = _("Published counts of all offices")
    rows.append(Row(title, counted, counted.number, of_office=False))
    rows += [Row(title, counted, number, {"theme": theme}, of_office=False) for theme, number in found.themes.items()]
    rows += [
        Row(title, counted, number, {"citizenship": origin, "country": destination}, of_office=False)
        for (origin, destination), number in found.corridors.items()
    ]
    rows += [Row(_("Advocacy"), line, line.number) for line in advocacy]
    return _table(rows, office, period, "", codes)


def published_line(found: Published) -> Line:
    return Line("published", _("Persons in released matters"), _("persons"), found.persons)


def _rows(title: str, line: Line) -> Iterator[Row]:
    yield Row(title, line, line.number)
    for column in line.columns:
        for value in column.values:
            yield Row(title, line, value.number, {column.code: value.code})


def _table(rows: list[Row], office: Organisation, period: Period, marked: str, codes: bool) -> Table:
    headings = [
        _("Part"), _("Indicator"), _("Code"), _("Unit"), *(str(COLUMNS[column]) for column in OWN), _("Divided by"), _("Value"),
        _("Currency"), _("How many"), _("From"), _("Until"), _("Office"),
    ]  # fmt: skip
    name = office_name(office)
    cells = [[*_cells(row, period, codes), name if row.of_office else "", *([marked] if marked else [])] for row in rows]
    return Table(
        name, period, marked, [*headings, *([marked] if marked else [])], [*TAGS, *([MARK_TAG] if marked else [])], cells
    )


def _cells(row: Row, period: Period, codes: bool) -> Iterator[Cell]:
    line = row.line
    yield from (row.section, line.label, line.code, line.unit)
    for column in OWN:
        yield _value(column, row.by, codes)
    other = next((column for column in row.by if column not in OWN), "")
    yield (other if codes else str(COLUMNS[other])) if other else ""
    yield _value(other, row.by, codes) if other else ""
    yield line.currency
    yield "" if row.number is None else row.number
    yield from (period.start.isoformat(), period.end.isoformat())


def _value(column: str, by: dict[str, str], codes: bool) -> str:
    """Empty where the number stands for all; what is not known is told, so that it is not taken for all."""
    if column not in by:
        return ""
    return (by[column] or "unknown") if codes else value_in_words(column, by[column])
