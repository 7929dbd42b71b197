"""What followup has to tell a donor of a project: recommendations, and what came of them. Only what is published."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kenesh.council.models import Decision, ProjectDocument, ProjectMeeting
from kenesh.followup.models import Recommendation, RecommendationSource
from kenesh.followup.queries.lists import lines_of
from kenesh.people.models import Project
from kenesh.people.reports import Section


def told_of_project(project: Project) -> list[Section]:
    """Published recommendations that come from the project's own decisions and documents, in the active language."""
    meetings = ProjectMeeting.objects.filter(project=project)
    has_meetings = meetings.exists()
    said = [
        [
            str(line.recommendation.text),
            "; ".join(str(one.addressee.organisation) for one in line.addressees),
            line.words,
        ]
        for line in lines_of(_claimed(project, meetings if has_meetings else None), public=True)
    ]
    if not said:
        return []
    how = (
        _("They come from decisions of the meetings above and from the documents of the project.")
        if has_meetings
        else _(
            "No meeting is linked to the project: they come from decisions that its bodies took in its period, and from its documents."
        )
    )
    return [Section(_("Recommendations"), [how], [_("Text"), _("Who should act"), _("What came of it")], said)]


def _claimed(project: Project, meetings: QuerySet[ProjectMeeting] | None) -> QuerySet[Recommendation]:
    """Once somebody has linked meetings, these alone say what was decided in the project: a body may work for several donors at once.

    A document such as the observations of a committee is followed up by many: only by the project's own bodies it counts.
    """
    if meetings is not None:
        decisions = Decision.objects.filter(meeting__in=meetings.values("meeting"))
    else:
        period = (project.since, project.until)
        decisions = Decision.objects.filter(meeting__body__in=project.bodies.all(), adopted_on__range=period)
    documents = ProjectDocument.objects.filter(project=project).values("document")
    named = RecommendationSource.objects.filter(recommendation=OuterRef("pk"))
    decided = Q(decision__in=decisions) | Exists(named.filter(decision__in=decisions))
    read = Q(document__in=documents) | Exists(named.filter(document__in=documents))
    own = Q(body__in=project.bodies.all())
    return Recommendation.objects.filter(decided | (read & own), is_public=True).order_by("id")
