"""Staff pages of a meeting: the list, planning, the course, the agenda, the attendance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions
from kenesh.council.actions import Refused, SavedByAnother
from kenesh.council.forms.fields import differences
from kenesh.council.forms.meetings import AttendanceForm, GuestForm, ItemForm, MeetingForm
from kenesh.council.forms.votes import BallotForm, EnteredPositionForm, PositionForm
from kenesh.council.models import AgendaItem, Meeting, Position, Proposal, VoteChoice, WrittenProcedure
from kenesh.council.queries import days, quorum, seats
from kenesh.council.queries import meetings as queries
from kenesh.council.queries.coming import coming_before, takes_points
from kenesh.council.queries.course import Motion, OwnSeat, Step, course_of
from kenesh.council.queries.minutes import minutes_of
from kenesh.council.references import referred
from kenesh.council.rules import Permission, keeps, leads, own_memberships
from kenesh.council.zones import zone_name
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import Membership, Standing


def to_course(meeting: Meeting, part: str = "") -> HttpResponseRedirect:
    """Back to the meeting, at the part that was worked on."""
    return HttpResponseRedirect(reverse("council_work:meeting", args=[meeting.code]) + (f"#{part}" if part else ""))


def act(request: HttpRequest, meeting: Meeting, action: Callable[[], object], said: str, part: str = "") -> HttpResponse:
    """Does one thing, says what came of it, and goes back to the meeting."""
    try:
        action()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return to_course(meeting, part)


@requires(Permission.SEE_MEETINGS)
def meeting_list(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    meetings = queries.meetings_of(user)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    context = {
        "coming": None if before else queries.coming(meetings, after=after),
        "past": None if after else queries.past(meetings, after=before),
        "is_first_page": not before and not after,
        "may_plan": queries.bodies_kept_by(user).exists(),
    }
    return render(request, "council/work_meetings.html", context)


@requires(Permission.KEEP_MEETINGS)
def new_meeting(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    first = {
        "on": timezone.localdate(),
        "time_zone": timezone.get_current_timezone_name(),
        "body": queries.bodies_kept_by(user).first(),
    }
    form = MeetingForm(request.POST or None, user=user, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            meeting = actions.plan_meeting(body=said["body"], request_key=said["key"], by=user, **form.fields_of_meeting())
        except Refused as why:
            form.add_error("is_founding", str(why))
        else:
            messages.success(request, _("The meeting is planned. Now put points on its agenda."))
            return to_course(meeting)
    return render(request, "council/work_meeting_form.html", {"form": form})


@requires(Permission.KEEP_MEETINGS)
def edit_meeting(request: HttpRequest, code: str) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    form = MeetingForm(request.POST or None, user=user, meeting=meeting, initial=MeetingForm.said(meeting))
    context = {"form": form, "meeting": meeting}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.edit_meeting(meeting=meeting, version=version, by=user, **form.fields_of_meeting())
        except SavedByAnother as why:
            now = queries.meeting_to_keep(user, code)
            again = MeetingForm(
                {**request.POST.dict(), "version": now.version}, user=user, meeting=now, initial=MeetingForm.said(now)
            )
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, MeetingForm.said(now))}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The meeting is saved."))
            return to_course(meeting)
    return render(request, "council/work_meeting_form.html", context)


@requires(Permission.SEE_MEETINGS)
def meeting_page(request: HttpRequest, code: str) -> HttpResponse:
    return show_course(request, queries.meeting_to_see(person_of(request), code))


def show_course(
    request: HttpRequest,
    meeting: Meeting,
    *,
    sent: Mapping[tuple[int, int], PositionForm] | None = None,
    unsaved: str = "",
) -> HttpResponse:
    """The course of the meeting. `sent`: forms with mistakes, by proposal and seat; `unsaved`: words that found no place."""
    user = person_of(request)
    own = own_memberships(user, meeting)
    steps = course_of(meeting, own)
    is_secretary, written = keeps(user, meeting.body), queries.written_of(meeting)
    others = [seat for seat in seats.sitting(meeting) if seat not in own] if is_secretary else []  # for whom she writes it down
    context = {
        "meeting": meeting,
        "zone": zone_name(meeting.time_zone),
        "is_secretary": is_secretary,
        "leads": leads(user, meeting),
        "own": own,
        "steps": [(step, _positions(step, sent or {}, others)) for step in steps],
        "minutes": minutes_of(meeting),
        "written": written,
        "objectors": _objectors(written, others),
        "coming": coming_before(meeting) if is_secretary and written is None and takes_points(meeting) else None,
        "decisions": list(meeting.decisions.order_by("number")),
        "attendance": queries.attendance_of(meeting),
        "quorum": quorum.quorum(meeting) if written is None else quorum.quorum_of_written(written),
        "ballot_form": BallotForm(auto_id=False),
        "vote_choices": VoteChoice.choices,
        "unsaved": unsaved,
    }
    return render(request, "council/work_meeting.html", context)


def _objectors(written: WrittenProcedure | None, others: list[Membership]) -> list[Membership]:
    """Members whose objection to a silence the secretary may still write down."""
    if (
        written is None
        or written.kind != WrittenProcedure.Kind.SILENCE
        or written.closed_at
        or written.closes_at <= timezone.now()
    ):
        return []
    return [seat for seat in others if seat.standing == Standing.MEMBER]


def _positions(
    step: Step, sent: Mapping[tuple[int, int], PositionForm], others: list[Membership]
) -> list[tuple[Motion, list[tuple[OwnSeat, PositionForm]], PositionForm | None]]:
    """Each proposal of a point with a form of position for each own seat, and one in which the secretary writes down what the others
    say."""
    return [
        (
            motion,
            [
                (one, sent.get((motion.proposal.pk, one.seat.pk)) or position_form(motion.proposal, one.seat, of=one.position))
                for one in motion.own
            ],
            sent.get((motion.proposal.pk, 0)) or (entered_form(motion.proposal, others) if others else None),
        )
        for motion in step.motions
    ]


def position_form(proposal: Proposal, seat: Membership, data: Any = None, *, of: Position | None = None) -> PositionForm:
    """`of`: what the seat has said so far."""
    said = {"stance": of.stance, "words": of.words} if of is not None else {}
    return PositionForm(data, auto_id=f"p{proposal.pk}s{seat.pk}_%s", initial={"membership": seat.pk, **said})


def entered_form(proposal: Proposal, seats: list[Membership], data: Any = None) -> PositionForm:
    return EnteredPositionForm(data, seats=seats, auto_id=f"p{proposal.pk}_%s")


@requires(Permission.KEEP_MEETINGS)
@require_POST
def change_status(request: HttpRequest, code: str) -> HttpResponse:
    """Opens, closes, publishes or hides the meeting, as the button says."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    ways: dict[str, tuple[Callable[[], None], str]] = {
        "open": (lambda: actions.open_meeting(meeting=meeting, by=user), _("The meeting is under way.")),
        "close": (lambda: actions.close_meeting(meeting=meeting, by=user), _("The meeting is closed.")),
        "call_off": (
            lambda: actions.call_off(meeting=meeting, by=user),
            _("The meeting is called off. Everybody who was invited by e-mail is told."),
        ),
        "call_again": (lambda: actions.call_again(meeting=meeting, by=user), _("The meeting will be held.")),
        "publish": (lambda: actions.publish_meeting(meeting=meeting, by=user), _("Everybody can see the meeting now.")),
        "hide": (
            lambda: actions.publish_meeting(meeting=meeting, public=False, by=user),
            _("The meeting is no longer on the public pages."),
        ),
    }
    way = ways.get(request.POST.get("to", ""))
    if way is None:
        return to_course(meeting)
    return act(request, meeting, way[0], way[1])


