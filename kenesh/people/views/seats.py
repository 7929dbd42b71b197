"""What becomes of a seat and of the chair, and a body's founding, for its secretary and the administrator of the node."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.kernel.access import requires
from kenesh.people import actions, queries
from kenesh.people.forms.seats import (
    FoundingForm,
    HandOverForm,
    LevelForm,
    NominationForm,
    RoleForm,
    RotationForm,
    StandingForm,
    initial_of_founding,
    stamp_of_founding,
)
from kenesh.people.middleware import person_of
from kenesh.people.models import Membership
from kenesh.people.rules import Permission
from kenesh.people.views.bodies import body_page, seat_page
from kenesh.people.views.organisations import changed_meanwhile


@requires(Permission.KEEP_BODIES)
def founding(request: HttpRequest, code: str) -> HttpResponse:
    """How the body was founded, its goals, tasks, directions and rules."""
    body = queries.body_to_keep(person_of(request), code)
    now = getattr(body, "founding", None)
    data = request.POST.copy()
    form = FoundingForm(data or None, initial=initial_of_founding(now))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_founding(body=body, facts=form.facts(), seen=form.cleaned_data["seen"], by=person_of(request))
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of_founding(getattr(queries.body_to_keep(person_of(request), code), "founding", None))
        else:
            messages.success(request, _("Saved."))
            return _to_body(code)
    return render(request, "people/founding_form.html", {"form": form, "body": body})


def _to_body(code: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people_work:body", args=[code]))


def _to_seat(seat: Membership) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people_work:seat", args=[seat.body.code, seat.pk]))


@requires(Permission.KEEP_BODIES)
@require_POST
def nominate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution sends another person."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    form = NominationForm(request.POST)
    if not form.is_valid():
        return seat_page(request, seat, nomination_form=form)
    said = form.cleaned_data
    try:
        actions.nominate(
            seat=seat,
            person=said["sent"],
            since=said["sent_since"],
            letter=form.letter(),
            publication=said["level"],
            by=person_of(request),
        )
    except actions.TooEarly:
        form.add_error("sent_since", _("This day must lie within the seat's term, and after the day of the person before."))
        return seat_page(request, seat, nomination_form=form)
    except actions.NobodysSeat:
        form.add_error(None, _("A person sits here in her own name. End this seat and enter a new one instead."))
        return seat_page(request, seat, nomination_form=form)
    messages.success(request, _("The seat is held by the new person. The one before stays in its history."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def show_nomination(request: HttpRequest, code: str, pk: int, nomination: int) -> HttpResponse:
    """What everybody may see of somebody who sat there before."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    row, form = seat.nominations.filter(pk=nomination).first(), LevelForm(request.POST)
    if row is not None and form.is_valid():
        actions.show_less_of_nomination(nomination=row, publication=form.cleaned_data["publication"], by=person_of(request))
        messages.success(request, _("Saved."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def change_standing(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The body made an observer a member, or a member an observer."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    form = StandingForm(request.POST)
    if not form.is_valid():
        return seat_page(request, seat, standing_form=form)
    said = form.cleaned_data
    try:
        actions.change_standing(
            seat=seat,
            standing=said["standing"],
            on=said["changed_on"],
            decision=said["decision"],
            by=person_of(request),
        )
    except actions.TooEarly:
        form.add_error("changed_on", _("This day must lie within the seat's term, and after the last change."))
        return seat_page(request, seat, standing_form=form)
    except actions.ChangesNothing:
        messages.info(request, _("It is so already."))
    else:
        messages.success(request, _("The new standing is entered. Earlier days keep the old one."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def undo_standing(request: HttpRequest, code: str, pk: int, change: int) -> HttpResponse:
    """A change of standing that was entered by mistake."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    row = seat.standing_changes.filter(pk=change).first()
    if row is not None:
        actions.undo_standing_change(change=row, by=person_of(request))
    messages.success(request, _("The change is taken back."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def undo_nomination(request: HttpRequest, code: str, pk: int, nomination: int) -> HttpResponse:
    """The wrong person was entered as sent."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    row = seat.nominations.filter(pk=nomination).first()
    if row is not None:
        actions.undo_nomination(nomination=row, by=person_of(request))
    messages.success(request, _("The nomination is taken back."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def change_role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The body gave the seat another role."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return seat_page(request, seat, role_form=form)
    said = form.cleaned_data
    try:
        actions.change_role(
            seat=seat, role=said["new_role"], on=said["role_on"], decision=said["role_decision"], by=person_of(request)
        )
    except actions.TooEarly:
        form.add_error("role_on", _("This day must lie within the seat's term, and not before the last change."))
        return seat_page(request, seat, role_form=form)
    except actions.ChangesNothing:
        messages.info(request, _("It is so already."))
    else:
        messages.success(request, _("The new role is entered. Earlier days keep the old one."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def undo_role(request: HttpRequest, code: str, pk: int, change: int) -> HttpResponse:
    """A change of role that was entered by mistake."""
    seat = queries.seat_to_keep(person_of(request), code, pk)
    row = seat.role_changes.select_related("seat").filter(pk=change).first()
    if row is not None:
        actions.undo_role_change(change=row, by=person_of(request))
    messages.success(request, _("The change is taken back."))
    return _to_seat(seat)


@requires(Permission.KEEP_BODIES)
@require_POST
def rotation(request: HttpRequest, code: str) -> HttpResponse:
    """In which order the chair goes round."""
    body = queries.body_to_keep(person_of(request), code)
    form = RotationForm(request.POST, rotation=getattr(body, "rotation", None))
    if not form.is_valid():
        return body_page(request, body, rotation_form=form)
    actions.set_rotation(body=body, countries=form.countries(), months=form.cleaned_data["months"], by=person_of(request))
    messages.success(request, _("Saved."))
    return _to_body(code)


@requires(Permission.KEEP_BODIES)
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """The chair goes to another country."""
    body = queries.body_to_keep(person_of(request), code)
    chair = queries.chair_on(body, timezone.localdate())
    seats = list(queries.sitting_members(body, timezone.localdate()))
    form = HandOverForm(request.POST, order=chair.order if chair else [], seats=seats)
    if not form.is_valid():
        return body_page(request, body, hand_over_form=form)
    said = form.cleaned_data
    try:
        actions.hand_chair_over(body=body, country=said["country"], seat=said["seat_row"], on=said["on"], by=person_of(request))
    except actions.TooEarly:
        form.add_error("on", _("This day must come after the day on which the present chair began."))
        return body_page(request, body, hand_over_form=form)
    except actions.NotTheirTurn:
        form.add_error("country", _("This country is not in the order of the chair."))
        return body_page(request, body, hand_over_form=form)
    messages.success(request, _("The chair is handed over."))
    return _to_body(code)


@requires(Permission.KEEP_BODIES)
@require_POST
def undo_hand_over(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The chair was handed over by mistake."""
    body = queries.body_to_keep(person_of(request), code)
    term = body.chair_terms.filter(pk=pk).first()
    if term is not None:
        actions.undo_hand_over(term=term, by=person_of(request))
    messages.success(request, _("The chair is again with whom it was before."))
    return _to_body(code)
