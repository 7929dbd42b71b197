"""What everybody may see: bodies, published meetings, published minutes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kenesh.council import linked
from kenesh.council.forms.fields import OnDay
from kenesh.council.invitation import as_calendar
from kenesh.council.models import DecisionKind
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import proposals as texts
from kenesh.council.queries.minutes import minutes_of
from kenesh.council.queries.sitting import chair_for_public, sitting_for_public
from kenesh.council.references import referred
from kenesh.council.zones import zone_name
from kenesh.kernel.access import public
from kenesh.people.queries import body_for_public, seats_on


@public("names bodies, not those who sit there")
def body_list(request: HttpRequest) -> HttpResponse:
    return render(request, "council/bodies.html", {"bodies": queries.bodies()})


@public("shows of each seat only what it let be shown, and of decisions only the published ones")
def body_page(request: HttpRequest, code: str) -> HttpResponse:
    """`?on=2024-05-31`: who sat there on that day; without it, or with what is no day, today."""
    body, today = body_for_public(code), timezone.localdate()
    form = OnDay(request.GET)
    day = (form.is_valid() and form.cleaned_data["on"]) or today
    seats = seats_on(body, day)
    meetings, founded_at = queries.public_meetings(body), queries.founding_meeting(body)
    context = {
        "body": body,
        "founding": getattr(body, "founding", None),
        "founded_at": founded_at,
        "founding_minutes": minutes_of(founded_at) if founded_at else None,
        "sub_bodies": list(body.sub_bodies.order_by("id")),
        "form": form,
        "day": day,
        "is_today": day == today,
        "sitting": sitting_for_public(seats, is_today=day == today),
        "chair": chair_for_public(body, day, seats),
        "coming": queries.coming(meetings).meetings,
        "past": queries.past(meetings).meetings[:5],
        "decisions": queries.decisions_of_body(body),
        "linked": linked.body(body),
    }
    return render(request, "council/body.html", context)


@public("lists published meetings only")
def meeting_list(request: HttpRequest) -> HttpResponse:
    body = body_for_public(request.GET["body"]) if request.GET.get("body") else None
    meetings = queries.public_meetings(body)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    context = {
        "body": body,
        "bodies": queries.bodies(),
        "coming": None if before else queries.coming(meetings, after=after),
        "past": None if after else queries.past(meetings, after=before),
        "is_first_page": not before and not after,
    }
    return render(request, "council/meetings.html", context)


@public("shows a published meeting: never its link, and of decisions only the published ones")
def meeting_page(request: HttpRequest, code: str) -> HttpResponse:
    meeting = queries.meeting_with_agenda(code)
    refers = referred(meeting.items.all(), meeting=None)
    context = {
        "meeting": meeting,
        "agenda": [(item, refers.get(item.pk, [])) for item in meeting.items.all()],
        "zone": zone_name(meeting.time_zone),
        "minutes": minutes_of(meeting),
        "hosted": queries.public_meetings_inside(meeting),
        "has_programme": meeting.sessions.exists(),
        "linked": linked.meeting(meeting),
    }
    return render(request, "council/meeting.html", context)


@public("shows a published decision and whom it asks, never who voted how")
def decision_page(request: HttpRequest, code: str) -> HttpResponse:
    decision = queries.decision_for_public(code)
    problem = decision.proposal.problem
    is_known = problem is not None and queries.public_problems().filter(pk=problem.pk).exists()
    proposal, shown = decision.proposal, decision.text.language_used()
    is_law, is_joint = decision.kind == DecisionKind.LEGISLATIVE, decision.kind == DecisionKind.JOINT
    context = {
        "decision": decision,
        "problem": problem if is_known else None,
        "others": {language: words for language, words in decision.text.items() if language != shown},
        "promised": texts.promised_for_public(proposal),
        "signers": list(proposal.co_signers.select_related("organisation").order_by("id")) if is_joint else [],
        "law_rows": list(proposal.law_rows.order_by("id")) if is_law else [],
        "states": texts.states_for_public(decision),
        "comments": texts.comments_for_public(proposal),
        "linked": linked.decision(decision),
    }
    return render(request, "council/decision.html", context)


@public("a published meeting for a calendar, without its link")
def calendar_file(request: HttpRequest, code: str) -> HttpResponse:
    meeting = queries.meeting_for_public(code)
    address = request.build_absolute_uri(reverse("council:meeting", args=[code]))
    sessions = meeting.sessions.select_related("room").order_by("starts_at", "pk")
    text = as_calendar(meeting, address=address, stamp=timezone.now(), sessions=sessions)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    return response
