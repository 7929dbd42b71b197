"""What followup has to tell a donor of a project: recommendations, and what came of them. Only what is published."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from kenesh.followup.models import Recommendation
from kenesh.followup.queries.lists import lines_of
from kenesh.people.models import Project
from kenesh.people.reports import Section


def told_of_project(project: Project) -> list[Section]:
    """Published recommendations of its bodies that were made within its period, in the active language."""
    period = (project.since, project.until)
    made = Q(decision__adopted_on__range=period) | Q(decision__isnull=True, created_at__date__range=period)
    rows = Recommendation.objects.filter(made, is_public=True, body__in=project.bodies.all()).order_by("id")
    said = [
        [
            str(line.recommendation.text),
            "; ".join(str(one.addressee.organisation) for one in line.addressees),
            line.words,
        ]
        for line in lines_of(rows, public=True)
    ]
    return [Section(_("Recommendations"), [], [_("Text"), _("Who should act"), _("What came of it")], said)] if said else []
