"""Adding photos, papers and voice messages: on the way through the form, and later with the receipt."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions, attachments, drafts, queries
from kenesh.appeals.attachments import OpenFile
from kenesh.appeals.forms.files import FileForm
from kenesh.appeals.models import Attachment, Status
from kenesh.appeals.views.form import WHY
from kenesh.appeals.views.page import WHY_RECEIPT, holder_of, to_status
from kenesh.kernel import pieces, vault
from kenesh.kernel.access import public
from kenesh.kernel.downloads import download
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import NotTaken, Source, takes_files


@dataclass
class DraftDoor:
    """Files of a form that is not sent yet."""

    draft: drafts.OpenDraft

    @property
    def secret(self) -> bytes:
        return actions.begin_files(draft=self.draft)

    def begin(self, key: uuid.UUID) -> bool:
        if Attachment.objects.filter(request_key=key).exists():
            return False
        if len(self.files()) >= attachments.MOST_FILES:
            raise attachments.Refused("too_many")
        if not attachments.room_in_drafts():
            raise attachments.Refused("full")
        return True

    def add(self, source: Source, name: str, key: uuid.UUID) -> None:
        actions.add_to_draft(
            draft=self.draft, take_in=lambda: attachments.take_in(source, name=name, by="person"), request_key=key
        )

    def files(self) -> list[OpenFile]:
        return attachments.files_in_draft(self.draft.answers)


class Ended(NotTaken):
    """The office has ended: nobody would open the file."""

    @property
    def sentence(self) -> str:
        return _("Nothing can be added now: this office has ended, and nobody there can open it.")


class Closed(NotTaken):
    """The appeal is being erased, or was taken back."""

    @property
    def sentence(self) -> str:
        return _("Nothing can be added now: the appeal is being erased or was taken back.")


@dataclass
class ReceiptDoor:
    """Files that somebody adds with her receipt."""

    holder: actions.Holder

    @property
    def secret(self) -> bytes:
        return vault.B(self.holder.secret, "files")

    def begin(self, key: uuid.UUID) -> bool:
        if self.holder.opened.appeal.status in (Status.ERASING, Status.WITHDRAWN):
            raise Closed
        if queries.nobody_reads(self.holder.opened.appeal.office):
            raise Ended
        if Attachment.objects.filter(request_key=key).exists():
            return False
        if sum(file.by == "person" for file in self.files()) >= attachments.MOST_FILES:
            raise attachments.Refused("too_many")
        return True

    def add(self, source: Source, name: str, key: uuid.UUID) -> None:
        try:
            actions.add_with_receipt(
                holder=self.holder, take_in=lambda: attachments.take_in(source, name=name, by="person"), request_key=key
            )
        except actions.Erasing:
            raise Closed from None
        except actions.OfficeEnded:
            raise Ended from None

    def files(self) -> list[OpenFile]:
        return attachments.files_of(self.holder.opened)


def _page(request: HttpRequest, door: DraftDoor | ReceiptDoor) -> HttpResponse:
    """The files so far, and a form for one more, which works without a script."""
    form = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        key = pieces.row_key(door.secret, form.cleaned_data["key"])
        try:
            if door.begin(key):
                door.add(upload, upload.name, key)
        except NotTaken as reason:
            form.add_error("file", reason.sentence)
        except Busy:
            form.add_error(None, _("Many people are here at this moment. Please wait some seconds and send the file again."))
        else:
            messages.success(request, _("The file is added. Only the office can open it."))
            return HttpResponseRedirect(request.path)
    in_draft = isinstance(door, DraftDoor)
    files = door.files()
    context = {
        "form": form,
        "files": files,
        "most": attachments.MOST_FILES,
        "full": sum(file.by == "person" for file in files) >= attachments.MOST_FILES,
        "in_draft": in_draft,
        "page": "base_neutral.html" if in_draft else "base_receipt.html",
        "piece": reverse("appeals:files_piece" if in_draft else "appeals:my_files_piece"),
        "may_send": attachments.WHAT_MAY_BE_SENT,
    }
    return holds_secret(render(request, "appeals/files.html", context, status=422 if form.errors else 200))


def _draft(request: HttpRequest) -> drafts.OpenDraft | None:
    """The draft of a form that is not sent yet."""
    draft = drafts.load(request.COOKIES.get(settings.DRAFT_COOKIE_NAME, ""))
    return draft if draft is not None and draft.filed is None else None


def _no_draft(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, _("There is no open form in this browser. Begin one, or add the file with the digits of your receipt.")
    )
    return HttpResponseRedirect(reverse("appeals:what"))


@public(WHY)
@takes_files
@sensitive_post_parameters()
def files(request: HttpRequest) -> HttpResponse:
    """Files of the form that is being filled in; they can stay away."""
    draft = _draft(request)
    return _no_draft(request) if draft is None else _page(request, DraftDoor(draft))


@public(WHY)
@require_POST
def files_piece(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    return _no_draft(request) if draft is None else pieces.answer(request, DraftDoor(draft))


@public(WHY)
@require_POST
def remove_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Takes a file out of a form that is not sent yet."""
    draft = _draft(request)
    if draft is None:
        return _no_draft(request)
    actions.remove_from_draft(draft=draft, uid=uid)
    return HttpResponseRedirect(reverse("appeals:files"))


@public(WHY_RECEIPT)
@takes_files
@sensitive_post_parameters()
def my_files(request: HttpRequest) -> HttpResponse:
    """What the person and the office have shared, and a form for one more."""
    holder = holder_of(request)
    return to_status(request) if holder is None else _page(request, ReceiptDoor(holder))


@public(WHY_RECEIPT)
@require_POST
def my_files_piece(request: HttpRequest) -> HttpResponse:
    holder = holder_of(request)
    return to_status(request) if holder is None else pieces.answer(request, ReceiptDoor(holder))


@public(WHY_RECEIPT)
def my_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One file, as it was added."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    file = attachments.file_of(holder.opened, uid)
    if file is None:
        raise Http404
    return download(attachments.read(file), name=file.name, kind=file.kind, size=file.size)
