"""An appeal that nobody has taken up yet: read, answer, decline, take up."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals import wording
from kenesh.casework import actions, queries
from kenesh.casework.forms import TextForm
from kenesh.casework.queries.keeping import kept_until
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us
from kenesh.casework.views.parties import complained_about, conflicts_of_appeal
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys


@requires(Permission.WORK_ON_CASES)
@with_keys
def appeal_page(request: HttpRequest, code: str) -> HttpResponse:
    """Reads a new appeal, answers it, declines it or opens a case."""
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    case = queries.case_opened_from(appeal)
    if case is not None:
        return HttpResponseRedirect(address(case))
    try:
        opened = appeal_opening.open_for_office(appeal, keys_of(request))
        view = appeals.status_view(opened)
    except KeyMissing:
        return closed_to_us(request)
    form = TextForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(keyring=keys_of(request), appeal=appeal, words=form.cleaned_data["text"])
        except actions.TakenAlready:
            messages.warning(request, _("A colleague was faster: this appeal is no longer new."))
        else:
            messages.success(request, _("The appeal is declined, and the person is told why."))
        return HttpResponseRedirect(reverse("casework_work:queue"))
    reached = [{"appeal": appeal, "answers": opened.answers(), "view": view}]
    context = {
        "appeals": reached,
        "appeal": appeal,
        "rows": wording.answers_in_words(opened.answers()),
        "view": view,
        "form": form,
    }
    context["kept_until"] = kept_until(appeal)
    context["complaint_about"] = complained_about(opened.answers())
    return render(request, "casework/appeal.html", context, status=422 if form.errors else 200)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Opens a case from an appeal."""
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    try:
        if conflicts_of_appeal(request, appeal.office, appeal_opening.open_for_office(appeal, keys_of(request)).answers()):
            return HttpResponseRedirect(reverse("casework_work:conflicts", args=[appeal.code]))
        case = actions.open_from_appeal(keyring=keys_of(request), appeal=appeal)
    except actions.TakenAlready:
        found = queries.case_opened_from(appeal)
        messages.warning(request, _("A colleague was faster: this appeal is no longer new."))
        return HttpResponseRedirect(address(found) if found else reverse("casework_work:queue"))
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("The case is open. The person sees that you work on it."))
    if queries.asks_for_restriction([appeal.theme]):
        messages.warning(
            request, _("Cases like this one should be open to named people alone. The tab “Sharing” shows how to do that.")
        )
    return HttpResponseRedirect(address(case))
