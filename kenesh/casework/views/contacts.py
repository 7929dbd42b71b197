"""Contacts, logged in 20 seconds, and the calls that people have asked for."""

from __future__ import annotations

import time
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.appeals import actions as appeals
from kenesh.appeals import queries as appeal_queries
from kenesh.appeals.keyset import QueuePlace
from kenesh.casework import actions, queries
from kenesh.casework.forms import ContactForm
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import closed_to_us
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

UNDO = "contact-undo"  # in the session: which contact can be taken back, and until when
UNDO_SECONDS = 600
SHOWN_CALLS = 100  # who can be called now is found by opening them


@requires(Permission.WORK_ON_CASES)
def contacts(request: HttpRequest) -> HttpResponse:
    """Logs one contact; shows today's. It takes no key: nothing of it says anything of anybody."""
    user = person_of(request)
    offices = queries.offices_of_caseworker(user)
    form = ContactForm(
        request.POST or None, initial={**queries.last_contact(user), "day": timezone.localdate(), "key": uuid.uuid4()}, offices=offices
    ) if offices else None  # fmt: skip
    if form is not None and request.method == "POST" and form.is_valid():
        logged = actions.log_contact(
            by=user, office=form.chosen_office, facts=form.facts(), key=form.cleaned_data["key"]
        )  # fmt: skip
        request.session[UNDO] = [logged.uid.hex, int(time.time()) + UNDO_SECONDS]
        messages.success(request, _("Logged."))
        return HttpResponseRedirect(reverse("casework_work:contacts"))
    uid, until = request.session.get(UNDO, ["", 0])
    today = timezone.localdate()
    context = {
        "form": form,
        "counts": queries.contacts_by_channel(user, today),
        "rows": queries.contacts_of_day(user, today),
        "today": today,
        "undo": uid if until > time.time() else "",
    }
    return render(request, "casework/contacts.html", context, status=422 if form is not None and form.errors else 200)


@requires(Permission.WORK_ON_CASES)
@require_POST
def contact_undo(request: HttpRequest) -> HttpResponse:
    """Takes back the contact that was logged last, within ten minutes."""
    uid, until = request.session.pop(UNDO, ["", 0])
    if until > time.time() and actions.undo_contact(by=person_of(request), uid=uuid.UUID(uid)):
        messages.success(request, _("The contact is taken back."))
    else:
        messages.warning(request, _("This can no longer be taken back."))
    return HttpResponseRedirect(reverse("casework_work:contacts"))


@requires(Permission.WORK_ON_CASES)
@with_keys
def calls(request: HttpRequest) -> HttpResponse:
    """Who wants a call: those whose hours are now first. Only the rows of this page are opened."""
    after = QueuePlace.parse(request.GET.get("after", ""))
    rows = appeal_queries.callbacks_to_make(person_of(request), after=after, limit=SHOWN_CALLS + 1)
    read = rows[:SHOWN_CALLS]
    shown = queries.calls_to_make(read, keys_of(request))
    context = {
        "calls": shown,
        "closed": len(read) - len(shown),
        "next": QueuePlace(0, read[-1].due_on, read[-1].pk) if len(rows) > SHOWN_CALLS else None,
        "today": timezone.localdate(),
    }
    return render(request, "casework/calls.html", context)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def call_log(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Reached, not reached, or somebody else answered: one click. To call no more takes a reason."""
    callback = appeal_queries.callback_for_caseworker(person_of(request), uid)
    result, version = request.POST.get("result", ""), request.POST.get("version", "")
    reason = request.POST.get("reason", "").strip()[:200]
    if result == appeals.ENDED and not reason:
        messages.warning(request, _("Please write why nobody calls any more."))
    elif result in appeals.RESULTS and version.isascii() and version.isdecimal():
        try:
            logged = actions.log_call(
                keyring=keys_of(request), callback=callback, result=result, version=int(version[:9]), reason=reason
            )
        except KeyMissing:
            return closed_to_us(request)
        if logged:
            messages.success(request, _("The call is noted."))
        else:
            messages.warning(request, _("A colleague has noted this call a moment ago."))
    return HttpResponseRedirect(reverse("casework_work:calls"))
