"""Correspondents of the secretariat, one by one and out of files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kenesh.kernel.access import requires
from kenesh.kernel.findings import Candidate
from kenesh.kernel.rows import stamp_of
from kenesh.kernel.uploads import takes_files
from kenesh.people import actions
from kenesh.people.address_files import Unreadable
from kenesh.people.doubles import Listed
from kenesh.people.forms.correspondents import (
    AddressFileForm,
    ConfirmFileForm,
    CorrespondentFilter,
    EditCorrespondentForm,
    NewCorrespondentForm,
    StopForm,
    initial_of_correspondent,
)
from kenesh.people.middleware import person_of
from kenesh.people.models import Body, Correspondent, CorrespondentRole, MailStop
from kenesh.people.queries.correspondents import (
    address_file_of,
    alike_in_list,
    correspondent_to_keep,
    page_of_correspondents,
    secretarys_bodies,
    stop_of,
)
from kenesh.people.rules import Permission
from kenesh.people.views.organisations import changed_meanwhile
from kenesh.themes.languages import OWN_NAME


def _unreadable(why: str) -> str:
    return {
        "kind": _("This is neither a table of Excel (.xlsx) nor cards (.vcf). Save it as one of these and bring it again."),
        "columns": _(
            "No line of headings was found. Name the columns: name, post, organisation, role, body, e-mail, phone, language, country."
        ),
        "rows": _("This file has more than 2000 entries. Bring it in parts."),
        "size": _("This table is too large. Bring it in parts."),
    }[why]


@requires(Permission.KEEP_ADDRESS_BOOK)
@require_safe
def address_book(request: HttpRequest) -> HttpResponse:
    """Correspondents of one's bodies and of all secretaries, newest first."""
    user = person_of(request)
    form = CorrespondentFilter(request.GET, bodies=secretarys_bodies(user))
    if not form.is_valid():
        raise Http404
    page, stops = page_of_correspondents(user, form.chosen(), after=request.GET.get("after", ""))
    lines = [{"correspondent": correspondent, "stop": stops.get(correspondent.email, "")} for correspondent in page.rows]
    return render(request, "people/address_book.html", {"page": page, "lines": lines, "filter": form})


@requires(Permission.KEEP_ADDRESS_BOOK)
def new_correspondent(request: HttpRequest) -> HttpResponse:
    """A correspondent is entered; when somebody alike is in the list, only after a second press."""
    form = NewCorrespondentForm(request.POST or None, bodies=secretarys_bodies(person_of(request)))
    alike: list[Candidate] = []
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        who = Listed(form.cleaned_data["key"], facts.name, facts.organisation, facts.phones)
        if request.POST.get("do") != "another":
            alike = alike_in_list(form.body(), who, email=facts.email)
    if request.method == "POST" and form.is_valid() and not alike:
        try:
            actions.add_correspondent(code=form.cleaned_data["key"], body=form.body(), facts=form.facts(), by=person_of(request))
        except actions.AddressTaken:
            form.add_error("email", _("This address is in this list already."))
        else:
            messages.success(request, _("The entry is saved."))
            return _to_list()
    return render(request, "people/correspondent_form.html", {"form": form, "correspondent": None, "alike": alike})


def _to_list() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people_work:address_book"))


