"""Organisations of the node, for its administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kenesh.kernel.access import requires
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions, queries
from kenesh.people.forms.organisations import (
    EditOrganisationForm,
    EndLabelForm,
    LabelForm,
    NewOrganisationForm,
    OrganisationFilter,
    TakeOverForm,
    initial_of,
)
from kenesh.people.middleware import person_of
from kenesh.people.models import Organisation
from kenesh.people.rules import Permission


@requires(Permission.FILL_NODE)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, newest first."""
    form = OrganisationFilter(request.GET)
    if not form.is_valid():
        raise Http404
    page = queries.organisations_of_the_node(**form.cleaned_data, after=request.GET.get("after", ""))
    holders = queries.key_holders_counted(page.rows)
    lines = [{"organisation": row, "holders": holders.get(row.pk)} for row in page.rows]
    return render(request, "people/organisations.html", {"page": page, "lines": lines, "filter": form})


@requires(Permission.FILL_NODE)
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_organisation(code=form.cleaned_data["key"], facts=form.facts(), by=person_of(request))
        messages.success(request, _("The organisation is entered."))
        return _to(made)
    return render(request, "people/organisation_form.html", {"form": form, "organisation": None})


def _to(organisation: Organisation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people_work:organisation", args=[organisation.code]))


@requires(Permission.FILL_NODE)
def edit_organisation(request: HttpRequest, code: str) -> HttpResponse:
    organisation = queries.organisation_for_admin(code)
    data = request.POST.copy()
    form = EditOrganisationForm(data or None, initial=initial_of(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_organisation(
                organisation=organisation, facts=form.facts(), seen=form.cleaned_data["seen"], by=person_of(request)
            )
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            # The next sending is meant for what is there now.
            data["seen"] = stamp_of(queries.organisation_for_admin(code))
        else:
            messages.success(request, _("Saved."))
            return _to(organisation)
    return render(request, "people/organisation_form.html", {"form": form, "organisation": organisation})


def changed_meanwhile() -> str:
    """In words, that somebody else saved first."""
    return _("Somebody else changed this meanwhile. Open its page in another window, and put both together here.")


@requires(Permission.FILL_NODE)
@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation with its successors, its accounts' number and the state of its key."""
    return _detail(request, queries.organisation_for_admin(code))


def _detail(
    request: HttpRequest, organisation: Organisation, form: TakeOverForm | None = None, label_form: LabelForm | None = None
) -> HttpResponse:
    holders = queries.key_holders_counted([organisation])
    context = {
        "organisation": organisation,
        "holders": holders.get(organisation.pk),
        "besides": queries.names_besides(organisation),
        "successions": list(organisation.successions.select_related("successor").order_by("on", "pk")),
        "inheritances": list(organisation.inheritances.select_related("predecessor").order_by("on", "pk")),
        "take_over_form": form or TakeOverForm(predecessor=organisation),
        "label_form": label_form or LabelForm(),
        "form": form or label_form,
    }
    return render(request, "people/organisation.html", context)


@requires(Permission.FILL_NODE)
@require_POST
def add_label(request: HttpRequest, code: str) -> HttpResponse:
    """A law makes it carry a label."""
    organisation = queries.organisation_for_admin(code)
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _detail(request, organisation, label_form=form)
    actions.add_label(organisation=organisation, label=form.label(), by=person_of(request))
    messages.success(request, _("Saved. The label is printed beside the name from its first day on."))
    return _to(organisation)


@requires(Permission.FILL_NODE)
@require_POST
def end_label(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The last day of a label."""
    organisation = queries.organisation_for_admin(code)
    form = EndLabelForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["until"][0]))
        return _to(organisation)
    try:
        actions.end_label(organisation=organisation, key=key, until=form.cleaned_data["until"], by=person_of(request))
    except actions.TooEarly:
        messages.error(request, _("This day lies before the first day of the label."))
    else:
        messages.success(request, _("Saved."))
    return _to(organisation)


@requires(Permission.FILL_NODE)
@require_POST
def drop_label(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A label that was entered by mistake."""
    organisation = queries.organisation_for_admin(code)
    actions.drop_label(organisation=organisation, key=key, by=person_of(request))
    messages.success(request, _("The label is taken away."))
    return _to(organisation)


@requires(Permission.FILL_NODE)
@require_POST
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """It was taken over by another organisation on a day."""
    predecessor = queries.organisation_for_admin(code)
    form = TakeOverForm(request.POST, predecessor=predecessor)
    if not form.is_valid():
        return _detail(request, predecessor, form)
    data = form.cleaned_data
    try:
        actions.take_over(predecessor=predecessor, successor=data["successor"], on=data["on"], by=person_of(request))
    except actions.InACircle:
        form.add_error("successor", _("This organisation was itself taken over by the one on this page."))
        return _detail(request, predecessor, form)
    messages.success(request, _("Saved."))
    return _to(predecessor)


@requires(Permission.FILL_NODE)
@require_POST
def undo_take_over(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A successor that was entered by mistake."""
    predecessor = queries.organisation_for_admin(code)
    succession = predecessor.successions.select_related("predecessor", "successor").filter(pk=pk).first()
    if succession is not None:
        actions.undo_take_over(succession=succession, by=person_of(request))
    messages.success(request, _("The successor is taken away."))
    return _to(predecessor)
