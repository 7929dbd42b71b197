"""Checks 1, 3 and 6 months after closing: the list of those that are due, and what was found."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from kenesh.casework import actions, queries
from kenesh.casework.forms import FollowUpForm
from kenesh.casework.models import FollowUp
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, opened_case, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

PAGE = 30


@requires(Permission.WORK_ON_CASES)
@require_safe
def followups(request: HttpRequest) -> HttpResponse:
    """What is due until next week. Nothing is decrypted for the list."""
    place = queries.FollowUpPlace.parse(request.GET.get("after", ""))
    rows = queries.due_followups(person_of(request), after=place, limit=PAGE)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "rows": rows[:PAGE],
        "next": str(queries.FollowUpPlace(last.due_on, last.id)) if last else "",
        "today": timezone.localdate(),
    }
    return render(request, "casework/followups.html", context)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def followup(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Writes down what a check has found."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, FollowUp, uid)
        form = FollowUpForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                actions.record_followup(keyring=keys_of(request), followup=row, found=form.cleaned_data)
            except actions.AlreadyChecked:
                messages.warning(request, _("A colleague was faster: this check is done, or it was dropped."))
            else:
                messages.success(request, _("The check is written down."))
            return HttpResponseRedirect(address(opened.case, "money", "followups"))
        context = {"check": opened.open(row), "check_form": form, "form": form if form.errors else None}
        return show(request, opened, "money", "casework/followups_one.html", context, status=422 if form.errors else 200)
    except KeyMissing:
        return closed_to_us(request)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The caseworker decides that a closed case is checked."""
    try:
        opened = opened_case(request, code)
        planned = actions.decide_followups(keyring=keys_of(request), case=opened.case)
    except KeyMissing:
        return closed_to_us(request)
    if planned:
        messages.success(request, _("The checks are planned."))
    else:
        messages.info(request, _("Checks were planned already."))
    return HttpResponseRedirect(address(opened.case, "money", "followups"))
