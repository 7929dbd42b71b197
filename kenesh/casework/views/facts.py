"""The persons and matters of a case, and the door to the public side."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import wording
from kenesh.casework import actions, queries, release
from kenesh.casework.forms import MatterForm, PersonForm
from kenesh.casework.models import Matter, Person
from kenesh.casework.opening import ChangedMeanwhile, OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, opened_case, read, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    context = {"persons": opened.persons(), "matters": opened.matters()}
    return show(request, opened, "facts", "casework/facts.html", context)


@requires(Permission.WORK_ON_CASES)
@with_keys
def facts(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


def _row_form(
    request: HttpRequest,
    code: str,
    uid: uuid.UUID | None,
    *,
    model: type[Any],
    form_type: type[Any],
    add: Callable[..., None],
    title: str,
) -> HttpResponse:
    """Adds or changes a person or a matter. Two people at one row: the second sees what the first has saved, and decides."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, model, uid) if uid else None
        before = opened.open(row) if row is not None else None
        initial = {**(before.body if before else {}), "key": uuid.uuid4(), "version": before.row.version if before else 1}
        form = form_type(request.POST or None, initial=initial)
        theirs: list[tuple[str, str]] = []
        if request.method == "POST" and form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "version")}
            try:
                if row is None:
                    add(keyring=keys_of(request), case=opened.case, body=data, key=form.cleaned_data["key"])
                else:
                    actions.change_row(keyring=keys_of(request), row=row, changes=data, version=form.cleaned_data["version"] or 0)
            except ChangedMeanwhile as changed:
                form, theirs = _with_theirs(form, form_type, request, changed.saved, row)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(address(opened.case, "facts"))
    except KeyMissing:
        return closed_to_us(request)
    context = {"case": opened.case, "form": form, "heading": title, "theirs": theirs}
    return render(request, "casework/row.html", context, status=422 if form.errors or theirs else 200)


def _with_theirs(
    form: Any, form_type: type[Any], request: HttpRequest, saved: dict[str, Any], row: Any
) -> tuple[Any, list[tuple[str, str]]]:
    """My form again, knowing the newest version, and beside it where a colleague's differs."""
    row.refresh_from_db(fields=["version"])
    mine = request.POST.copy()
    mine["version"] = str(row.version)
    again = form_type(mine)
    again.is_valid()
    differs = [
        (str(field.label), wording.answer_in_words(field, saved.get(field.name)) or "–")
        for field in again
        if field.name in saved and str(saved[field.name]) != str(form.cleaned_data.get(field.name, ""))
    ]
    return again, differs


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def person(request: HttpRequest, code: str, uid: uuid.UUID | None = None) -> HttpResponse:
    return _row_form(request, code, uid, model=Person, form_type=PersonForm, add=actions.add_person, title=_("Person"))


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def matter(request: HttpRequest, code: str, uid: uuid.UUID | None = None) -> HttpResponse:
    return _row_form(request, code, uid, model=Matter, form_type=MatterForm, add=actions.add_matter, title=_("Matter"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def release_matter(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Counts a matter through the door to the public side."""
    case = queries.case_for_caseworker(person_of(request), code)
    try:
        release.release_matter(keyring=keys_of(request), matter=queries.row_of_case(case, Matter, uid))
    except release.NoConsent:
        messages.warning(
            request, _("The person has not agreed to be counted. Ask for it in your answer; she can allow it with her receipt.")
        )
    except release.NoTheme:
        messages.warning(request, _("Choose the theme of this matter first: without it, it would be counted nowhere."))
    except release.ReleasedBefore:
        messages.info(request, _("This matter was counted already."))
    except KeyMissing:
        return closed_to_us(request)
    else:
        messages.success(request, _("Counted. It is published, together with at least four others, when the month is over."))
    return HttpResponseRedirect(address(case, "facts", "matters"))
