"""Bodies, their seats, and persons, for the administrator of the node and for secretaries."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kenesh.kernel.access import holds, requires
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions, queries
from kenesh.people.forms import bodies as forms
from kenesh.people.forms.seats import HandOverForm, NominationForm, RoleForm, RotationForm, StandingForm, other_standing
from kenesh.people.middleware import person_of
from kenesh.people.models import Body, Membership, Publication
from kenesh.people.rules import Permission
from kenesh.people.views.organisations import changed_meanwhile


@requires(Permission.KEEP_BODIES)
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies that one keeps, newest first."""
    page = queries.bodies_kept_by(person_of(request), after=request.GET.get("after", ""))
    return render(request, "people/bodies.html", {"page": page, "may_enter": holds(request.user, Permission.FILL_NODE)})


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
    form = forms.EditBodyForm(data or None, initial=forms.initial_of_body(body), body=body)
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


@requires(Permission.KEEP_BODIES)
@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body with its seats."""
    return body_page(request, queries.body_to_keep(person_of(request), code))


def body_page(request: HttpRequest, body: Body, rotation_form: Any = None, hand_over_form: Any = None) -> HttpResponse:
    """The work page of a body; a form with mistakes is shown in its place."""
    today = timezone.localdate()
    seats = list(queries.seats_of(body))
    past = [seat for seat in seats if seat.until is not None and seat.until < today]
    chair = queries.chair_on(body, today)
    sitting = [seat for seat in seats if seat.sits_on(today)]
    context = {
        "body": body,
        "sub_bodies": list(body.sub_bodies.order_by("id")),
        "founding": getattr(body, "founding", None),
        "seats": [seat for seat in seats if seat not in past],
        "past": past,
        "chair": chair,
        "rotation_form": rotation_form or RotationForm(rotation=getattr(body, "rotation", None)),
        "hand_over_form": hand_over_form
        or (chair and HandOverForm(order=chair.order, seats=sitting, initial={"country": chair.next, "on": today})),
        "may_edit": holds(request.user, Permission.FILL_NODE),
        "form": rotation_form or hand_over_form,
    }
    return render(request, "people/body.html", context)


@requires(Permission.KEEP_BODIES)
def new_seat(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody sits in this body."""
    body = queries.body_to_keep(person_of(request), code)
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


@requires(Permission.KEEP_BODIES)
def seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One seat: another role, standing, term or level of publication."""
    found = queries.seat_to_keep(person_of(request), code, pk)
    data = request.POST.copy()
    form = _edit_form(found, data or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(seat=found, facts=form.facts(), seen=form.cleaned_data["seen"], by=person_of(request))
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(queries.seat_to_keep(person_of(request), code, pk))
        else:
            messages.success(request, _("Saved."))
            return _to(found.body)
    return seat_page(request, found, form)


def _edit_form(seat: Membership, data: Any = None) -> forms.EditSeatForm:
    changes = {"standing": seat.standing_changes.exists(), "role": seat.role_changes.exists()}
    decided = [name for name, is_decided in changes.items() if is_decided]
    return forms.EditSeatForm(data, initial=forms.initial_of_seat(seat), seat=seat, decided=decided)


def seat_page(request: HttpRequest, seat: Membership, form: Any = None, **shown: Any) -> HttpResponse:
    """The page of a seat; `shown`: a form with mistakes in the place of the empty one."""
    today = timezone.localdate()
    open_end = seat.until is None or seat.until > today
    sent = queries.nominations_of(seat)
    house = seat.organisation or (seat.person.organisation if seat.person else None)
    context = {
        "seat": seat,
        "body": seat.body,
        "seat_form": form or _edit_form(seat),
        "end_form": forms.EndSeatForm(since=seat.since, initial={"last_day": today}) if open_end else None,
        "nomination_form": NominationForm(initial={"sent_since": today}) if open_end and seat.is_of_an_institution else None,
        "nominations": sent,
        "newest_may_be_undone": queries.newest_may_be_undone(seat, sent),
        "standing_form": StandingForm(initial={"changed_on": today, "standing": other_standing(seat)}) if open_end else None,
        "other_standing": other_standing(seat),
        "changes": list(seat.standing_changes.order_by("-on")),
        "role_form": RoleForm(initial={"role_on": today, "new_role": seat.role}) if open_end else None,
        "roles": list(seat.role_changes.order_by("-on", "-pk")),
        "levels": Publication.choices,
        "spelled": house,
        "may_spell": house is not None and bool(queries.spelled_among(person_of(request), [house.pk])),
        "form": next(iter(shown.values()), form),
    }
    return render(request, "people/seat.html", context | shown)


@requires(Permission.KEEP_BODIES)
@require_POST
def end_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The last day on which the seat is held."""
    found = queries.seat_to_keep(person_of(request), code, pk)
    form = forms.EndSeatForm(request.POST, since=found.since)
    if not form.is_valid():
        return seat_page(request, found, end_form=form)
    actions.end_seat(seat=found, until=form.cleaned_data["last_day"], by=person_of(request))
    messages.success(request, _("The seat ends on that day."))
    return _to(found.body)


