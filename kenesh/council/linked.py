"""Bodies, meetings and decisions in the words of schema.org, for search engines: what their pages say, and nothing else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from kenesh.council.models import Decision, Meeting
from kenesh.people.models import Body
from kenesh.search.findable import first_words

_MODES = {
    Meeting.Mode.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Meeting.Mode.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Meeting.Mode.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def _page(name: str, code: str) -> str:
    return settings.ADDRESS + reverse(name, args=[code])


def body(body: Body) -> dict[str, Any]:
    """An Organization."""
    address = _page("council:body", body.code)
    return {
        "@type": "Organization",
        "@id": address,
        "url": address,
        "name": str(body.name),
        "alternateName": str(body.short_name),
        "description": str(body.about),
        "foundingDate": body.founded_on,
        "parentOrganization": {"@id": _page("council:body", body.parent.code), "name": str(body.parent)} if body.parent else None,
    }


def decision(decision: Decision) -> dict[str, Any]:
    """A CreativeWork."""
    address, body = _page("council:decision", decision.code), decision.meeting.body
    return {
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "identifier": decision.code,
        "name": f"{decision.get_kind_display()} {decision.number}",
        "description": first_words(str(decision.text)),
        "inLanguage": decision.text.language_used(),
        "dateCreated": decision.adopted_on.isoformat(),
        "creator": {"@type": "Organization", "name": str(body), "url": _page("council:body", body.code)},
        "isPartOf": _page("council:meeting", decision.meeting.code) if decision.meeting.is_public else None,
    }


def meeting(meeting: Meeting) -> dict[str, Any]:
    """An Event."""
    organiser = {"@type": "Organization", "name": str(meeting.body), "url": _page("council:body", meeting.body.code)}
    place: dict[str, Any] = {"@type": "Place", "name": str(meeting.place) or meeting.country, "address": meeting.country}
    address = _page("council:meeting", meeting.code)
    return {
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": str(meeting.title),
        "startDate": meeting.iso_start,
        "endDate": meeting.iso_end,
        "eventStatus": f"https://schema.org/{'EventCancelled' if meeting.called_off_at else 'EventScheduled'}",
        "eventAttendanceMode": _MODES[Meeting.Mode(meeting.mode)],
        "location": place if meeting.place or meeting.country else None,
        "organizer": organiser,
    }
