"""At the door: badges with a code, the list of today with one press for each, the quorum and its rules; the travel list."""

from __future__ import annotations

from datetime import date

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council.actions import Refused, SavedByAnother
from kenesh.council.actions import checkin as actions
from kenesh.council.actions import invitations as inviting
from kenesh.council.forms.fields import differences
from kenesh.council.forms.invitations import CheckInForm, RulesForm
from kenesh.council.models import Attendance, Invitation, Meeting
from kenesh.council.papers import travel
from kenesh.council.queries import days, meetings, presence, quorum
from kenesh.council.queries import invitations as queries
from kenesh.council.rules import Permission, keeps
from kenesh.council.views.meetings import to_course
from kenesh.kernel.access import requires
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import person_of


def _day(request: HttpRequest, meeting: Meeting) -> date:
    asked = request.GET.get("day", "")
    return next((day for day in meeting.days if day.isoformat() == asked), days.day_of_today(meeting))


def _to_door(meeting: Meeting, day: object, part: str = "") -> HttpResponseRedirect:
    address = reverse("council_work:check_in", args=[meeting.code])
    return HttpResponseRedirect(f"{address}?day={day}" + (f"#{part}" if part else ""))


@requires(Permission.TAKE_PART)
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who is expected, with one press for each, and a field for the code of a badge. For the secretary and the chair."""
    user = person_of(request)
    meeting = meetings.meeting_to_lead(user, code)
    if request.method == "POST":
        return _press(request, meeting)
    badge = request.GET.get("badge", "").strip().lower()
    if badge:
        if queries.invited_with_badge(meeting, badge) is not None:
            return HttpResponseRedirect(reverse("council_work:badge", args=[meeting.code, badge]))
        messages.error(request, _("Nobody who is invited to this meeting has this code. Look for the name in the list."))
    day = days.day_of_today(meeting) if badge else _day(request, meeting)
    rows = queries.at_the_door(meeting, day)
    context = {
        "meeting": meeting, "day": day, "rows": rows, "there": sum(row.mode in _HERE for row in rows),
        "quorum": quorum.quorum(meeting, day), "changeable": keeps(user, meeting.body), "is_secretary": keeps(user, meeting.body),
    }  # fmt: skip
    return render(request, "council/work_check_in.html", context)


_HERE = {Attendance.Mode.PRESENT.value, Attendance.Mode.REMOTE.value}


def _press(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = CheckInForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    found = [row for row in queries.at_the_door(meeting, said["day"]) if row.key == said["who"]]
    if not found:  # a guest who got a line of her own since this page was shown
        return _to_door(meeting, said["day"])
    row = found[0]
    try:
        actions.check_in(
            meeting=meeting,
            who=row.who,
            day=said["day"],
            mode=said["mode"],
            by_alternate=said["alternate"],
            by=person_of(request),
        )
    except Refused as why:
        messages.error(request, str(why))
    return _to_door(meeting, said["day"], "list")


@requires(Permission.TAKE_PART)
def badge(request: HttpRequest, code: str, badge: str) -> HttpResponse:
    """What the code of a badge leads to: who it is, and one button."""
    user = person_of(request)
    meeting = meetings.meeting_to_lead(user, code)
    invitation = queries.invited_with_badge(meeting, badge)
    if invitation is None:
        raise Http404
    day = days.day_of_today(meeting)
    if request.method == "POST":
        mode = Attendance.Mode.REMOTE if request.POST.get("mode") == Attendance.Mode.REMOTE else Attendance.Mode.PRESENT
        try:
            by_alternate = bool(request.POST.get("alternate"))
            actions.check_in(meeting=meeting, who=invitation, day=day, mode=mode, by_alternate=by_alternate, by=user)
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("%(name)s is there.") % {"name": invitation})
        return _to_door(meeting, day)
    context = {
        "meeting": meeting, "invitation": invitation, "answered": queries.answer_of(invitation), "day": day,
        "alternate": invitation.membership.alternate if invitation.membership else None,
    }  # fmt: skip
    return render(request, "council/work_badge.html", context)


@requires(Permission.KEEP_MEETINGS)
def badges(request: HttpRequest, code: str) -> HttpResponse:
    """Badges of all who are invited, each with its code, to be printed and cut."""
    meeting = meetings.meeting_to_keep(person_of(request), code)
    cards = [(one, queries.answer_of(one), _picture(meeting, one)) for one in queries.invitations_of(meeting)]
    return render(request, "council/work_badges.html", {"meeting": meeting, "cards": cards})


def _picture(meeting: Meeting, invitation: Invitation) -> str:
    """The address that the code of a badge leads to, as a QR code in an address of its own."""
    address = settings.ADDRESS + reverse("council_work:badge", args=[meeting.code, invitation.code])
    made: str = segno.make(address, error="m").svg_data_uri(scale=3, border=2, light="#fff", dark="#000", encode_minimal=True)
    return made


@requires(Permission.KEEP_MEETINGS)
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """What the rules of the body ask for before it may decide."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    kept = presence.rules_of(meeting.body)
    form = RulesForm(request.POST or None, initial=RulesForm.said(kept))
    context = {"meeting": meeting, "form": form, "quorum": quorum.quorum(meeting)}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_rules(
                body=meeting.body, version=said["version"], members=said["members"], states=said["states"],
                counts_online=said["counts_online"], by=user,
            )  # fmt: skip
        except SavedByAnother as why:
            now = presence.rules_of(meeting.body)
            again = RulesForm({**request.POST.dict(), "version": now.version if now else 1})
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, RulesForm.said(now))}
        else:
            messages.success(request, _("The rules are saved. They hold for all meetings of this body."))
            return to_course(meeting)
    return render(request, "council/work_rules.html", context)


# --- travel -------------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def travel_page(request: HttpRequest, code: str) -> HttpResponse:
    meeting = meetings.meeting_to_keep(person_of(request), code)
    context = {"meeting": meeting, "journeys": queries.journeys(meeting)}
    return holds_secret(render(request, "council/work_travel.html", context))


@requires(Permission.KEEP_MEETINGS)
@require_POST
def sign_travel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """She has signed for tickets or money today, or that was a mistake."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    on = timezone.localdate() if request.POST.get("to") == "signed" else None
    inviting.sign_for_travel(invitation=queries.invitation_of(meeting, pk), on=on, by=user)
    return HttpResponseRedirect(reverse("council_work:travel", args=[meeting.code]))


@requires(Permission.KEEP_MEETINGS)
def travel_file(request: HttpRequest, code: str) -> HttpResponse:
    """The travel list as an Excel file, for the donor's report."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    data = travel.as_xlsx(meeting, queries.journeys(meeting), when=presence.span_in_words(meeting, user.language))
    response = HttpResponse(data, content_type=travel.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="travel-{meeting.code}.xlsx"'
    return holds_secret(response)
