"""The closing of an office, step by step: no new appeals, hand over what is live, tell the rest, destroy the keys."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.casework import actions, queries
from kenesh.casework.forms import ClosingForm
from kenesh.casework.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Organisation, Role
from kenesh.people.rules import organisations_as

SECONDS = 2.0
AT_ONCE = 10
SHOWN = 50  # of what is still to be ended, one by one
TOLD = "closing-told"  # in the session, with the code of the office: up to which of its appeals everybody was told


@requires(Permission.CLOSE_OFFICE)
@with_keys
@sensitive_post_parameters()
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """What is still live, and the next step: the organisation's administrator begins and ends, a holder of the key does the work."""
    user = person_of(request)
    office = queries.office_to_close(user, code)
    admin = office.pk in organisations_as(user, Role.ORGANISATION_ADMIN)
    works = office.pk in organisations_as(user, Role.CASEWORKER)
    form = ClosingForm(request.POST or None, receivers=queries.offices_with_keys(besides=office))
    if request.method == "POST" and form.is_valid() and _step(request, office, form, admin=admin, works=works):
        return HttpResponseRedirect(reverse("casework_work:closing", args=[office.code]))
    live = actions.live_of(office)
    shown: dict[str, Any] = {}
    if not office.ended_on:
        shown = {
            "restricted": queries.restricted_left(office),
            "restricted_by": queries.restricted_by_person(office),
            "held": [row.case.code for row in queries.held_in(office)[:SHOWN]],
            "referrals": queries.running_referrals(office)[:SHOWN],
        }
    context = {
        **shown,
        "office": office,
        "form": form,
        "live": live,
        "admin": admin,
        "works": works,
        "ready": not office.takes_appeals and not any(live[name] for name in actions.ENDS_FIRST),
    }
    return render(request, "casework/sharing_closing.html", context, status=422 if form.errors else 200)


def _step(request: HttpRequest, office: Organisation, form: ClosingForm, *, admin: bool, works: bool) -> bool:
    """One press of a button; False when the form says what is missing."""
    wish, data = request.POST.get("do", ""), form.cleaned_data
    if wish == "begin" and admin:
        actions.stop_taking_appeals(office=office, by=person_of(request))
        messages.success(request, _("Nobody can turn to this office any more. Now hand over what is live."))
    elif wish == "hand_over" and works and not office.takes_appeals:
        if data["successor"] is None:
            form.add_error("successor", _("Please choose an office of the list."))
            return False
        _hand_over(request, office, data["successor"])
    elif wish == "tell" and works and not office.takes_appeals:
        if not data["words"].strip():
            form.add_error("words", _("Please write where else they can turn."))
            return False
        _tell(request, office, data["words"])
    elif wish == "end" and admin:
        if not data["understood"]:
            form.add_error("understood", _("Please read this and tick it: nobody can undo it."))
            return False
        try:
            successor, today = data["successor"], timezone.localdate()
            actions.end_office(office=office, successor=successor, today=today, by=person_of(request))
        except actions.StillLive:
            form.add_error(
                None, _("Something still needs the key of this office. Hand it over, end it, or wait until it is erased.")
            )
            return False
        messages.success(request, _("The office is closed, and its keys are destroyed."))
    return True


def _hand_over(request: HttpRequest, office: Organisation, successor: Organisation) -> None:
    until, moved = time.monotonic() + SECONDS, 0
    said = _("%(number)s were handed over.")
    try:
        for done in actions.hand_over_all(keyring=keys_of(request), office=office, to=successor):
            moved += done
            if time.monotonic() > until:
                said = _("%(number)s were handed over. Press again while some are left.")
                break
    except actions.NoKeyHolder:
        messages.error(request, _("Nobody in that office holds a key now. It cannot receive anything."))
    messages.success(request, said % {"number": moved})


def _tell(request: HttpRequest, office: Organisation, words: str) -> None:
    told = f"{TOLD}-{office.code}"
    until, after = time.monotonic() + SECONDS, int(request.session.get(told, 0))
    while time.monotonic() < until:
        last = actions.tell_closing(keyring=keys_of(request), office=office, words=words, after=after, most=AT_ONCE)
        if last is None:
            request.session.pop(told, None)
            messages.success(request, _("Everybody is told."))
            return
        after = request.session[told] = last
    messages.info(request, _("Many are told. Press again for the others."))
