"""What the council has to tell a donor of a project: meetings, decisions, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kenesh.council.models import Attendance, Decision, Meeting, ProjectDocument, ProjectMeeting
from kenesh.council.queries.meetings import meetings_of
from kenesh.library.models import Document
from kenesh.people.models import Project, User
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
    """Meetings that were linked to it and are over, in order, each with `came`: how many came."""
    came = Count("attendances", filter=Q(attendances__mode__in=[Attendance.Mode.PRESENT, Attendance.Mode.REMOTE]))
    rows = Meeting.objects.filter(project_rows__project=project, status=Meeting.Status.CLOSED).annotate(came=came)
    return list(rows.select_related("body").order_by("starts_at", "id"))


@dataclass(frozen=True)
class Offered:
    """What the page of a project's meetings shows to who keeps it. `others`: the other projects that each is linked to, by the id
    of the meeting; `unseen`: how many linked ones this account may not read."""

    linked: list[Meeting]
    suggested: list[Meeting]
    others: dict[int, list[Project]]
    unseen: int


def offered_meetings(project: Project, user: User) -> Offered:
    """What is linked, and what the bodies and the period suggest beside it; of both what this account may read."""
    seen = Meeting.objects.filter(Q(is_public=True) | Q(pk__in=meetings_of(user).values("pk")))
    seen = seen.select_related("body").order_by("starts_at", "id")
    links = ProjectMeeting.objects.filter(project=project)
    linked = list(seen.filter(pk__in=links.values("meeting")))
    suggested = [one for one in seen.filter(_within(project)).exclude(pk__in=links.values("meeting")) if _in_period(one, project)]
    others: dict[int, list[Project]] = {}
    shown = [meeting.pk for meeting in (*linked, *suggested)]
    for row in ProjectMeeting.objects.filter(meeting__in=shown).exclude(project=project).select_related("project").order_by("id"):
        others.setdefault(row.meeting_id, []).append(row.project)
    return Offered(linked, suggested, others, links.count() - len(linked))


def _within(project: Project) -> Q:
    """Meetings of its bodies that may lie within its period, whatever the clock of their rooms."""
    begin = datetime.combine(project.since, time(), UTC) - timedelta(days=1)
    end = datetime.combine(project.until, time(), UTC) + timedelta(days=2)
    return Q(body__in=project.bodies.all(), starts_at__range=(begin, end), called_off_at=None)


def _in_period(meeting: Meeting, project: Project) -> bool:
    """By the calendar of the room."""
    return project.since <= meeting.day <= project.until


def _decisions(project: Project) -> Section:
    rows = (
        Decision.objects.filter(is_public=True, meeting__project_rows__project=project)
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
