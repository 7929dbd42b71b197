"""The page on which a meeting goes to a venue without internet and comes home; on the laptop, the page that ends its stay."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.venue import BringForm, CallBackForm, TakeForm
from kenesh.council.models import Meeting
from kenesh.council.queries import meetings as queries
from kenesh.council.queries.venue import last_takes
from kenesh.council.rules import Permission
from kenesh.council.venue import parcel
from kenesh.kernel import archive
from kenesh.kernel.access import requires
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import takes_files
from kenesh.people.middleware import person_of
from kenesh.people.models import User

_NOT_OURS = gettext_lazy("This is not the file that the laptop of this node wrote, or it was changed.")


@takes_files
@requires(Permission.KEEP_MEETINGS)
def venue(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the meeting, calls it back, brings it; or closes it on the laptop, as the button says."""
    user = person_of(request)
    meeting: Meeting = queries.meeting_to_keep(user, code)
    if settings.AT_VENUE:
        return _at_venue(request, meeting, user)
    wish = request.POST.get("do", "") if request.method == "POST" else ""
    take = TakeForm(request.POST if wish == "take" else None)
    back = CallBackForm(request.POST if wish == "call_back" else None)
    bring = BringForm(request.POST if wish == "bring" else None, request.FILES if wish == "bring" else None)
    form: forms.Form | None = {"take": take, "call_back": back, "bring": bring}.get(wish)
    if form is not None and form.is_valid():
        try:
            if wish == "take":
                return _take(meeting, take.cleaned_data["passphrase"], user)
            if wish == "call_back":
                actions.call_back(meeting=meeting, why=back.cleaned_data["why"], by=user)
                messages.success(request, _("The meeting goes on here. A file of that laptop is refused from now on."))
            else:
                _bring(request, bring.cleaned_data["file"], user)
            return _again(meeting)
        except Refused as why:
            form.add_error(None, str(why))
        except Busy:
            form.add_error(None, _("Too many sign in at this moment. Wait ten seconds and press the button again."))
        except (parcel.WrongFile, archive.Unreadable) as why:
            shown = why.shown if isinstance(why, parcel.WrongFile) else ""
            form.add_error("file", " ".join((str(shown or _NOT_OURS), _("Nothing was taken over."))))
    context: dict[str, Any] = {
        "meeting": meeting, "take": take, "back": back, "bring": bring, "form": form, "takes": last_takes(meeting),
    }  # fmt: skip
    return render(request, "council/work_venue.html", context)


def _again(meeting: Meeting) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("council_work:venue", args=[meeting.code]))


def _take(meeting: Meeting, passphrase: str, user: User) -> HttpResponse:
    """Raises Refused, Busy."""
    lock = parcel.Lock(passphrase)
    taken = actions.take_to_venue(meeting=meeting, by=user)
    return _file(lock.bytes_of(taken.uid, actions.lines_to_take(taken)), f"meeting-{meeting.code}.kenesh")


def _bring(request: HttpRequest, file: UploadedFile, user: User) -> None:
    """Raises Refused, parcel.WrongFile, archive.Unreadable."""
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".venue-") as folder:
        path = Path(folder) / "parcel"
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        brought = actions.bring_from_venue(uid=parcel.take_of(path), lines=parcel.read_home(path), by=user)
    if brought.again:
        messages.info(request, _("This file was brought back before. Nothing was changed."))
    else:
        messages.success(request, _("The meeting is back. What was done at the venue stands here now."))


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return holds_secret(response)


# --- on the laptop ------------------------------------------------------------------------------------------------------


def _at_venue(request: HttpRequest, meeting: Meeting, user: User) -> HttpResponse:
    wish = request.POST.get("do", "") if request.method == "POST" else ""
    if wish == "close":
        try:
            stay = actions.close_at_venue(by=user)
        except Refused as why:
            messages.error(request, str(why))
            return _again(meeting)
        lines = actions.lines_to_bring(stay)
        return _file(parcel.bytes_home(stay.uid, stay.node, bytes(stay.seals_to), lines), f"back-{meeting.code}.kenesh")
    if wish == "go_on":
        actions.go_on_at_venue(by=user)
        messages.success(request, _("The meeting goes on here."))
        return _again(meeting)
    context = {"meeting": meeting, "stay": actions.stay_here(), "address": settings.ADDRESS}
    return render(request, "council/work_venue_stay.html", context)
