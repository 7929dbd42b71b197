"""Files: the person's and the office's, each opened only for whom a key opens it; small pictures are made on demand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions as appeal_actions
from kenesh.appeals import attachments
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals.attachments import OpenFile
from kenesh.appeals.forms.files import DescribedFileForm
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries, readers
from kenesh.casework.forms import WhomForm
from kenesh.casework.forms.whom import CHOOSE
from kenesh.casework.models import CaseFile
from kenesh.casework.opening import OpenCase, open_case
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, read, show
from kenesh.kernel import inspection, pieces, vault
from kenesh.kernel.access import requires
from kenesh.kernel.downloads import download, picture
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import NotTaken, Source, takes_files
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.middleware import keys_of, person_of, with_keys


@dataclass
class CaseDoor:
    """Files that the office adds to a case."""

    keyring: Keyring
    opened: OpenCase
    description: str = ""

    @property
    def secret(self) -> bytes:
        return vault.link_hash(self.keyring.secret, f"files of {self.opened.case.uid.hex}")

    def begin(self, key: uuid.UUID) -> bool:
        return not CaseFile.objects.filter(request_key=key).exists()

    def add(self, source: Source, name: str, key: uuid.UUID) -> None:
        actions.add_file(
            keyring=self.keyring,
            case=self.opened.case,
            take_in=lambda: attachments.take_in(source, name=name, by="office", description=self.description),
            key=key,
        )


def _of_persons(request: HttpRequest, opened: OpenCase) -> list[dict[str, Any]]:
    """Each appeal of the case with its files; empty where the person has taken it back."""
    rows = readers.appeals_of(opened.case)
    names, shown = readers.names(opened, rows), []
    for appeal in rows:
        one: dict[str, Any] = {"appeal": appeal, "who": names.get(appeal.pk, ""), "files": [], "open": True}
        try:
            one["files"] = attachments.files_of(appeal_opening.open_for_office(appeal, keys_of(request)))
        except KeyMissing:
            one["open"] = False
        shown.append(one)
    return shown


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "files": actions.files_of(opened),
        "of_persons": _of_persons(request, opened),
        "whom": readers.whom(opened, keys_of(request)),
        "file_form": DescribedFileForm(),
        "may_send": attachments.WHAT_MAY_BE_SENT,
        "form": next(iter(replaced.values()), None),
        **replaced,
    }
    return show(request, opened, "files", "casework/files.html", context, status=422 if replaced else 200)


@requires(Permission.WORK_ON_CASES)
@takes_files
@with_keys
@sensitive_post_parameters()
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The tab, and the form with one more file."""
    if request.method != "POST":
        return read(request, code, _page)
    try:
        opened = open_case(queries.case_for_caseworker(person_of(request), code), keys_of(request))
        form = DescribedFileForm(request.POST, request.FILES)
        if form.is_valid() and _added(request, opened, form):
            messages.success(request, _("The file is kept in the case."))
            return HttpResponseRedirect(address(opened.case, "files"))
        return _page(request, opened, file_form=form)
    except KeyMissing:
        return closed_to_us(request)


def _added(request: HttpRequest, opened: OpenCase, form: DescribedFileForm) -> bool:
    """Whether the file was taken; if not, the form says why."""
    door = CaseDoor(keys_of(request), opened, form.cleaned_data["description"])
    upload = form.cleaned_data["file"]
    try:
        door.add(upload, upload.name, pieces.row_key(door.secret, form.cleaned_data["key"]))
    except NotTaken as reason:
        form.add_error("file", reason.sentence)
    except Busy:
        form.add_error(None, _("Many people are here at this moment. Please wait some seconds and send the file again."))
    else:
        return True
    return False


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def files_piece(request: HttpRequest, code: str) -> HttpResponse:
    """One piece of a file."""
    try:
        opened = open_case(queries.case_for_caseworker(person_of(request), code), keys_of(request))
    except KeyMissing:
        return closed_to_us(request)
    return pieces.answer(request, CaseDoor(keys_of(request), opened))


