"""Meetings in time: what is ahead, under way and past, and what was called off, on every page and in every calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kenesh.council import actions
from kenesh.council.models import Meeting
from kenesh.people.models import Body, User

SignIn = Callable[..., Client]


def planned(body: Body, by: User, title: str, *, begins: timedelta, lasts: timedelta = timedelta(hours=3)) -> Meeting:
    """Public; `begins` counts from now."""
    starts_at = timezone.now() + begins
    meeting = actions.plan_meeting(body=body, by=by, title={"en": title}, starts_at=starts_at, ends_at=starts_at + lasts)
    actions.publish_meeting(meeting=meeting, by=by)
    return meeting


def test_a_meeting_that_was_called_off_is_so_in_calendars_in_data_in_search_and_is_never_the_next(
    client: Client, signed_in: SignIn, council: Body, chynara: User
) -> None:
    off = planned(council, chynara, "Drought", begins=timedelta(days=1))
    planned(council, chynara, "Harvest", begins=timedelta(days=2))
    actions.call_off(meeting=off, by=chynara)
    secretary = signed_in(chynara, language="en")
    own = urlsplit(secretary.get("/work/meetings/calendar/").context["address"]).path

    def states(address: str) -> list[tuple[str, str]]:
        return sorted(
            (str(one["summary"]), str(one["status"])) for one in Calendar.from_ical(client.get(address).content).walk("VEVENT")
        )

    for address in (f"/en/council/{council.code}/calendar.ics", own):
        assert states(address) == [("Drought", "CANCELLED"), ("Harvest", "CONFIRMED")]
    told = {one["name"]: one["status"] for one in client.get("/api/v1/events").json()["results"]}
    assert told == {"Drought": "cancelled", "Harvest": "planned"}
    pages = {
        "schema.org/EventCancelled": f"/en/meetings/{off.code}/",
        "This meeting was called off.": "/en/meetings/meetings.atom",
        "Called off": "/en/search/?q=drought",
    }
    assert [said for said, page in pages.items() if said not in client.get(page).content.decode()] == []
    for visitor, page in ((client, "/en/"), (secretary, "/work/")):
        shown = visitor.get(page).content.decode()
        assert ("Drought" in shown, "Harvest" in shown) == (False, True)


def test_a_meeting_is_not_past_before_its_last_day_is_over(
    client: Client, signed_in: SignIn, council: Body, chynara: User
) -> None:
    days = timedelta(days=2)
    planned(council, chynara, "Second day", begins=-timedelta(hours=28), lasts=days)
    late = planned(council, chynara, "Past its hour", begins=-timedelta(hours=26))
    actions.open_meeting(meeting=late, by=chynara)
    early = planned(council, chynara, "Closed on the first day", begins=-timedelta(hours=27), lasts=days)
    actions.close_meeting(meeting=early, by=chynara)
    planned(council, chynara, "Over", begins=-timedelta(hours=30))
    secretary = signed_in(chynara, language="en")
    for visitor, page in ((client, "/en/meetings/"), (secretary, "/work/meetings/")):
        lists = visitor.get(page).context
        assert [[str(one) for one in lists[part].meetings] for part in ("coming", "past")] == [
            ["Second day", "Past its hour"],
            ["Closed on the first day", "Over"],
        ]
    assert "Second day" in client.get("/en/").content.decode()
