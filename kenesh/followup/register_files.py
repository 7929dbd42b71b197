"""The register of a body's letters as a table."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kenesh.followup.models import Letter
from kenesh.followup.tables import Table
from kenesh.kernel.tables import no_formula


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
        letter.organisation,
        letter.addressee.recommendation.code,
        letter.due_by_law.isoformat() if letter.due_by_law else "",
        str(letter.response.grade.label) if letter.response else "",
    ]


def as_table(letters: Iterable[Letter]) -> Table:
    """For people: without tags, and what a spreadsheet might run is quoted in both kinds of files."""
    return Table(headings(), (), [[no_formula(cell) for cell in row_of(letter)] for letter in letters])
