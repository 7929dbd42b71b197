"""Steps of the work: quick on the work tab, in full on a page of their own."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import actions, queries
from kenesh.casework.forms import StepForm
from kenesh.casework.models import Step
from kenesh.casework.opening import ChangedMeanwhile, OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.case import work_tab
from kenesh.casework.views.facts import row_page, with_theirs
from kenesh.casework.views.page import address, closed_to_us, opened_case, posted
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, with_keys


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def add_step(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: StepForm) -> None:
        actions.add_step(keyring=keys_of(request), case=opened.case, body=form.body(), key=form.cleaned_data["key"])

    return posted(
        request,
        code,
        tab=work_tab,
        form_name="step_form",
        make=lambda opened: StepForm(request.POST, prefix="step"),
        act=act,
        said=_("The step is kept."),
        back=("case", "timeline"),
    )


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def step(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Changes a step. Two people at one step: the second sees what the first has saved."""
    heading = _("Step")
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Step, uid)
        form = StepForm(request.POST or None, initial={**_initial(opened, row), "key": uuid.uuid4(), "version": row.version})
        if request.method != "POST" or not form.is_valid():
            return row_page(request, opened.case, form, heading)
        try:
            actions.change_row(keyring=keys_of(request), row=row, changes=form.body(), version=form.cleaned_data["version"] or 0)
        except ChangedMeanwhile as changed:
            again, theirs = with_theirs(form, StepForm, request, changed.saved, row)
            return row_page(request, opened.case, again, heading, theirs=theirs)
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(address(opened.case, "case", "timeline"))


def _initial(opened: OpenCase, row: Step) -> dict[str, Any]:
    """Day and time as the form's widgets write them."""
    body = dict(opened.open(row).body)
    at = datetime.fromisoformat(body["at"])
    body["on"] = at.date()
    body["time"] = at.time() if "T" in body["at"] else None
    return body
