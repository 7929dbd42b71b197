"""The programme: several days, parallel sessions, rooms whose links stay inside, people as they let themselves be shown; series."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from kenesh.council import actions
from kenesh.council.actions import series
from kenesh.council.models import Meeting, Room, Session
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, User

SignIn = Callable[..., Client]


@pytest.fixture
def conference(council: Body, chynara: User) -> Meeting:
    """Two days in Bishkek, 14 and 15 May 2024, nine to six; public."""
    meeting = actions.plan_meeting(
        body=council,
        by=chynara,
        number="2024/1",
        title={"en": "Conference No. 2024/1"},
        starts_at=datetime(2024, 5, 14, 3, 0, tzinfo=UTC),
        ends_at=datetime(2024, 5, 15, 12, 0, tzinfo=UTC),
        mode=Meeting.Mode.HYBRID,
    )
    actions.publish_meeting(meeting=meeting, by=chynara)
    return meeting


@pytest.fixture
def secretary(signed_in: SignIn, chynara: User) -> Client:
    return signed_in(chynara, language="en")


def session(title: str, begins: str, ends: str, day: str = "2024-05-14", **more: Any) -> dict[str, Any]:
    """A form as the page sends it, with one row for people."""
    rows = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-part": "speaker", "people-0-publication": "hidden"}
    said = {"kind": "session", "title_en": title, "day": day, "begins": begins, "ends": ends, "version": "1", "key": title}
    return {**said, **rows, **more}


def test_a_meeting_inside_stands_on_the_programme_also_while_nobody_has_said_when_it_ends(
    secretary: Client, conference: Meeting, council: Body, chynara: User
) -> None:
    begins = datetime(2024, 5, 14, 7, 0, tzinfo=UTC)
    actions.plan_meeting(body=council, by=chynara, host_meeting=conference, title={"en": "The coalition"}, starts_at=begins)
    page = secretary.get(f"/work/meetings/{conference.code}/programme/").content.decode()
    assert ("The coalition" in page, "13:00–" in page, '<p class="meta">13:00' in page) == (True, False, True)


def test_sessions_of_two_rooms_stand_beside_each_other_and_a_break_takes_the_whole_width(
    secretary: Client, client: Client, conference: Meeting
) -> None:
    at = f"/work/meetings/{conference.code}/"
    for name in ("Hall A", "Hall B"):
        secretary.post(
            f"{at}rooms/new/", {"name_en": name, "link": f"https://join.example/{name[-1]}", "version": 1, "key": name}
        )
    first, second = Room.objects.order_by("pk")
    person = {"people-0-name": "Dilnoza Karimova", "people-0-post": "Lawyer", "people-0-publication": "name"}
    hidden = {"people-0-name": "Ivan Petrov", "people-0-part": "moderator"}
    secretary.post(f"{at}programme/new/", session("Wages", "10:00", "12:00", room=first.pk, **person))
    secretary.post(f"{at}programme/new/", session("Schools", "10:00", "11:00", room=second.pk, **hidden))
    secretary.post(f"{at}programme/new/", session("Coffee", "12:00", "12:30", kind="break"))
    secretary.post(f"{at}programme/new/", session("Closing", "16:00", "17:00", day="2024-05-15"))
    page = client.get(f"/en/meetings/{conference.code}/programme/").content.decode()
    shown = ("14 May 2024", "15 May 2024", "Hall B", "Dilnoza Karimova", "Ivan Petrov", "join.example", 'colspan="2"')
    assert [words in page for words in shown] == [True, True, True, True, False, False, True]
    assert re.findall(r"<h3[^>]*>(\w+)</h3>", page) == ["Wages", "Schools", "Coffee", "Closing"]
    inside = secretary.get(f"{at}programme/").content.decode()
    assert [words in inside for words in ("Ivan Petrov", "https://join.example/A")] == [True, True]
    assert TrailEntry.objects.filter(verb="add_session").count() == 4


def test_a_room_is_taken_once_and_a_session_lies_within_the_meeting(
    secretary: Client, conference: Meeting, chynara: User
) -> None:
    room = actions_room(conference, chynara)
    address = f"/work/meetings/{conference.code}/programme/new/"
    assert secretary.post(address, session("Wages", "10:00", "12:00", room=room.pk)).status_code == 302
    taken = secretary.post(address, session("Schools", "11:00", "13:00", room=room.pk)).content.decode()
    assert "Another session is in this room at that time: Wages, 10:00–12:00." in taken
    assert 'value="Schools"' in taken  # nothing entered is lost
    early = secretary.post(address, session("Schools", "13:00", "12:00")).content.decode()
    assert "Write an end that is later than the beginning." in early
    outside = secretary.post(address, session("Schools", "10:00", "12:00", day="2024-05-20"))
    assert (outside.status_code, Session.objects.count()) == (200, 1)


def actions_room(meeting: Meeting, by: User) -> Room:
    from kenesh.council.actions import programme

    return programme.add_room(
        meeting=meeting, by=by, name={"en": "Hall A"}, link="https://join.example/a", dial_in="+996 000, 12#"
    )


def test_who_saves_a_session_second_sees_what_the_first_wrote(secretary: Client, conference: Meeting) -> None:
    at = f"/work/meetings/{conference.code}/programme/"
    secretary.post(f"{at}new/", session("Wages", "10:00", "12:00"))
    pk = Session.objects.get().pk
    assert secretary.post(f"{at}{pk}/", session("Wages and pay", "10:00", "12:00")).status_code == 302
    late = secretary.post(f"{at}{pk}/", session("Wages, late", "10:00", "12:30")).content.decode()
    assert [words in late for words in ("Somebody else saved this before you.", "Wages and pay", 'value="Wages, late"')] == [
        True
    ] * 3
    secretary.post(f"{at}{pk}/remove/")
    assert Session.objects.count() == 0


def test_a_session_of_a_coalition_stands_in_the_programme_of_its_host(client: Client, conference: Meeting, chynara: User) -> None:
    coalition = Body.objects.create(name={"en": "Coalition"}, kind=Body.Kind.COALITION)
    inside = actions.plan_meeting(
        body=coalition,
        by=chynara,
        host_meeting=conference,
        title={"en": "Session of the coalition"},
        starts_at=datetime(2024, 5, 15, 4, 0, tzinfo=UTC),
        ends_at=datetime(2024, 5, 15, 6, 0, tzinfo=UTC),
    )
    address = f"/en/meetings/{conference.code}/programme/"
    assert "The programme is not known yet." in client.get(address).content.decode()  # it is internal
    actions.publish_meeting(meeting=inside, by=chynara)
    page = client.get(address).content.decode()
    assert [words in page for words in ("10:00–12:00", f"/en/meetings/{inside.code}/", "Session of the coalition")] == [True] * 3


def test_the_meeting_moves_and_its_programme_moves_along(secretary: Client, conference: Meeting) -> None:
    secretary.post(f"/work/meetings/{conference.code}/programme/new/", session("Closing", "16:00", "17:00", day="2024-05-15"))
    form = {
        "title_en": "Conference", "on": "2024-06-11", "begins": "09:00", "ends": "18:00", "last_on": "2024-06-12",
        "time_zone": "Asia/Bishkek", "mode": "hybrid", "version": "1", "key": "k",
    }  # fmt: skip
    assert secretary.post(f"/work/meetings/{conference.code}/edit/", form).status_code == 302
    moved = Session.objects.select_related("meeting").get()
    assert (moved.day.isoformat(), moved.clock, moved.version) == ("2024-06-12", "16:00–17:00", 2)
    assert [day.isoformat() for day in moved.meeting.days] == ["2024-06-11", "2024-06-12"]
    wrong = secretary.post(f"/work/meetings/{conference.code}/edit/", {**form, "version": "2", "last_on": "2024-06-01"})
    assert "Write a last day after the first one" in wrong.content.decode()


@pytest.mark.parametrize(("on", "day"), [("2024-05-14", "2024-05-14"), ("2024-06-11", "2024-06-11")])
def test_the_programme_keeps_its_hours_when_the_zone_of_the_meeting_is_corrected(
    secretary: Client, conference: Meeting, on: str, day: str
) -> None:
    secretary.post(f"/work/meetings/{conference.code}/programme/new/", session("Wages", "10:00", "12:00"))
    form = {
        "title_en": "Conference", "on": on, "begins": "09:00", "ends": "18:00", "time_zone": "Europe/Moscow", "mode": "hybrid",
        "version": "1", "key": "k",
    }  # fmt: skip
    assert secretary.post(f"/work/meetings/{conference.code}/edit/", form).status_code == 302
    moved = Session.objects.select_related("meeting").get()
    assert (moved.day.isoformat(), moved.clock, f"{moved.starts_at:%H:%M%z}") == (day, "10:00–12:00", "07:00+0000")


@pytest.mark.parametrize(
    ("number", "year", "following"),
    [("3", 2026, "4"), ("2026/2", 2026, "2026/3"), ("2025/2", 2026, "2026/1"), ("V-9", 2026, "V-10"), ("", 2026, "")],
)
def test_numbers_of_meetings_are_counted_on(number: str, year: int, following: str) -> None:
    assert series.counted_on(number, year) == following


def test_the_next_meeting_is_planned_like_this_one(secretary: Client, conference: Meeting, chynara: User) -> None:
    kept, left = (actions.add_item(meeting=conference, by=chynara, title={"en": title}) for title in ("Minutes", "Wages"))
    room, at = actions_room(conference, chynara), f"/work/meetings/{conference.code}/"
    secretary.post(f"{at}programme/new/", session("Closing", "16:00", "17:00", day="2024-05-15", room=room.pk, items=[kept.pk]))
    page = secretary.get(f"{at}next/").content.decode()
    assert ('value="2024/2"' in page, 'value="Conference No. 2024/2"' in page) == (True, True)
    said = {"on": "2024-11-19", "number": "2024/2", "title_en": "Conference No. 2024/2", "items": [kept.pk], "key": "n" * 32}
    for _twice in range(2):
        assert secretary.post(f"{at}next/", said).status_code == 302
    following = Meeting.objects.get(follows=conference)
    copied = following.sessions.get()
    assert (following.local_start.isoformat(), following.last_day.isoformat()) == ("2024-11-19T09:00:00+06:00", "2024-11-20")
    assert (copied.day.isoformat(), copied.room.name["en"], copied.room.dial_in) == ("2024-11-20", "Hall A", "+996 000, 12#")
    assert [(item.title["en"], item.sessions.get()) for item in following.items.all()] == [("Minutes", copied)]
    assert left.title["en"] == "Wages"  # it was not asked for


def test_a_meeting_that_was_called_off_says_so_and_does_not_begin(secretary: Client, client: Client, conference: Meeting) -> None:
    status = f"/work/meetings/{conference.code}/status/"
    secretary.post(status, {"to": "call_off"})
    said = "This meeting was called off."
    assert said in client.get(f"/en/meetings/{conference.code}/").content.decode()
    assert "Take that back first." in secretary.post(status, {"to": "open"}, follow=True).content.decode()
    secretary.post(status, {"to": "call_again"})
    secretary.post(status, {"to": "open"})
    assert said not in client.get(f"/en/meetings/{conference.code}/").content.decode()
    assert "It can no longer be called off." in secretary.post(status, {"to": "call_off"}, follow=True).content.decode()
    assert list(TrailEntry.objects.filter(verb__startswith="call_").order_by("number").values_list("verb", flat=True)) == [
        "call_off",
        "call_again",
    ]


def test_the_calendar_carries_the_zone_and_each_session_and_counts_changes(
    secretary: Client, client: Client, conference: Meeting
) -> None:
    at = f"/work/meetings/{conference.code}/"
    secretary.post(f"{at}programme/new/", session("Wages", "10:00", "12:00"))
    address = f"/en/meetings/{conference.code}/calendar.ics"

    def events() -> list[tuple[str, str, int, str]]:
        found = Calendar.from_ical(client.get(address).content)
        assert [zone["tzid"] for zone in found.walk("VTIMEZONE")] == ["Asia/Bishkek"]
        return [
            (one["summary"], one["dtstart"].to_ical().decode(), one["sequence"], one["status"]) for one in found.walk("VEVENT")
        ]

    assert events() == [
        ("Conference No. 2024/1", "20240514T090000", 0, "CONFIRMED"),
        ("Wages", "20240514T100000", 0, "CONFIRMED"),
    ]
    secretary.post(f"{at}programme/{Session.objects.get().pk}/", session("Wages", "10:30", "12:00"))
    secretary.post(f"{at}status/", {"to": "call_off"})
    assert events() == [
        ("Conference No. 2024/1", "20240514T090000", 1, "CANCELLED"),
        ("Wages", "20240514T103000", 2, "CANCELLED"),
    ]