# --- the agenda ---------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def new_item(request: HttpRequest, code: str) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    form = ItemForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_item(
                meeting=meeting, by=user, problems=said["problems"], papers=said["documents"], request_key=said["key"],
                **form.fields_of_item(),
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return to_course(meeting, "agenda")
    return render(request, "council/work_item_form.html", {"form": form, "meeting": meeting})


@requires(Permission.KEEP_MEETINGS)
def edit_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    item = queries.item_of(meeting, pk)
    form = ItemForm(request.POST or None, meeting=meeting, initial=ItemForm.said(item))
    context = {"form": form, "meeting": meeting, "item": item, "refers": referred([item], meeting=meeting).get(item.pk, [])}
    if request.method == "POST" and form.is_valid():
        try:
            _save_item(item, form, request)
        except SavedByAnother as why:
            now = queries.item_of(meeting, pk)
            sent = request.POST.copy()
            sent["version"] = str(now.version)
            again = ItemForm(sent, meeting=meeting, initial=ItemForm.said(now))
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, ItemForm.said(now))}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return to_course(meeting, f"item-{pk}")
    return render(request, "council/work_item_form.html", context)


def _save_item(item: AgendaItem, form: ItemForm, request: HttpRequest) -> None:
    said = form.cleaned_data
    actions.edit_item(
        item=item, version=said["version"], by=person_of(request), problems=said["problems"], papers=said["documents"],
        **form.fields_of_item(),
    )  # fmt: skip


@requires(Permission.KEEP_MEETINGS)
@require_POST
def move_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    item = queries.item_of(meeting, pk)
    to = request.POST.get("to", "")
    place = int(to) if to.isdecimal() and len(to) < 6 else item.position
    return act(
        request,
        meeting,
        lambda: actions.move_item(item=item, to=place, by=user),
        _("The agenda is in its new order."),
        f"item-{pk}",
    )


@requires(Permission.KEEP_MEETINGS)
@require_POST
def remove_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    item = queries.item_of(meeting, pk)
    return act(request, meeting, lambda: actions.remove_item(item=item, by=user), _("The point is off the agenda."), "agenda")


# --- the attendance -----------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def attendance(request: HttpRequest, code: str) -> HttpResponse:
    """The table of all seats and guests; below it a form for one more guest."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    sitting, lines, there = seats.sitting(meeting), queries.attendance_of(meeting), days.days_there(meeting)
    persons = seats.persons_behind(sitting)
    is_guest = request.POST.get("what") == "guest"
    table = AttendanceForm(
        request.POST if request.method == "POST" and not is_guest else None, seats=sitting, lines=lines, persons=persons,
        stays={line.pk: days.stays_on(line, there) for line in lines},
    )  # fmt: skip
    guest = GuestForm(request.POST if is_guest else None, prefix="guest")
    form = guest if is_guest else table
    if request.method == "POST" and form.is_valid():
        try:
            if is_guest:
                said = guest.cleaned_data
                actions.add_guest(
                    meeting=meeting, by=user, organisation=said["organisation"], guest=said["guest"], country=said["country"],
                    mode=said["mode"], publication=said["publication"], request_key=said["key"],
                )  # fmt: skip
            else:
                actions.record_attendance(meeting=meeting, marks=table.marks(persons), by=user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The attendance is saved."))
            return HttpResponseRedirect(request.path)
    return render(request, "council/work_attendance.html", {"meeting": meeting, "table": table, "guest": guest, "form": form})
