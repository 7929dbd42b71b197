"""Documents and meetings of a project."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kenesh.council.models import Meeting, ProjectDocument, ProjectMeeting
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import Project, User


def set_project_documents(*, project: Project, documents: list[Document], by: User) -> None:
    """These and no others belong to the project."""
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        now = set(ProjectDocument.objects.filter(project=project).values_list("document_id", flat=True))
        wanted = {document.pk for document in documents}
        if wanted == now:
            return
        ProjectDocument.objects.filter(project=project, document_id__in=now - wanted).delete()
        ProjectDocument.objects.bulk_create(ProjectDocument(project=project, document_id=pk) for pk in sorted(wanted - now))
        trail.record(verb="set_project_documents", target=f"project:{project.code}", by=by)


def set_project_meetings(*, project: Project, meetings: Iterable[Meeting], among: Iterable[Meeting], by: User) -> None:
    """Of `among`, which whoever acts was shown, these and no others belong to the project; what she was not shown stays."""
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        shown = {meeting.pk for meeting in among}
        wanted = {meeting.pk for meeting in meetings}
        now = set(ProjectMeeting.objects.filter(project=project).values_list("meeting_id", flat=True))
        gone, new = (now & shown) - wanted, wanted - now
        if not gone and not new:
            return
        ProjectMeeting.objects.filter(project=project, meeting_id__in=gone).delete()
        ProjectMeeting.objects.bulk_create(ProjectMeeting(project=project, meeting_id=pk) for pk in sorted(new))
        trail.record(verb="set_project_meetings", target=f"project:{project.code}", by=by)