@requires(Permission.KEEP_BODIES)
@require_POST
def remove_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A seat that was entered by mistake, for another person, organisation or State than the one meant."""
    found = queries.seat_to_keep(person_of(request), code, pk)
    try:
        actions.remove_seat(seat=found, by=person_of(request))
    except actions.SeatInUse:
        messages.error(
            request,
            _(
                "Something was done from this seat, or a meeting is away at its venue, so it stays. End it, and enter the right one."
            ),
        )
        return HttpResponseRedirect(reverse("people_work:seat", args=[code, pk]))
    messages.success(request, _("The seat is removed. Enter the right one now."))
    return _to(found.body)


# --- persons ----------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_BODIES)
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """Persons who sit in one's bodies or speak for organisations; of one organisation when the address names it."""
    of = request.GET.get("organisation", "")
    organisation = queries.organisation_for_admin(of) if of else None
    page = queries.persons_kept_by(person_of(request), organisation=of, after=request.GET.get("after", ""))
    return render(request, "people/persons.html", {"page": page, "organisation": organisation})


@requires(Permission.KEEP_BODIES)
def new_person(request: HttpRequest) -> HttpResponse:
    """Somebody who is to sit in a body or to speak for an organisation."""
    form = forms.NewPersonForm(request.POST or None, initial={"organisation": request.GET.get("organisation", "")})
    if request.method == "POST" and form.is_valid():
        actions.add_person(code=form.cleaned_data["key"], facts=form.facts(), by=person_of(request))
        messages.success(request, _("The person is entered."))
        return HttpResponseRedirect(reverse("people_work:persons"))
    return render(request, "people/person_form.html", {"form": form, "person": None})


@requires(Permission.KEEP_BODIES)
def edit_person(request: HttpRequest, code: str) -> HttpResponse:
    """Corrects how somebody was entered: name, post and, where nobody else relies on it, organisation."""
    user = person_of(request)
    person = queries.person_to_correct(user, code)
    others, by_admin = queries.others_who_rely_on(user, person), holds(request.user, Permission.FILL_NODE)
    data = request.POST.copy()
    moves = by_admin or not (others or hasattr(person, "account"))
    form = forms.EditPersonForm(data or None, moves=moves, initial=forms.initial_of_person(person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_person(person=person, facts=form.facts(), seen=form.cleaned_data["seen"], by=user)
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(queries.person_to_correct(user, code))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("people_work:persons"))
    may_spell = person.organisation is not None and bool(queries.spelled_among(user, [person.organisation.pk]))
    besides = queries.names_besides(person)
    context = {"form": form, "person": person, "others": others, "may_spell": may_spell, "besides": besides}
    return render(request, "people/person_form.html", context)
