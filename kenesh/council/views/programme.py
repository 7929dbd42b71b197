"""The programme for everybody and for the body; for the secretary the pages on which it is made."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council.actions import Refused, SavedByAnother
from kenesh.council.actions import programme as actions
from kenesh.council.actions import series as series_actions
from kenesh.council.forms.fields import differences
from kenesh.council.forms.programme import NextForm, RoomForm, SessionForm, speaker_rows, speaking
from kenesh.council.models import Meeting, Session
from kenesh.council.queries import meetings, programme
from kenesh.council.rules import Permission, keeps
from kenesh.council.views.meetings import to_course
from kenesh.council.zones import zone_name
from kenesh.kernel.access import public, requires
from kenesh.people.middleware import person_of


def _to_programme(meeting: Meeting, part: str = "") -> HttpResponseRedirect:
    address = reverse("council_work:programme", args=[meeting.code])
    return HttpResponseRedirect(address + (f"#{part}" if part else ""))


@public("shows the programme of a published meeting without any link, and of people only what each let be shown")
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    meeting = meetings.meeting_for_public(code)
    context = {
        "meeting": meeting,
        "zone": zone_name(meeting.time_zone),
        "days": programme.programme(meeting, for_everybody=True),
    }
    return render(request, "council/programme.html", context)


@requires(Permission.SEE_MEETINGS)
def work_programme(request: HttpRequest, code: str) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_see(user, code)
    context = {
        "meeting": meeting,
        "zone": zone_name(meeting.time_zone),
        "days": programme.programme(meeting, for_everybody=False),
        "rooms": list(meeting.rooms.order_by("pk")),
        "is_secretary": keeps(user, meeting.body),
    }
    return render(request, "council/work_programme.html", context)


# --- rooms --------------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def new_room(request: HttpRequest, code: str) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_room(meeting=meeting, by=user, request_key=form.cleaned_data["key"], **form.fields_of_room())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return _to_programme(meeting, "rooms")
    return render(request, "council/work_room_form.html", {"form": form, "meeting": meeting})


@requires(Permission.KEEP_MEETINGS)
def edit_room(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    room = programme.room_of(meeting, pk)
    form = RoomForm(request.POST or None, initial=RoomForm.said(room))
    context = {"form": form, "meeting": meeting, "room": room}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_room(room=room, version=form.cleaned_data["version"], by=user, **form.fields_of_room())
        except SavedByAnother as why:
            now = programme.room_of(meeting, pk)
            again = RoomForm({**request.POST.dict(), "version": now.version}, initial=RoomForm.said(now))
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, RoomForm.said(now))}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return _to_programme(meeting, "rooms")
    return render(request, "council/work_room_form.html", context)


@requires(Permission.KEEP_MEETINGS)
@require_POST
def remove_room(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    try:
        actions.remove_room(room=programme.room_of(meeting, pk), by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("The room is removed. Its sessions stay, without a room."))
    return _to_programme(meeting, "rooms")


# --- sessions -----------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def new_session(request: HttpRequest, code: str) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    sent = request.POST if request.method == "POST" else None
    asked = request.GET.get("day", "")
    form = SessionForm(sent, meeting=meeting, initial={"day": asked or meeting.day.isoformat()})
    people = speaker_rows(meeting, None, sent)
    if sent is not None and all([form.is_valid(), people.is_valid()]):
        said = form.cleaned_data
        try:
            actions.add_session(
                meeting=meeting, by=user, people=speaking(people), items=said["items"], request_key=said["key"],
                **form.fields_of_session(),
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The session is on the programme."))
            return _to_programme(meeting)
    return _show_form(request, meeting, form, people)


@requires(Permission.KEEP_MEETINGS)
def edit_session(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    session = programme.session_of(meeting, pk)
    sent = request.POST if request.method == "POST" else None
    form = SessionForm(sent, meeting=meeting, initial=SessionForm.said(session))
    people = speaker_rows(meeting, session, sent)
    if sent is None or not all([form.is_valid(), people.is_valid()]):
        return _show_form(request, meeting, form, people, session)
    said = form.cleaned_data
    try:
        actions.edit_session(
            session=session, version=said["version"], by=user, people=speaking(people), items=said["items"],
            **form.fields_of_session(),
        )  # fmt: skip
    except SavedByAnother as why:
        now = programme.session_of(meeting, pk)
        again_sent = sent.copy()
        again_sent["version"] = str(now.version)
        again = SessionForm(again_sent, meeting=meeting, initial=SessionForm.said(now))
        again.add_error(None, str(why))
        return _show_form(request, meeting, again, people, session, differences=differences(again, SessionForm.said(now)))
    except Refused as why:
        form.add_error(None, str(why))
        return _show_form(request, meeting, form, people, session)
    messages.success(request, _("The session is saved."))
    return _to_programme(meeting)


def _show_form(
    request: HttpRequest, meeting: Meeting, form: SessionForm, people: object, session: Session | None = None, **more: object
) -> HttpResponse:
    context = {"form": form, "people": people, "meeting": meeting, "session": session, **more}
    return render(request, "council/work_session_form.html", context)


@requires(Permission.KEEP_MEETINGS)
@require_POST
def remove_session(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    try:
        actions.remove_session(session=programme.session_of(meeting, pk), by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("The session is off the programme."))
    return _to_programme(meeting)


# --- series -------------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def plan_next(request: HttpRequest, code: str) -> HttpResponse:
    """The next meeting like this one."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    form = NextForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        following = series_actions.plan_next_like(
            meeting=meeting, number=said["number"], title=said["title"], starts_at=form.starts_at, items=said["items"],
            by=user, request_key=said["key"],
        )  # fmt: skip
        messages.success(request, _("The next meeting is planned like this one. Look at its agenda and its programme."))
        return to_course(following)
    return render(request, "council/work_next.html", {"form": form, "meeting": meeting})
