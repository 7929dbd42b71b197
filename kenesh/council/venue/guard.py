"""Who may change a meeting where: nobody at the node while it is away, and at a venue nothing but the meeting."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kenesh.council.models import Meeting, VenueStay
from kenesh.council.queries.meetings import meeting_to_see
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import NEVER_KEPT

_READING = {"GET", "HEAD", "OPTIONS"}
_ITS_OWN = "council_work:venue"  # the page on which a meeting is taken, brought and called back
_SIGN_IN = {"sign_in", "second_factor", "stop_sign_in", "sign_out", "unlock", "give_back"}
_ANYWHERE = {"leave", "emblem", "stylesheet", "language", "set_language"}
_NOT_HERE = {"send_invitations", "next", "new", "new_written", "project_documents", "own_calendar"}  # they need the node, or mail
_LOOKING = {"counted", "phone_counted"}  # a number that is looked up is sent, and changes nothing
_OF_THE_BODY = {"rules", "weights"}  # read in the room; they hold for other meetings too


def guarded(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware, after the check against forged requests."""

    class Guard:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return get_response(request)

        def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponseBase | None:
            if settings.AT_VENUE:
                return _at_venue(request, kwargs)
            if request.method in _READING or "council_work" not in _match(request).namespaces:
                return None
            return _at_node(request, kwargs)

    return Guard()


def _match(request: HttpRequest) -> Any:
    return request.resolver_match


# --- at the node --------------------------------------------------------------------------------------------------------


def _at_node(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    code = kwargs.get("code")
    match = _match(request)
    if code is None or match.view_name == _ITS_OWN or match.url_name in _LOOKING or not request.user.is_authenticated:
        return None
    if not Meeting.objects.filter(code=code, away_since__isnull=False).exists():
        return None
    try:
        meeting = meeting_to_see(request.user, code)
    except Http404:
        return None  # the view says to an outsider what it always says
    return _kept(request, {"meeting": meeting, "why": "away"})


def _kept(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """409, with all that was typed, ready to be sent once more."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values]
    shown = [value for name, value in fields if name not in {"key", "version"} and len(value) > 1]
    context |= {"base": "base.html" if context.get("is_phone") else "base_work.html"}
    context |= {"fields": fields, "shown": shown, "address": request.get_full_path()}
    return holds_secret(render(request, "council/venue_away.html", context, status=409))


# --- at the venue -------------------------------------------------------------------------------------------------------


def _at_venue(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    stay = VenueStay.objects.select_related("meeting").first()
    if stay is None:
        return _elsewhere(request, None)
    match = _match(request)
    if match.view_name in {"root", "home", "site_work:home", "council_work:list"} and _is_at_laptop(request):
        return HttpResponseRedirect(reverse("council_work:meeting", args=[stay.meeting.code]))
    if not _is_served(request, match, kwargs, stay.meeting):
        return _elsewhere(request, stay.meeting)
    room = _room(match)
    if (
        request.method in _READING
        or match.url_name in _LOOKING
        or room not in {"council", "council_work"}
        or match.view_name == _ITS_OWN
    ):
        return None
    why = "ended" if stay.closed_at is not None else "body" if match.url_name in _OF_THE_BODY else ""
    return _kept(request, {"meeting": stay.meeting, "why": why, "is_phone": room == "council"}) if why else None


def _room(match: Any) -> str:
    return match.namespaces[0] if match.namespaces else ""


def _is_served(request: HttpRequest, match: Any, kwargs: dict[str, Any], meeting: Meeting) -> bool:
    room = _room(match)
    if room == "people_work":
        return match.url_name in _SIGN_IN and _is_at_laptop(request)
    if room == "council_work":
        return kwargs.get("code") == meeting.code and match.url_name not in _NOT_HERE and _is_at_laptop(request)
    if room == "library":
        return match.url_name == "document" and request.method in _READING
    return room == "council" or match.view_name in _ANYWHERE or match.url_name in _ANYWHERE


def _is_at_laptop(request: HttpRequest) -> bool:
    """By plain http a password never goes through the air: staff sign in at the laptop itself."""
    if settings.HTTPS:
        return True
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback


def _elsewhere(request: HttpRequest, meeting: Meeting | None) -> HttpResponse:
    context = {"meeting": meeting, "at_laptop": _is_at_laptop(request)}
    return render(request, "council/venue_elsewhere.html", context, status=404)
