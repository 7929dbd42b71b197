"""Staff pages of the minutes: remarks, what was said under each point, approval, signatures, publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused, SavedByAnother
from kenesh.council.forms.fields import differences
from kenesh.council.forms.minutes import ApprovalForm, MinutesForm, NotesForm, SignatureForm
from kenesh.council.models import AgendaItem, Meeting, Minutes
from kenesh.council.queries import meetings as queries
from kenesh.council.queries.minutes import minutes_of, versions_of
from kenesh.council.rules import Permission, keeps
from kenesh.council.views.papers import internal_minutes
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import User


@requires(Permission.SEE_MEETINGS)
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as the body sees it; the secretary adds remarks."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    is_secretary = keeps(user, meeting.body)
    if request.method == "POST" and not is_secretary:
        raise Http404
    row = minutes_of(meeting) or Minutes(meeting_id=meeting.pk)
    form = MinutesForm(request.POST or None, initial=_said(row))
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.edit_minutes(
                meeting=meeting, remarks=said["remarks"], authentic=said["authentic"], version=said["version"], by=user
            )
        except SavedByAnother as why:
            row = Minutes.objects.get(meeting=meeting)
            again = MinutesForm({**request.POST.dict(), "version": row.version}, initial=_said(row))
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, _said(row))}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The remarks are saved."))
            return HttpResponseRedirect(request.path)
    return _shown(request, user, code, **context)


def _shown(request: HttpRequest, user: User, code: str, **more: object) -> HttpResponse:
    """The page; `more`: the form that has to be corrected."""
    meeting = queries.meeting_to_see(user, code)
    context: dict[str, object] = {
        **internal_minutes(request, meeting),
        "row": minutes_of(meeting),
        "decisions": list(meeting.decisions.order_by("number")),
        "meeting": meeting,
        "is_secretary": keeps(user, meeting.body),
        "points": list(meeting.items.order_by("position")),
        "approval": ApprovalForm(initial={"on": timezone.localdate()}),
        "signature": SignatureForm(initial={"on": timezone.localdate()}, auto_id="signed_%s"),
        **more,
    }
    return render(request, "council/work_minutes.html", context)


def _said(row: Minutes) -> dict[str, object]:
    return {"remarks": row.remarks, "authentic": row.authentic, "version": row.version}


@requires(Permission.KEEP_MEETINGS)
def notes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What was said under one point, in its languages; when somebody else was first, both are shown."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    item = queries.item_of(meeting, pk)
    form = NotesForm(request.POST or None, initial=_noted(item))
    context: dict[str, object] = {"form": form, "meeting": meeting, "item": item}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_notes(item=item, notes=said["notes"], version=said["version"], by=user)
        except SavedByAnother as why:
            now = queries.item_of(meeting, pk)
            again = NotesForm({**request.POST.dict(), "version": now.version}, initial=_noted(now))
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, _noted(now))}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("What was said is saved."))
            return HttpResponseRedirect(reverse("council_work:minutes", args=[code]))
    return render(request, "council/work_notes.html", context)


def _noted(item: AgendaItem) -> dict[str, object]:
    return {"notes": item.notes, "version": item.version}


@requires(Permission.KEEP_MEETINGS)
def minutes_status(request: HttpRequest, code: str) -> HttpResponse:
    """Approves, reopens, publishes or hides the minutes, or notes a signature, as the button says. Links of the page that it gives
    when an approval must be corrected lead to the minutes."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    page = request.path.removesuffix("status/")
    if request.method != "POST":
        return HttpResponseRedirect(f"{page}?{request.GET.urlencode()}")
    to, signature = request.POST.get("to"), SignatureForm(request.POST)
    if to == "approve":
        return _approve(request, meeting, user, page)
    said = ""
    try:
        if to == "sign" and signature.is_valid():
            given = signature.cleaned_data
            actions.sign_minutes(meeting=meeting, role=given["role"], on=given["on"], by=user)
            said = _("The signature is noted.")
        elif to == "sign":
            messages.error(request, _in_words(signature))
        elif to == "reopen":
            actions.reopen_minutes(meeting=meeting, by=user)
            said = _("The minutes are a draft again.")
        elif to in {"withhold", "show"}:
            version = next((one for one in versions_of(meeting) if str(one.number) == request.POST.get("number")), None)
            if version is None:
                raise Http404
            actions.withhold_version(version=version, withheld=to == "withhold", by=user)
            said = _("It is saved who may read the earlier version.")
        elif to in {"publish", "hide"}:
            actions.publish_minutes(meeting=meeting, public=to == "publish", by=user)
            said = (
                _("Everybody can read the minutes now.")
                if to == "publish"
                else _("The minutes are no longer on the public pages.")
            )
    except Refused as why:
        messages.error(request, str(why))
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(page)


def _approve(request: HttpRequest, meeting: Meeting, user: User, page: str) -> HttpResponse:
    """When it is refused, the reason of a correction is not lost."""
    approval = ApprovalForm(request.POST)
    if approval.is_valid():
        given = approval.cleaned_data
        try:
            actions.approve_minutes(meeting=meeting, on=given["on"], how=given["how"], reason=given["reason"], by=user)
        except Refused as why:
            approval.add_error(None, str(why))
        else:
            messages.success(request, _("The minutes are approved."))
            return HttpResponseRedirect(page)
    form = MinutesForm(initial=_said(minutes_of(meeting) or Minutes(meeting_id=meeting.pk)))
    return _shown(request, user, meeting.code, form=form, approval=approval)


def _in_words(form: SignatureForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
