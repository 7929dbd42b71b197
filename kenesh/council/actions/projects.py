"""Documents of a project."""

from __future__ import annotations

from django.db import transaction

from kenesh.council.models import ProjectDocument
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