def _case_file(request: HttpRequest, code: str, uid: uuid.UUID) -> tuple[OpenCase, CaseFile]:
    case = queries.case_for_caseworker(person_of(request), code)
    row = queries.row_of_case(case, CaseFile, uid)
    return open_case(case, keys_of(request)), row


def _answer(request: HttpRequest, file: OpenFile, part: str) -> HttpResponseBase:
    """The original, the copy without metadata, or a small picture."""
    if part == "copy":
        if file.copy is None:
            raise Http404
        return download(attachments.read(file, shared=True), name=file.name, kind=file.kind, size=file.copy.size)
    if part == "picture":
        small = inspection.preview(attachments.read(file)) if file.is_picture else b""
        if not small:
            raise Http404
        return picture(small)
    return download(attachments.read(file), name=file.name, kind=file.kind, size=file.size)


@requires(Permission.WORK_ON_CASES)
@with_keys
def case_file(request: HttpRequest, code: str, uid: uuid.UUID, part: str = "") -> HttpResponseBase:
    """A file of the office."""
    try:
        opened, row = _case_file(request, code, uid)
        return _answer(request, actions.opened_file(opened, row), part)
    except KeyMissing:
        return closed_to_us(request)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def remove_file(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Destroys a file of the office; only who can open the case can do it."""
    try:
        _opened, row = _case_file(request, code, uid)
    except KeyMissing:
        return closed_to_us(request)
    actions.remove_file(keyring=keys_of(request), row=row)
    messages.success(request, _("The file is destroyed."))
    return HttpResponseRedirect(reverse("casework_work:files", args=[code]))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def share_file(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Gives a copy to those who were chosen; a case of one person leaves no choice."""
    try:
        opened, row = _case_file(request, code, uid)
        form = WhomForm(request.POST, whom=readers.whom(opened, keys_of(request)))
        given = _share(request, row, form.chosen()) if form.is_valid() else []
    except KeyMissing:
        return closed_to_us(request)
    except actions.NoCleanCopy:
        messages.warning(
            request, _("This file cannot be shared: no copy without hidden details could be made. Please save it as PDF.")
        )
    except NotTaken as reason:
        messages.warning(request, reason.sentence)
    except Busy:
        messages.warning(request, _("Many people are here at this moment. Please wait some seconds and try again."))
    else:
        if given and form.names():
            messages.success(request, _("Shared with: %(names)s.") % {"names": form.names()})
        elif given:
            messages.success(request, _("The person finds the file with her receipt."))
        elif form.errors:
            messages.warning(request, CHOOSE)
        else:
            messages.warning(request, _("The file was not shared: nobody could open it with a receipt now."))
    return HttpResponseRedirect(reverse("casework_work:files", args=[code]))


def _share(request: HttpRequest, row: CaseFile, chosen: list[Appeal]) -> list[Appeal]:
    """Those who have the file now: not who has taken her appeal back a moment ago. Sent again, nobody gets it twice."""
    given = []
    for appeal in chosen:
        try:
            actions.share_file(keyring=keys_of(request), row=row, appeal=appeal)
        except (KeyMissing, appeal_actions.Erasing):
            continue
        given.append(appeal)
    return given


def _appeal(request: HttpRequest, code: str) -> tuple[Appeal, appeal_opening.OpenAppeal]:
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    return appeal, appeal_opening.open_for_office(appeal, keys_of(request))


@requires(Permission.WORK_ON_CASES)
@with_keys
def appeal_files(request: HttpRequest, code: str) -> HttpResponse:
    """The files of an appeal that nobody has taken up yet."""
    try:
        appeal, opened = _appeal(request, code)
        found = attachments.files_of(opened)
    except KeyMissing:
        return closed_to_us(request)
    return render(request, "casework/appeal_files.html", {"appeal": appeal, "files": found})


@requires(Permission.WORK_ON_CASES)
@with_keys
def appeal_file(request: HttpRequest, code: str, uid: uuid.UUID, part: str = "") -> HttpResponseBase:
    """A file that the person added, or that the office shared with her."""
    try:
        _row, opened = _appeal(request, code)
        file = attachments.file_of(opened, uid)
    except KeyMissing:
        return closed_to_us(request)
    if file is None:
        raise Http404
    return _answer(request, file, part)
