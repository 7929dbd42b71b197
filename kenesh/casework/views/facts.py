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
from kenesh.casework import actions, queries, release, suggesting
from kenesh.casework.forms import MatterForm, PersonForm, ThemeForm, for_sealing, in_sections
from kenesh.casework.models import Case, Matter, Party, Person, Sheet
from kenesh.casework.opening import ChangedMeanwhile, OpenCase, Opened
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, opened_appeals, opened_case, read, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    appeals = opened_appeals(request, opened)
    matters = opened.matters()
    unnamed = any(not suggesting.has_fine_theme(matter) for matter in matters)
    found = suggesting.suggestions(suggesting.told_by(appeals)) if unnamed else []
    context = {
        "appeals": appeals,
        "persons": opened.persons(),
        "matters": matters,
        "suggested": {matter.row.pk for matter in matters if not suggesting.has_fine_theme(matter)} if found else set(),
        "suggestions": found,
        "parties": parties_of(opened),
        "sheet": sheet_of(opened),
    }
    return show(request, opened, "facts", "casework/facts.html", context)


def parties_of(opened: OpenCase) -> list[Opened[Party]]:
    return [opened.open(row) for row in opened.case.parties.order_by("id")]


def sheet_of(opened: OpenCase) -> Opened[Sheet] | None:
    row = Sheet.objects.filter(case=opened.case).first()
    return opened.open(row) if row is not None else None


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
        theirs: list[tuple[str, str]] | None = None
        if request.method == "POST" and form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "version")}
            try:
                if row is None:
                    add(keyring=keys_of(request), case=opened.case, body=data, key=form.cleaned_data["key"])
                else:
                    actions.change_row(keyring=keys_of(request), row=row, changes=data, version=form.cleaned_data["version"] or 0)
            except ChangedMeanwhile as changed:
                form, theirs = with_theirs(form, form_type, request, changed.saved, row)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(address(opened.case, "facts"))
    except KeyMissing:
        return closed_to_us(request)
    return row_page(request, opened.case, form, title, theirs=theirs)


def row_page(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    heading: str,
    *,
    theirs: list[tuple[str, str]] | None = None,
    conflicts: list[actions.Conflict] | None = None,
    tab: str = "facts",
) -> HttpResponse:
    """One row as a form of its own; `theirs`: where what a colleague saved meanwhile differs, empty when nothing does, None when
    nobody saved; `conflicts`: clients who may be the other side."""
    first, sections = in_sections(form)
    context = {
        "case": case,
        "form": form,
        "heading": heading,
        "first": first,
        "sections": sections,
        "theirs": theirs,
        "conflicts": conflicts or [],
        "back": address(case, tab),
    }
    return render(request, "casework/row.html", context, status=422 if form.errors or theirs is not None else 200)


def with_theirs(
    form: Any, form_type: type[Any], request: HttpRequest, saved: dict[str, Any], row: Any
) -> tuple[Any, list[tuple[str, str]]]:
    """My form again, knowing the newest version, and beside it where a colleague's differs."""
    row.refresh_from_db(fields=["version"])
    mine = request.POST.copy()
    mine["version"] = str(row.version)
    again = form_type(mine)
    again.is_valid()
    taken = for_sealing(again.cleaned_data)
    differs = [
        (str(field.label), wording.answer_in_words(field, saved.get(field.name)) or "–")
        for field in again
        if field.name in saved and str(saved[field.name]) != str(taken.get(field.name, ""))
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
def accept_theme(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """A suggested theme becomes the theme of a matter."""
    case = queries.case_for_caseworker(person_of(request), code)
    form = ThemeForm(request.POST)
    try:
        row = queries.row_of_case(case, Matter, uid)
        if form.is_valid():
            data = form.cleaned_data
            actions.accept_theme(keyring=keys_of(request), matter=row, concept=data["theme"], version=data["version"])
            messages.success(request, _("The matter has this theme now."))
    except ChangedMeanwhile:
        messages.warning(request, _("A colleague changed this matter a moment ago. Please look at it again."))
    except KeyMissing:
        return closed_to_us(request)
    return HttpResponseRedirect(address(case, "facts", "matters"))


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
