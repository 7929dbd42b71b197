"""The other side with its conflict check, and the sheet of a case."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals.opening import Answers
from kenesh.casework import actions, queries, registers
from kenesh.casework.forms import ConflictForm, PartyForm, SheetForm, for_sealing
from kenesh.casework.models import Party
from kenesh.casework.opening import ChangedMeanwhile, OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.facts import row_page, sheet_of, with_theirs
from kenesh.casework.views.page import address, closed_to_us, opened_case, say_if_unsearched
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Organisation


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def party(request: HttpRequest, code: str, uid: uuid.UUID | None = None) -> HttpResponse:
    """Adds or changes the other side. Who may be a client of the office is shown first; going on takes a reason."""
    heading = _("Other side")
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Party, uid) if uid else None
        before = opened.open(row).body if row is not None else {}
        start = {**before, "why": before.get("conflict", {}).get("why", "")}
        form = PartyForm(request.POST or None, initial={**start, "key": uuid.uuid4(), "version": row.version if row else 1})
        if request.method != "POST" or not form.is_valid():
            return row_page(request, opened.case, form, heading)
        found = _found_conflicts(request, opened, form)
        if found and not form.cleaned_data["why"]:
            form.add_error("why", _("Please write why this is no conflict, or do not go on with this case."))
            return row_page(request, opened.case, form, heading, conflicts=found)
        try:
            _save_party(request, opened, row, form, conflict=bool(found))
        except ChangedMeanwhile as changed:
            again, theirs = with_theirs(form, PartyForm, request, changed.saved, row)
            return row_page(request, opened.case, again, heading, theirs=theirs)
    except KeyMissing:
        return closed_to_us(request)
    say_if_unsearched(request, [opened.case.office])
    number = form.cleaned_data["tax_number"]
    if number and not registers.looks_right(number):
        messages.warning(request, _("Saved. The check digit of the number does not fit: please compare it with the paper."))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(address(opened.case, "facts", "parties"))


def _found_conflicts(request: HttpRequest, opened: OpenCase, form: PartyForm) -> list[actions.Conflict]:
    data = form.cleaned_data
    return actions.conflicts(
        keyring=keys_of(request), office=opened.case.office, name=data["name"], phone=data["phone"], but=opened.case
    )


def _save_party(request: HttpRequest, opened: OpenCase, row: Party | None, form: PartyForm, *, conflict: bool) -> None:
    body = for_sealing(form.cleaned_data)
    why = body.pop("why")
    if conflict:
        body["conflict"] = actions.decided(keyring=keys_of(request), why=why)
    if row is None:
        actions.add_party(keyring=keys_of(request), case=opened.case, body=body, key=form.cleaned_data["key"])
    else:
        actions.change_party(keyring=keys_of(request), party=row, changes=body, version=form.cleaned_data["version"] or 0)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Way of working and evidence."""
    heading = _("Way of working and evidence")
    try:
        opened = opened_case(request, code)
        before = sheet_of(opened)
        initial = {**(before.body if before else {}), "version": before.row.version if before else 0}
        form = SheetForm(request.POST or None, initial=initial)
        if request.method != "POST" or not form.is_valid():
            return row_page(request, opened.case, form, heading)
        try:
            changes, version = for_sealing(form.cleaned_data), form.cleaned_data["version"] or 0
            actions.keep_sheet(keyring=keys_of(request), case=opened.case, changes=changes, version=version)
        except ChangedMeanwhile as changed:
            stored = sheet_of(opened)
            again, theirs = with_theirs(form, SheetForm, request, changed.saved, stored.row if stored else None)
            return row_page(request, opened.case, again, heading, theirs=theirs)
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(address(opened.case, "facts", "sheet"))


def conflicts_of_appeal(request: HttpRequest, office: Organisation, answers: Answers) -> list[actions.Conflict]:
    """Clients of the office who may be the one against whom this appeal is. Raises KeyMissing."""
    name = str(answers.get("culprit_name") or "")
    return actions.conflicts(keyring=keys_of(request), office=office, name=name) if name else []


def complained_about(answers: Answers) -> Organisation | None:
    """The office that a complaint is about, which cannot see it."""
    code = answers.get("complaint_about")
    return Organisation.objects.filter(code=code).first() if code else None


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def conflicts(request: HttpRequest, code: str, case: str = "") -> HttpResponse:
    """Before an appeal is taken up, or joined to a case, whose other side may be a client: no conflict and why, or decline, or
    another office."""
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    into = queries.case_for_caseworker(person_of(request), case) if case else None
    try:
        answers = appeal_opening.open_for_office(appeal, keys_of(request)).answers()
        found = conflicts_of_appeal(request, appeal.office, answers)
        form = ConflictForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = actions.decided(keyring=keys_of(request), why=form.cleaned_data["why"])
            party = {**actions.party_from_answers(answers), "conflict": reason}
            if into is not None:
                actions.join_checked(keyring=keys_of(request), appeal=appeal, case=into, party=party)
                messages.success(request, _("The appeal is part of this case now. You can part them again below."))
                return HttpResponseRedirect(address(into, "facts", "duplicates"))
            made = actions.take_up_checked(keyring=keys_of(request), appeal=appeal, party=party)
            messages.success(request, _("The case is open. The person sees that you work on it."))
            return HttpResponseRedirect(address(made))
    except actions.TakenAlready:
        messages.warning(request, _("A colleague was faster: this appeal is no longer new."))
        return HttpResponseRedirect(reverse("casework_work:queue"))
    except actions.NotTheirs:
        raise Http404 from None
    except KeyMissing:
        return closed_to_us(request)
    context = {"appeal": appeal, "into": into, "conflicts": found, "form": form, "name": answers.get("culprit_name", "")}
    context["digits"] = queries.digits_shown_of(person_of(request), appeal)
    return render(request, "casework/conflicts.html", context, status=422 if form.errors else 200)
