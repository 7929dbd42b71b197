"""The Word templates of an office: the list, an upload that is looked through, our samples to start from."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.casework import actions
from kenesh.casework.forms import TemplateForm
from kenesh.casework.letters import fields, sources
from kenesh.casework.letters.sandbox import TemplateRefused
from kenesh.casework.models import LetterKind, LetterTemplate
from kenesh.casework.rules import Permission
from kenesh.casework.views.letters import source_or_404, word_file
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import Organisation, Role
from kenesh.people.rules import organisations_as


def _office(request: HttpRequest, code: str) -> Organisation:
    """An office in which this account does casework. Raises Http404."""
    offices = organisations_as(person_of(request), Role.CASEWORKER)
    office = Organisation.objects.filter(code=code, pk__in=offices).first()
    if office is None:
        raise Http404
    return office


@requires(Permission.WORK_ON_CASES)
def letter_templates(request: HttpRequest, code: str) -> HttpResponse:
    """Templates of the office, ours, and the fields that a template may name."""
    office = _office(request, code)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _uploaded(request, office, form):
        return HttpResponseRedirect(reverse("casework_work:letter_templates", args=[office.code]))
    context = {
        "office": office,
        "form": form,
        "own": sources.sources_of(office),
        "samples": [(ref, LetterKind(kind).label, language) for ref, kind, language in sources.samples()],
        "known": [*fields.KNOWN.values()],
        "lists": fields.LISTS.items(),
    }
    return render(request, "casework/letters_templates.html", context, status=422 if form.errors else 200)


def _uploaded(request: HttpRequest, office: Organisation, form: TemplateForm) -> bool:
    """Whether the template is kept; otherwise the form says what is wrong with it."""
    data = form.cleaned_data
    try:
        row = actions.keep_template(
            office=office,
            kind=data["kind"],
            language=data["language"],
            name=data["name"],
            data=data["file"],
            by=person_of(request),
        )
    except TemplateRefused as refused:
        form.add_error("file", str(refused))
        return False
    except actions.UnknownFields as unknown:
        names = ", ".join(unknown.names[:10])
        form.add_error(
            "file",
            _("The template names fields that we do not know: %(names)s. Below is the list of those we know.") % {"names": names},
        )
        return False
    messages.success(request, _("The template can be used. It is version %(number)s.") % {"number": row.version})
    return True


@requires(Permission.WORK_ON_CASES)
def template_file(request: HttpRequest, code: str, ref: str) -> HttpResponseBase:
    """A template as it was uploaded, or a sample of ours to start from."""
    found = source_or_404(sources.source(_office(request, code), ref))
    return word_file(found.data, f"{found.name}.docx")


@requires(Permission.WORK_ON_CASES)
@require_POST
def retire_template(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """Takes a template out of the list."""
    template = LetterTemplate.objects.filter(office=_office(request, code), code=ref).select_related("office").first()
    if template is None:
        raise Http404
    actions.retire_template(template=template, by=person_of(request))
    messages.success(request, _("The template is out of the list. Letters that were written from it stay."))
    return HttpResponseRedirect(reverse("casework_work:letter_templates", args=[code]))
