"""Projects and the report to the donor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kenesh.kernel.access import requires
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions, reports
from kenesh.people.forms.projects import EditProjectForm, NewProjectForm, initial_of_project
from kenesh.people.middleware import person_of
from kenesh.people.queries.projects import bodies_for_projects, project_to_keep, projects_kept_by
from kenesh.people.rules import Permission
from kenesh.people.views.organisations import changed_meanwhile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@requires(Permission.KEEP_PROJECTS)
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Projects that one keeps, newest first."""
    page = projects_kept_by(person_of(request), after=request.GET.get("after", ""))
    return render(request, "people/projects.html", {"page": page})


@requires(Permission.KEEP_PROJECTS)
def new_project(request: HttpRequest) -> HttpResponse:
    """A project is entered."""
    form = NewProjectForm(request.POST or None, bodies=bodies_for_projects(person_of(request)))
    if request.method == "POST" and form.is_valid():
        made = actions.add_project(code=form.cleaned_data["key"], facts=form.facts(), **form.parts(), by=person_of(request))
        messages.success(request, _("The project is entered."))
        return HttpResponseRedirect(reverse("people_work:project", args=[made.code]))
    return render(request, "people/project_form.html", {"form": form, "project": None})


@requires(Permission.KEEP_PROJECTS)
def edit_project(request: HttpRequest, code: str) -> HttpResponse:
    """Its facts, its bodies and centres."""
    found = project_to_keep(person_of(request), code)
    data = request.POST.copy()
    form = EditProjectForm(
        data or None,
        initial=initial_of_project(found),
        bodies=bodies_for_projects(person_of(request)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_project(
                project=found,
                facts=form.facts(),
                **form.parts(found),
                seen=form.cleaned_data["seen"],
                by=person_of(request),
            )
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(project_to_keep(person_of(request), code))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("people_work:project", args=[code]))
    return render(request, "people/project_form.html", {"form": form, "project": found})


@requires(Permission.KEEP_PROJECTS)
@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """What was done in a project: the page of the report."""
    found = project_to_keep(person_of(request), code)
    facts = reports.facts_of(found, get_language() or "en")
    context = {"project": found, "facts": facts, "sections": reports.sections_of(found)}
    return render(request, "people/project.html", context)


@requires(Permission.KEEP_PROJECTS)
@require_safe
def project_word(request: HttpRequest, code: str) -> HttpResponse:
    """The report as a Word file, in the language of the page."""
    found = project_to_keep(person_of(request), code)
    answer = HttpResponse(reports.as_word(found, language=get_language() or "en"), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="report-{code}.docx"'
    return answer
