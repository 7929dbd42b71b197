"""A brigade: the persons of one case, their own sums, and their own receipts, issued one at a time."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals.actions import NotAPart
from kenesh.casework import actions, queries
from kenesh.casework.forms import MembersForm, ReplaceReceiptForm, WithKey
from kenesh.casework.models import Person, ShownReceipt
from kenesh.casework.opening import OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, new_key, opened_case, read, show
from kenesh.kernel.access import requires
from kenesh.kernel.stretching import Busy
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, with_keys


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "members": queries.members_of(opened),
        "members_form": MembersForm(initial={**new_key(), "currency": "RUB"}),
        "form": next(iter(replaced.values()), None),
        **replaced,
    }
    return show(request, opened, "facts", "casework/brigade.html", context, status=422 if replaced else 200)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def brigade(request: HttpRequest, code: str) -> HttpResponse:
    """The persons with their sums; a list of more, typed or pasted."""
    if request.method != "POST":
        return read(request, code, _page)
    try:
        opened = opened_case(request, code)
        form = MembersForm(request.POST)
        if not form.is_valid():
            return _page(request, opened, members_form=form)
        data = form.cleaned_data
        actions.add_members(
            keyring=keys_of(request), case=opened.case, members=data["persons"], currency=data["currency"], key=data["key"]
        )
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("The persons are in the case."))
    return HttpResponseRedirect(address(opened.case, "brigade"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def brigade_receipt(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Issues a receipt to one person, or makes a new one for somebody who has lost his (with the reason)."""
    try:
        opened = opened_case(request, code)
        person = queries.row_of_case(opened.case, Person, uid)
        if person.appeal is None or not person.appeal.receipts.exists():
            form: forms.Form = WithKey(request.POST)
        else:
            form = ReplaceReceiptForm(request.POST)
        if not form.is_valid():
            return _page(request, opened, replace_form=form)
        shown = _digits(request, person, form.cleaned_data)
    except KeyMissing:
        return closed_to_us(request)
    except (actions.HasPart, NotAPart):
        messages.warning(request, _("This person has digits already that the office cannot replace."))
    except Busy:
        messages.warning(
            request, _("Many people are writing at this moment. Please wait some seconds, then press the button again.")
        )
    else:
        if shown is not None:
            return HttpResponseRedirect(reverse("casework_work:intake_receipt", args=[shown.uid]))
        messages.info(request, _("This was done already."))
    return HttpResponseRedirect(address(opened.case, "brigade"))


def _digits(request: HttpRequest, person: Person, data: dict[str, Any]) -> ShownReceipt | None:
    if person.appeal_id is None:
        return actions.issue_receipt(keyring=keys_of(request), person=person, key=data["key"])
    return actions.replace_lost_receipt(keyring=keys_of(request), person=person, reason=data.get("reason", ""), key=data["key"])
