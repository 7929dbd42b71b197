"""The deadlines of a case."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import actions, queries
from kenesh.casework.forms import DeadlineForm
from kenesh.casework.models import Deadline
from kenesh.casework.opening import OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, new_key, posted, read, show
from kenesh.kernel.access import requires
from kenesh.people.middleware import keys_of, person_of, with_keys


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "deadlines": opened.deadlines(),
        "deadline_form": DeadlineForm(initial=new_key(), prefix="deadline"),
        "form": next(iter(replaced.values()), None),
        **replaced,
    }
    return show(request, opened, "deadlines", "casework/deadlines.html", context, status=422 if replaced else 200)


@requires(Permission.WORK_ON_CASES)
@with_keys
def deadlines(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def deadline(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: DeadlineForm) -> None:
        data = form.cleaned_data
        actions.set_deadline(
            keyring=keys_of(request), case=opened.case, due_on=data["due_on"], what=data["what"], key=data["key"]
        )

    return posted(
        request,
        code,
        tab=_page,
        form_name="deadline_form",
        make=lambda opened: DeadlineForm(request.POST, prefix="deadline"),
        act=act,
        said=_("The deadline is set."),
        back=("deadlines", ""),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def deadline_done(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    case = queries.case_for_caseworker(person_of(request), code)
    actions.finish_deadline(keyring=keys_of(request), deadline=queries.row_of_case(case, Deadline, uid))
    return HttpResponseRedirect(address(case, "deadlines"))