@requires(Permission.KEEP_ADDRESS_BOOK)
def correspondent(request: HttpRequest, code: str) -> HttpResponse:
    """One correspondent, to be changed."""
    user = person_of(request)
    found = correspondent_to_keep(user, code)
    data = request.POST.copy()
    form = EditCorrespondentForm(data or None, initial=initial_of_correspondent(found), bodies=secretarys_bodies(user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_correspondent(
                correspondent=found, body=form.body(), facts=form.facts(), seen=form.cleaned_data["seen"], by=user
            )
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(correspondent_to_keep(user, code))
        except actions.AddressTaken:
            form.add_error("email", _("This address is in this list already."))
        else:
            messages.success(request, _("Saved."))
            return _to_list()
    return _correspondent_page(request, found, form)


def _correspondent_page(request: HttpRequest, correspondent: Correspondent, form: Any) -> HttpResponse:
    return render(
        request,
        "people/correspondent_form.html",
        {"form": form, "correspondent": correspondent, "stop": stop_of(correspondent), "alike": []},
    )


@requires(Permission.KEEP_ADDRESS_BOOK)
@require_POST
def remove_correspondent(request: HttpRequest, code: str) -> HttpResponse:
    """The correspondent goes."""
    actions.remove_correspondent(correspondent=correspondent_to_keep(person_of(request), code), by=person_of(request))
    messages.success(request, _("The entry is removed."))
    return _to_list()


@requires(Permission.KEEP_ADDRESS_BOOK)
@require_POST
def stop_correspondent(request: HttpRequest, code: str) -> HttpResponse:
    """Mail to her comes back, she wants none, or it works again."""
    found, form = correspondent_to_keep(person_of(request), code), StopForm(request.POST)
    if form.is_valid() and found.email:
        do = form.cleaned_data["do"]
        if do == "resume":
            actions.resume_mail(email=found.email, by=person_of(request), also_opted_out=False)
        else:
            actions.stop_mail(email=found.email, why=MailStop.Why(do), by=person_of(request))
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("people_work:correspondent", args=[code]))


# --- files ------------------------------------------------------------------------------------------------------------


@takes_files
@requires(Permission.KEEP_ADDRESS_BOOK)
def bring_addresses(request: HttpRequest) -> HttpResponse:
    """A file with correspondents: it is read and shown, and nothing is entered yet."""
    form = AddressFileForm(request.POST or None, request.FILES or None, bodies=secretarys_bodies(person_of(request)))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.check_address_file(
                code=form.cleaned_data["key"],
                body=form.body(),
                name=file.name,
                data=b"".join(file.chunks()),
                by=person_of(request),
            )
        except Unreadable as refused:
            form.add_error("file", _unreadable(refused.why))
        else:
            return HttpResponseRedirect(reverse("people_work:address_file", args=[kept.code]))
    return render(request, "people/bring_addresses.html", {"form": form})


@requires(Permission.KEEP_ADDRESS_BOOK)
def address_file(request: HttpRequest, code: str) -> HttpResponse:
    """What would come of each row; then it is entered or thrown away."""
    user = person_of(request)
    found = address_file_of(user, code)
    numbers = [row["number"] for row in found.rows if row["found"] in {"new", "alike"}]
    form = ConfirmFileForm(request.POST or None, numbers=numbers)
    if request.method == "POST" and request.POST.get("do") == "discard":
        actions.discard_address_file(file=found, by=user)
        messages.success(request, _("Nothing of the file was entered."))
        return _to_list()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        entered = actions.import_addresses(file=found, numbers=set(said["take"]), role=said["role"], by=user)
        told = ngettext("%(number)s entry was saved.", "%(number)s entries were saved.", entered)
        messages.success(request, told % {"number": entered})
        return _to_list()
    rows = _named_rows(found.rows, secretarys_bodies(user))
    groups = {kind: [row for row in rows if row["found"] == kind] for kind in ("new", "alike", "known", "wrong")}
    return render(request, "people/address_file.html", {"file": found, "groups": groups, "form": form})


def _named_rows(rows: list[dict[str, Any]], bodies: Sequence[Body]) -> list[dict[str, Any]]:
    """With role, body and languages in words; rows of a file that waits since before an upgrade say less."""
    roles, named = dict(CorrespondentRole.choices), {body.code: body for body in bodies}
    return [
        {"unclear": []}
        | row
        | {
            "role_named": roles.get(row.get("role", "")),
            "body_named": named.get(row.get("body", "")),
            "languages_named": ", ".join(OWN_NAME[code] for code in row["facts"]["languages"].split()),
        }
        for row in rows
    ]
