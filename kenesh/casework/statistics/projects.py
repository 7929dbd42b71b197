"""What the centres of a project may tell its donor: sums of whole published blocks, and what became public of their problems."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kenesh.casework.statistics.advocacy import advocacy_of
from kenesh.casework.statistics.document import how_published
from kenesh.casework.statistics.period import Period
from kenesh.casework.statistics.published import Published, published
from kenesh.casework.statistics.report import advocacy_lines
from kenesh.casework.statistics.words import COLUMNS, value_in_words
from kenesh.people.models import Organisation, Project
from kenesh.people.reports import Section


def told_of_project(project: Project) -> list[Section]:
    """Sections of the report, in the active language; none for a project without an office that takes appeals.

    People are counted for all offices of the node together: who turned to which of them is not published, so no number of one
    centre is told.
    """
    centres = list(project.centres.filter(takes_appeals=True).order_by("id"))
    if not centres:
        return []
    period = Period(project.since, project.until)
    found = published(period)
    return [*_people(found), _advocacy(centres, period)]


def _people(found: Published) -> list[Section]:
    title = _("People who were helped")
    if not found.blocks:
        return [Section(title, [how_published(), _("No count of this period is published yet.")])]
    together = _("All together: %(number)s persons.") % {"number": found.persons}
    themes = [[value_in_words("theme", theme), str(many)] for theme, many in found.themes.items()]
    corridors = [
        [value_in_words("origin", origin), value_in_words("country", destination), str(many)]
        for (origin, destination), many in found.corridors.items()
    ]
    return [
        Section(title, [how_published(), together], [_("Theme"), _("Persons")], themes),
        Section(_("Where they come from and where they work"), [], [str(COLUMNS["origin"]), str(COLUMNS["country"]), _("Persons")], corridors),
    ]  # fmt: skip


def _advocacy(centres: list[Organisation], period: Period) -> Section:
    told = [advocacy_lines(advocacy_of(centre, period)) for centre in centres]
    rows = [[line.label, *(str(lines[place].number) for lines in told)] for place, line in enumerate(told[0])]
    return Section(_("What came of the problems that the centres raised"), [], [_("Indicator"), *map(str, centres)], rows)
