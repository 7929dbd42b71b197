"""Documents and meetings of a project."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.forms.projects import ProjectDocumentsForm, ProjectMeetingsForm
from kenesh.council.queries.projects import documents_of_project, offered_meetings
from kenesh.council.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.queries.projects import project_to_keep


@requires(Permission.KEEP_PROJECT_DOCUMENTS)
def documents(request: HttpRequest, code: str) -> HttpResponse:
    """Which documents of the library belong to the project."""
    project = project_to_keep(person_of(request), code)
    now = "\n".join(document.code for document in documents_of_project(project))
    form = ProjectDocumentsForm(request.POST or None, initial={"documents": now})
    if request.method == "POST" and form.is_valid():
        actions.set_project_documents(project=project, documents=form.cleaned_data["documents"], by=person_of(request))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("people_work:project", args=[code]))
    return render(request, "council/work_project_documents.html", {"form": form, "project": project})


@requires(Permission.KEEP_PROJECT_DOCUMENTS)
def meetings(request: HttpRequest, code: str) -> HttpResponse:
    """Which meetings belong to the project: the report to the donor counts these and no others."""
    user = person_of(request)
    project = project_to_keep(user, code)
    offered = offered_meetings(project, user)
    form = ProjectMeetingsForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        actions.set_project_meetings(
            project=project, meetings=form.chosen(), among=[*offered.linked, *offered.suggested], by=user
        )
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("people_work:project", args=[code]))
    context = {"form": form, "project": project, "offered": offered}
    return render(request, "council/work_project_meetings.html", context)
