"""Meetings and decisions to follow: calendars of a body and of one person, Atom feeds."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kenesh.council.feeds import MOST, as_calendar, calendar_token, holder_of
from kenesh.council.models import Decision, Meeting
from kenesh.council.queries import meetings as queries
from kenesh.council.rules import Permission
from kenesh.kernel.access import public, requires
from kenesh.kernel.feeds import ENTRIES, SECONDS_KEPT, Entry, as_atom, kept
from kenesh.people.middleware import person_of
from kenesh.people.queries import body_for_public
from kenesh.search.findable import first_words

_CALENDAR = "text/calendar; charset=utf-8"
_PAST = timedelta(days=366)


@public("published meetings of a body for a calendar, without their links for joining")
@require_safe
def body_calendar(request: HttpRequest, code: str) -> HttpResponseBase:
    """Published meetings of a body, from a year ago on."""
    body = body_for_public(code)
    coming = queries.public_meetings(body).filter(starts_at__gte=timezone.now() - _PAST)
    rows = coming.select_related("body").order_by("-starts_at", "-pk")[:MOST]

    def page(meeting: Meeting) -> str:
        return request.build_absolute_uri(reverse("council:meeting", args=[meeting.code]))

    response = HttpResponse(as_calendar(rows, name=str(body.name), address=page), content_type=_CALENDAR)
    response.headers["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    return kept(request, response, SECONDS_KEPT)


@public("lists published decisions only")
@require_safe
def body_decisions(request: HttpRequest, code: str) -> HttpResponseBase:
    """Published decisions of a body as an Atom feed."""
    body = body_for_public(code)
    rows = queries.public_decisions(body).order_by("-adopted_on", "-id")[:ENTRIES]
    title = _("Decisions: %(name)s") % {"name": body.name}
    page = reverse("council:body", args=[code])
    return as_atom(request, title=title, page=page, entries=[_decision(row) for row in rows])


def _decision(decision: Decision) -> Entry:
    text = str(decision.text)
    address = reverse("council:decision", args=[decision.code])
    return Entry("decision", decision.code, first_words(text), text, address, decision.adopted_on)


@public("lists published meetings only, without their links for joining")
@require_safe
def meetings(request: HttpRequest) -> HttpResponseBase:
    """Published meetings as an Atom feed, of all bodies or (`?body=`) of one."""
    body = body_for_public(request.GET["body"]) if request.GET.get("body") else None
    rows = queries.public_meetings(body).select_related("body").order_by("-starts_at", "-pk")[:ENTRIES]
    title = _("Meetings: %(name)s") % {"name": body.name} if body else _("Meetings")
    return as_atom(request, title=title, page=reverse("council:list"), entries=[_meeting(row) for row in rows])


def _meeting(meeting: Meeting) -> Entry:
    where = str(meeting.place)
    called_off = _("This meeting was called off. It will not be held.") + " " if meeting.called_off_at else ""
    hour = f"{meeting.clock} ({meeting.offset})" if meeting.clock else ""
    text = called_off + ". ".join(filter(None, (str(meeting.body), hour, where)))
    address = reverse("council:meeting", args=[meeting.code])
    return Entry("meeting", meeting.code, str(meeting.title), text, address, meeting.day)


@requires(Permission.SEE_MEETINGS)
def own_calendar(request: HttpRequest) -> HttpResponse:
    """The secret address at which a calendar finds the meetings of one's bodies."""
    address = settings.ADDRESS + reverse("meeting_feed:feed", args=[calendar_token(person_of(request))])
    return render(request, "council/work_calendar.html", {"address": address})


@public("a secret address of one member: it tells when and where her bodies meet, never the link for joining")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Meetings of the bodies of whoever this secret address belongs to, published or not."""
    user = holder_of(token)
    rows = queries.meetings_of(user).filter(starts_at__gte=timezone.now() - _PAST)

    def page(meeting: Meeting) -> str:
        return settings.ADDRESS + reverse("council_work:meeting", args=[meeting.code])

    with override(user.language):
        text = as_calendar(rows.select_related("body").order_by("-starts_at", "-pk")[:MOST], name=_("My meetings"), address=page)
    response = HttpResponse(text, content_type=_CALENDAR)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
