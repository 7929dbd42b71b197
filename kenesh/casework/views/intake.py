"""The operator's form for phone and desk, and the page that shows the digits it made."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions as appeals
from kenesh.appeals.digits import digits_in_groups, picture_of
from kenesh.appeals.steps import WORK_ON_CASE
from kenesh.casework import actions, queries
from kenesh.casework.forms import IntakeForm
from kenesh.casework.models import ShownReceipt
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, say_if_known
from kenesh.casework.views.parties import conflicts_of_appeal
from kenesh.kernel.access import requires
from kenesh.kernel.stretching import Busy
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.queries import offices_that_take_appeals


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def intake(request: HttpRequest) -> HttpResponse:
    """Writes an appeal down for somebody; one screen, one sending."""
    user = person_of(request)
    offices = queries.offices_of_caseworker(user)
    if not offices:
        return render(request, "casework/intake.html", {"form": None})
    initial = {
        "key": uuid.uuid4(), "channel": "phone", "consent_how": "oral", "explained": user.name, "receipt": "make",
        "open_case": True, "consents": [WORK_ON_CASE], "for_whom": "self", "office": offices[0].code,
    }  # fmt: skip
    form = IntakeForm(request.POST or None, initial=initial, offices=offices, takers=offices_that_take_appeals())
    if request.method == "POST" and form.is_valid():
        try:
            return _write_down(request, form)
        except KeyMissing:
            form.add_error("open_case", _("You do not hold the key of this office yet: store it without opening a case."))
        except Busy:
            form.add_error(
                None, _("Many people are writing at this moment. Please wait some seconds, then press the button again.")
            )
    status = 503 if request.method == "POST" and form.is_valid() else 422 if form.errors else 200
    return render(request, "casework/intake.html", {"form": form}, status=status)


def _write_down(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    data = form.cleaned_data
    told = appeals.Told(
        how=data["consent_how"] or appeals.ORALLY,
        language=data["language"] or get_language() or "ru",
        explained=data["explained"] or person_of(request).name,
    )
    office = form.chosen_office
    elsewhere = office.code not in form.offices
    wants_case = data["open_case"] and not elsewhere
    against = wants_case and bool(conflicts_of_appeal(request, office, form.answers()))
    written = actions.write_down(
        keyring=keys_of(request),
        office=office,
        answers=form.answers(),
        told=told,
        receipt=data["receipt"] != "none",
        open_case=wants_case and not against,
        key=data["key"],
    )
    if elsewhere:
        words = _("This is a complaint about your office: it went to “%(office)s”. Nobody in your office can open it.")
        messages.success(request, words % {"office": office})
    if written.case is not None:
        say_if_known(request, [written.case])
    if against and written.case is None:
        return HttpResponseRedirect(reverse("casework_work:conflicts", args=[written.appeal.code]))
    if written.shown is not None:
        return HttpResponseRedirect(reverse("casework_work:intake_receipt", args=[written.shown.uid]))
    if elsewhere:
        return HttpResponseRedirect(reverse("casework_work:queue"))
    messages.success(request, _("The appeal is stored. No receipt was made: nobody holds digits to it."))
    if written.case is not None:
        return HttpResponseRedirect(address(written.case))
    return HttpResponseRedirect(reverse("casework_work:appeal", args=[written.appeal.code]))


@requires(Permission.WORK_ON_CASES)
@with_keys
def intake_receipt(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The digits, to be read out in groups or printed; only for the account that made them, for half an hour."""
    shown = _shown(request, uid)
    digits = actions.digits_shown(keyring=keys_of(request), shown=shown)
    case = queries.case_opened_from(shown.appeal)
    context = {"groups": digits_in_groups(digits), "picture": picture_of(digits), "shown": shown, "case": case}
    return render(request, "casework/intake_receipt.html", context)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def receipt_given(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The person has her digits: the office forgets them."""
    shown = _shown(request, uid)
    case, appeal = queries.case_opened_from(shown.appeal), shown.appeal
    actions.forget_shown(keyring=keys_of(request), shown=shown)
    messages.success(request, _("The digits are with the person alone now."))
    if case is not None:
        part = appeal.receipts.filter(right="co_holder").exists()
        return HttpResponseRedirect(address(case, "brigade" if part else "case"))
    if appeal.office not in queries.offices_of_caseworker(person_of(request)):
        return HttpResponseRedirect(reverse("casework_work:queue"))  # a complaint about us, which another office holds
    return HttpResponseRedirect(reverse("casework_work:appeal", args=[appeal.code]))


def _shown(request: HttpRequest, uid: uuid.UUID) -> ShownReceipt:
    shown = queries.shown_receipt(person_of(request), uid)
    if shown is None:
        raise Http404
    return shown
