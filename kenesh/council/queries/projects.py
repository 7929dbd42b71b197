"""What the council has to tell a donor of a project: meetings, decisions, documents."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kenesh.council.models import Attendance, Decision, Meeting, ProjectDocument
from kenesh.library.models import Document
from kenesh.people.models import Project
from kenesh.people.reports import Section
from kenesh.themes import dates


def documents_of_project(project: Project) -> QuerySet[Document]:
    """In the order in which they were added."""
    links = ProjectDocument.objects.filter(project=project)
    return Document.objects.light().filter(pk__in=links.values("document_id")).order_by("id")


def told_of_project(project: Project) -> list[Section]:
    """Sections of the report, in the active language; without what a project has none of."""
    told = [_meetings(project), _decisions(project), _documents(project)]
    return [section for section in told if section.rows or section.sentences]


def _meetings(project: Project) -> Section:
    meetings = meetings_of_project(project)
    shown = [meeting for meeting in meetings if meeting.is_public]
    language = get_language() or "en"
    rows = [
        [str(meeting.title), dates.day(meeting.day, language), str(meeting.body), str(meeting.came)]  # type: ignore[attr-defined]
        for meeting in shown
    ]
    hidden = len(meetings) - len(shown)
    others = ngettext("%(number)s more meeting is not public.", "%(number)s more meetings are not public.", hidden)
    sentences = [others % {"number": hidden}] if hidden else []
    return Section(_("Meetings"), sentences, [_("Meeting"), _("Day"), _("Body"), _("Participants")], rows)


def meetings_of_project(project: Project) -> list[Meeting]:
    """Closed meetings of its bodies, held within its period by the calendar of their rooms, each with `came`: how many came."""
    begin = datetime.combine(project.since, time(), UTC) - timedelta(days=1)
    end = datetime.combine(project.until, time(), UTC) + timedelta(days=2)
    came = Count("attendances", filter=Q(attendances__mode__in=[Attendance.Mode.PRESENT, Attendance.Mode.REMOTE]))
    rows = (
        Meeting.objects.filter(body__in=project.bodies.all(), starts_at__range=(begin, end), status=Meeting.Status.CLOSED)
        .annotate(came=came)
        .select_related("body")
        .order_by("starts_at", "id")
    )
    return [meeting for meeting in rows if project.since <= meeting.day <= project.until]


def _decisions(project: Project) -> Section:
    rows = (
        Decision.objects.filter(
            is_public=True,
            meeting__body__in=project.bodies.all(),
            adopted_on__range=(project.since, project.until),
        )
        .select_related("meeting__body")
        .order_by("adopted_on", "id")
    )
    language = get_language() or "en"
    said = [
        [str(row.text), str(row.get_kind_display()), dates.day(row.adopted_on, language), str(row.meeting.body)] for row in rows
    ]
    return Section(_("Decisions"), [], [_("Text"), _("Kind"), _("Day"), _("Body")], said)


def _documents(project: Project) -> Section:
    said = [[str(document), document.code] for document in documents_of_project(project)]
    return Section(_("Documents"), [], [_("Title"), _("Code in the library")], said)
