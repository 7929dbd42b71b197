"""What is public, to follow: calendars, Atom feeds, data in pages; and the page that says how."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kenesh.council import actions
from kenesh.council.models import Decision, Meeting
from kenesh.people.models import Body, User

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SignIn = Any


@pytest.fixture
def meeting(council: Body, chynara: User) -> Meeting:
    """In June of next year in Osh, 10:00 on the clock of the room; published."""
    starts_at = datetime(timezone.localdate().year + 1, 6, 1, 4, 0, tzinfo=UTC)
    made = actions.plan_meeting(
        body=council,
        by=chynara,
        title={"ru": "Заседание", "en": "Session; on wages, debts"},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place={"en": "Osh"},
        country="KG",
        link="https://join.example/secret-room",
    )
    actions.publish_meeting(meeting=made, by=chynara)
    made.refresh_from_db()
    return made


def events_of(answer: Any) -> list[Any]:
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


# --- calendars --------------------------------------------------------------------------------------------------------


def test_a_body_has_a_calendar_of_its_published_meetings_in_the_zone_of_the_room(meeting: Meeting, council: Body) -> None:
    answer = Client().get(f"/en/council/{council.code}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events_of(answer)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Session; on wages, debts", "Osh")
    assert (event["DTSTART"].params["TZID"], event["DTSTART"].dt.hour) == ("Asia/Bishkek", 10)
    assert len(Calendar.from_ical(answer.content).walk("VTIMEZONE")) == 1
    assert b"join.example" not in answer.content


def test_a_changed_meeting_keeps_its_uid_and_counts_on(meeting: Meeting, council: Body, chynara: User) -> None:
    address = f"/en/council/{council.code}/calendar.ics"
    before = events_of(Client().get(address))[0]
    actions.edit_meeting(meeting=meeting, version=meeting.version, by=chynara, place={"en": "Batken"})
    after = events_of(Client().get(address))[0]
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)


def test_a_calendar_that_has_not_changed_is_not_sent_again(meeting: Meeting, council: Body) -> None:
    address = f"/en/council/{council.code}/calendar.ics"
    etag = Client().get(address).headers["ETag"]
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304


def test_meetings_that_are_not_published_are_in_no_public_calendar(meeting: Meeting, council: Body) -> None:
    Meeting.objects.update(is_public=False)
    assert events_of(Client().get(f"/en/council/{council.code}/calendar.ics")) == []


def test_a_member_has_a_secret_address_that_shows_her_meetings_without_the_link(
    meeting: Meeting, member: User, signed_in: SignIn
) -> None:
    Meeting.objects.update(is_public=False)
    page = signed_in(member).get("/work/meetings/calendar/").content.decode()
    (token,) = re.findall(r"/work/meetings/feed/([\w-]+)\.ics", page)
    answer = Client().get(f"/work/meetings/feed/{token}.ics")
    assert [str(event["LOCATION"]) for event in events_of(answer)] == ["Osh"]
    assert b"join.example" not in answer.content
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")


def test_a_secret_address_ends_with_the_password_and_with_the_account(meeting: Meeting, member: User) -> None:
    from kenesh.council.feeds import calendar_token

    token = calendar_token(member)
    address = f"/work/meetings/feed/{token}.ics"
    assert Client().get(address).status_code == 200
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    User.objects.filter(pk=member.pk).update(is_active=True, password=f"{member.password}x")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "AAAA", "A" * 43, "A" * 44, "§", "a" * 400])
def test_a_wrong_secret_address_leads_nowhere(member: User, token: str) -> None:
    assert Client().get(f"/work/meetings/feed/{token}.ics").status_code == 404


# --- Atom -------------------------------------------------------------------------------------------------------------


def entries_of(address: str) -> list[tuple[str, str]]:
    feed = ElementTree.fromstring(Client().get(address).content)  # noqa: S314  # our own answer
    return [(one.findtext("a:title", "", ATOM), one.findtext("a:id", "", ATOM)) for one in feed.findall("a:entry", ATOM)]


def test_published_decisions_of_a_body_can_be_followed(decision: Decision, council: Body, settings: Any, chynara: User) -> None:
    address = f"/en/council/{council.code}/decisions.atom"
    assert entries_of(address) == [("Give migrants health insurance", f"urn:kenesh:{settings.NODE_ID}:decision:{decision.code}")]
    actions.publish_decision(decision=decision, public=False, by=chynara)
    assert entries_of(address) == []


def test_published_meetings_can_be_followed_of_all_bodies_or_of_one(meeting: Meeting, council: Body) -> None:
    other = Body.objects.create(name={"en": "Another"}, kind=Body.Kind.COUNCIL)
    assert [title for title, _ in entries_of("/en/meetings/meetings.atom")] == ["Session; on wages, debts"]
    assert entries_of(f"/en/meetings/meetings.atom?body={other.code}") == []
    assert Client().get("/en/meetings/meetings.atom?body=bcdfghjk").status_code == 404


def test_problems_that_were_taken_up_can_be_followed(public_problem: Any) -> None:
    assert [title for title, _ in entries_of("/en/problems/problems.atom")] == ["Brigades are not paid"]


def test_a_change_of_a_recommendation_has_one_name_in_feeds_wherever_the_node_lives(recommendation: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    def names(host: str) -> list[str]:
        page = Client(HTTP_HOST=host).get("/ky/recommendations/feed/?status=verified")
        tree = ElementTree.fromstring(page.content)  # noqa: S314  # our own answer
        return [str(one.text) for one in tree.findall(".//a:id", ATOM)]

    feed, *changes = names("old.example")
    assert feed == f"urn:kenesh:{settings.NODE_ID}:feed:/ky/recommendations/feed/?status=verified"
    assert changes[-1] == f"urn:kenesh:{settings.NODE_ID}:recommendation:{recommendation.code}:1"
    assert names("new.example") == [feed, *changes]


@pytest.mark.parametrize("address", ["/en/meetings/meetings.atom", "/en/problems/problems.atom", "/en/recommendations/feed/"])
def test_a_feed_that_has_not_changed_is_not_sent_again(address: str, meeting: Meeting, recommendation: Any) -> None:
    etag = Client().get(address).headers["ETag"]
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304


def test_an_empty_feed_is_a_feed_and_stays_the_same(council: Body) -> None:
    address = f"/en/council/{council.code}/decisions.atom"
    assert Client().get(address).content == Client().get(address).content


def test_pages_tell_readers_of_their_feeds(meeting: Meeting, council: Body, public_problem: Any) -> None:
    def feeds(address: str) -> list[str]:
        page = Client().get(address).content.decode()
        return re.findall(r'<link rel="alternate" type="(?:application/atom\+xml|text/calendar)"[^>]* href="([^"]+)"', page)

    found = [*feeds(f"/en/council/{council.code}/"), *feeds("/en/meetings/"), *feeds("/en/problems/")]
    assert len(found) == 4
    assert [Client().get(address).status_code for address in found] == [200] * 4


# --- data in pages ------------------------------------------------------------------------------------------------------


def linked(address: str) -> Any:
    page = Client().get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(block)


def test_the_page_of_a_meeting_says_in_schema_org_when_and_where(meeting: Meeting) -> None:
    said = linked(f"/en/meetings/{meeting.code}/")
    assert (said["@context"], said["@type"], said["name"]) == ("https://schema.org", "Event", "Session; on wages, debts")
    assert said["startDate"] == meeting.local_start.isoformat()
    assert said["location"] == {"@type": "Place", "name": "Osh", "address": "KG"}


@pytest.mark.parametrize(
    ("address", "kind"), [("/en/", "Organization"), ("/en/problems/trends/", "Dataset"), ("/en/about/data/", "DataCatalog")]
)
def test_pages_say_in_schema_org_what_they_are(address: str, kind: str) -> None:
    assert linked(address)["@type"] == kind


def test_pages_of_decisions_and_problems_say_in_schema_org_whose_they_are(decision: Any, public_problem: Any) -> None:
    found = [linked(f"/en/council/decisions/{decision.code}/"), linked(f"/en/problems/{public_problem.code}/")]
    assert [one["@type"] for one in found] == ["CreativeWork"] * 2
    assert [one["identifier"] for one in found] == [decision.code, public_problem.code]
    assert [one["creator"]["name"] for one in found] == ["Council on Migration"] * 2


def test_no_text_can_break_out_of_the_data(council: Body) -> None:
    Body.objects.filter(pk=council.pk).update(name={"en": "</script><script>alert(1)</script>&amp;"})
    address = f"/en/council/{council.code}/"
    assert linked(address)["name"] == "</script><script>alert(1)</script>&amp;"
    assert "<script>alert" not in Client().get(address).content.decode()


# --- the page about data ------------------------------------------------------------------------------------------------


def test_the_page_about_data_leads_to_files_that_are_there(meeting: Meeting, public_problem: Any) -> None:
    page = Client().get("/en/about/data/").content.decode()
    addresses = re.findall(r'href="(/api/v1/[^"]*|[^"]*(?:\.atom|\.ics|/feed/))"', page)
    assert len(addresses) > 13
    assert {address: status for address in addresses if (status := Client().get(address).status_code) != 200} == {}


def test_the_page_about_data_names_the_licence_that_the_node_chose(settings: Any) -> None:
    assert "no licence is chosen yet" in Client().get("/en/about/data/").content.decode()
    settings.DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    page = Client().get("/en/about/data/").content.decode()
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert "no licence is chosen yet" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_policy_against_scripts_has_nothing_against_data_in_a_page(live_server: Any, page: Any, council: Body) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/en/council/{council.code}/")
    block = page.locator('script[type="application/ld+json"]')
    assert json.loads(block.text_content())["name"] == "Council on Migration"
    assert said == []
