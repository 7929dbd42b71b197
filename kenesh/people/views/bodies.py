"""Bodies, their seats, and persons, for the administrator of the node."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kenesh.kernel.access import requires
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions, queries
from kenesh.people.forms import bodies as forms
from kenesh.people.middleware import person_of
from kenesh.people.models import Body, Membership
from kenesh.people.rules import Permission
from kenesh.people.views.organisations import changed_meanwhile


@requires(Permission.FILL_NODE)
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies, newest first."""
    page = queries.bodies_of_the_node(after=request.GET.get("after", ""))
    return render(request, "people/bodies.html", {"page": page})


@requires(Permission.FILL_NODE)
def new_body(request: HttpRequest) -> HttpResponse:
    form = forms.NewBodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_body(code=form.cleaned_data["key"], facts=form.facts(), by=person_of(request))
        messages.success(request, _("The body is entered. Say now who sits in it."))
        return _to(made)
    return render(request, "people/body_form.html", {"form": form, "body": None})


def _to(body: Body) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people_work:body", args=[body.code]))


@requires(Permission.FILL_NODE)
def edit_body(request: HttpRequest, code: str) -> HttpResponse:
    body = queries.body_for_admin(code)
    data = request.POST.copy()
    form = forms.EditBodyForm(data or None, initial=forms.initial_of_body(body), kept=forms.texts_of_body(body), body=body)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_body(body=body, facts=form.facts(), seen=form.cleaned_data["seen"], by=person_of(request))
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(queries.body_for_admin(code))
        except actions.InACircle:
            form.add_error("parent", _("That body is itself a part of this one."))
        else:
            messages.success(request, _("Saved."))
            return _to(body)
    return render(request, "people/body_form.html", {"form": form, "body": body})


@requires(Permission.FILL_NODE)
@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body with its seats."""
    found, today = queries.body_for_admin(code), timezone.localdate()
    seats = list(queries.seats_of(found))
    past = [seat for seat in seats if seat.until is not None and seat.until < today]
    context = {"body": found, "seats": [seat for seat in seats if seat not in past], "past": past}
    return render(request, "people/body.html", context)


@requires(Permission.FILL_NODE)
def new_seat(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody sits in this body."""
    body = queries.body_for_admin(code)
    form = forms.NewSeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_seat(
                body=body,
                person=data["person"],
                organisation=data["organisation"],
                country=data["country"],
                facts=form.facts(),
                by=person_of(request),
            )
        except actions.SitsAlready:
            form.add_error(None, _("This seat is there already. Change it on the page of the body instead."))
        else:
            messages.success(request, _("The seat is entered."))
            return _to(body)
    return render(request, "people/seat_form.html", {"form": form, "body": body})


@requires(Permission.FILL_NODE)
def seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One seat: another role, standing, term or level of publication."""
    found = queries.seat_for_admin(code, pk)
    data = request.POST.copy()
    form = forms.EditSeatForm(data or None, initial=forms.initial_of_seat(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(seat=found, facts=form.facts(), seen=form.cleaned_data["seen"], by=person_of(request))
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(queries.seat_for_admin(code, pk))
        else:
            messages.success(request, _("Saved."))
            return _to(found.body)
    return _seat_page(request, found, form)


def _seat_page(request: HttpRequest, seat: Membership, form: Any, end_form: forms.EndSeatForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    open_end = seat.until is None or seat.until > today
    own = forms.EndSeatForm(since=seat.since, initial={"last_day": today}) if open_end else None
    context = {"seat": seat, "body": seat.body, "seat_form": form, "end_form": end_form or own, "form": end_form or form}
    return render(request, "people/seat.html", context)


@requires(Permission.FILL_NODE)
@require_POST
def end_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The last day on which the seat is held."""
    found = queries.seat_for_admin(code, pk)
    form = forms.EndSeatForm(request.POST, since=found.since)
    if not form.is_valid():
        return _seat_page(request, found, forms.EditSeatForm(initial=forms.initial_of_seat(found)), form)
    actions.end_seat(seat=found, until=form.cleaned_data["last_day"], by=person_of(request))
    messages.success(request, _("The seat ends on that day."))
    return _to(found.body)


# --- persons ----------------------------------------------------------------------------------------------------------


@requires(Permission.FILL_NODE)
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """Persons who sit in bodies or speak for organisations; of one organisation when the address names it."""
    of = request.GET.get("organisation", "")
    organisation = queries.organisation_for_admin(of) if of else None
    page = queries.persons_of_the_node(organisation=of, after=request.GET.get("after", ""))
    return render(request, "people/persons.html", {"page": page, "organisation": organisation})


@requires(Permission.FILL_NODE)
def new_person(request: HttpRequest) -> HttpResponse:
    form = forms.NewPersonForm(request.POST or None, initial={"organisation": request.GET.get("organisation", "")})
    if request.method == "POST" and form.is_valid():
        actions.add_person(code=form.cleaned_data["key"], facts=form.facts(), by=person_of(request))
        messages.success(request, _("The person is entered."))
        return HttpResponseRedirect(reverse("people_work:persons"))
    return render(request, "people/person_form.html", {"form": form, "person": None})


@requires(Permission.FILL_NODE)
def edit_person(request: HttpRequest, code: str) -> HttpResponse:
    person = queries.person_for_admin(code)
    data = request.POST.copy()
    form = forms.EditPersonForm(data or None, initial=forms.initial_of_person(person), kept=forms.texts_of_person(person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_person(person=person, facts=form.facts(), seen=form.cleaned_data["seen"], by=person_of(request))
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(queries.person_for_admin(code))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("people_work:persons"))
    return render(request, "people/person_form.html", {"form": form, "person": person})
