"""Who gets in where; what the public pages show of whom; how many queries the pages need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.council import actions, panels
from kenesh.council.actions import Mark
from kenesh.council.models import AgendaItem, Attendance, Decision, Meeting, Proposal
from kenesh.library.models import Document
from kenesh.people.models import Body, Membership, Organisation, Person, Publication, Role, User
from kenesh.problems.models import Problem

SignIn = Callable[..., Client]
Seat = Callable[[User], Membership]

# page → status for: anybody, an outsider, a secretary of another body, a member, the secretary
ROLES = ("anybody", "eve", "stranger", "member", "chynara")
PAGES = {
    "/work/meetings/": (302, 404, 200, 200, 200),
    "/work/meetings/new/": (302, 404, 200, 404, 200),
    "/work/meetings/{code}/": (302, 404, 404, 200, 200),
    "/work/meetings/{code}/edit/": (302, 404, 404, 404, 200),
    "/work/meetings/{code}/attendance/": (302, 404, 404, 404, 200),
    "/work/meetings/{code}/minutes/": (302, 404, 404, 200, 200),
    "/work/meetings/{code}/agenda/new/": (302, 404, 404, 404, 200),
    "/work/meetings/{code}/agenda/{item}/": (302, 404, 404, 404, 200),
    "/work/meetings/{code}/agenda/{item}/propose/": (302, 404, 404, 200, 200),
    "/work/meetings/{code}/ballots/{ballot}/votes/": (302, 404, 404, 404, 200),
    "/en/council/": (200, 200, 200, 200, 200),
    "/en/council/{body}/": (200, 200, 200, 200, 200),
    "/en/meetings/": (200, 200, 200, 200, 200),
    "/en/council/decisions/{code}/": (404, 404, 404, 404, 404),
    "/en/meetings/{code}/": (404, 404, 404, 404, 404),
    "/en/meetings/{code}/minutes/": (404, 404, 404, 404, 404),
    "/en/meetings/{code}/calendar.ics": (404, 404, 404, 404, 404),
}
POSTS = {
    "/work/meetings/{code}/status/": (302, 404, 404, 404, 302),
    "/work/meetings/{code}/agenda/{item}/move/": (302, 404, 404, 404, 302),
    "/work/meetings/{code}/agenda/{item}/remove/": (302, 404, 404, 404, 302),
    "/work/meetings/{code}/proposals/{proposal}/ballot/": (302, 404, 404, 404, 404),  # 404: without a rule
    "/work/meetings/{code}/proposals/{proposal}/consensus/": (302, 404, 404, 404, 302),
    "/work/meetings/{code}/proposals/{proposal}/position/": (302, 404, 404, 404, 200),  # 404: not one's own seat; 200: whose?
    "/work/meetings/{code}/proposals/{proposal}/withdraw/": (302, 404, 404, 404, 302),  # 404: not one's own
    "/work/meetings/{code}/ballots/{ballot}/vote/": (302, 404, 404, 404, 404),
    "/work/meetings/{code}/ballots/{ballot}/close/": (302, 404, 404, 404, 302),
    "/work/meetings/{code}/minutes/status/": (302, 404, 404, 404, 302),
    "/work/meetings/{code}/minutes/": (302, 404, 404, 404, 200),
}


@pytest.fixture
def stranger(make_account: Callable[..., object]) -> User:
    """The secretary of another body."""
    other = Body.objects.create(name={"en": "Another council"}, kind=Body.Kind.COMMITTEE)
    return make_account("Stranger", Role.COUNCIL_SECRETARY, body=other).user


def test_each_role_gets_in_where_it_belongs(
    signed_in: SignIn, eve: User, stranger: User, member: User, chynara: User, proposal: Proposal
) -> None:
    meeting, ballot = proposal.item.meeting, actions.open_ballot(proposal=proposal, by=chynara)
    clients = [Client(), *(signed_in(user) for user in (eve, stranger, member, chynara))]
    names = {
        "code": meeting.code,
        "item": proposal.item.pk,
        "ballot": ballot.pk,
        "body": meeting.body.code,
        "proposal": proposal.code,
    }
    got = {page: tuple(client.get(page.format(**names)).status_code for client in clients) for page in PAGES}
    posted = {page: tuple(client.post(page.format(**names)).status_code for client in clients) for page in POSTS}
    assert (got, posted) == (PAGES, POSTS)
    assert Proposal.objects.get().status == "open"  # a member cannot withdraw what is not hers


def test_nobody_votes_for_a_seat_that_is_not_hers(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    address = f"/work/meetings/{proposal.item.meeting.code}/ballots/{ballot.pk}/vote/"
    answer = signed_in(member).post(address, {"membership": seat(second).pk, "choice": "for"})
    assert (answer.status_code, ballot.votes.count()) == (404, 0)


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (Publication.NAME, ("Мээрим", "Центр поддержки, Бишкек", "Kyrgyzstan")),
        (Publication.ORGANISATION, ("Центр поддержки, Бишкек", "Kyrgyzstan")),
        (Publication.COUNTRY, ("Kyrgyzstan",)),
        (Publication.HIDDEN, ()),
    ],
)
def test_public_pages_show_of_a_member_what_her_level_allows(
    level: str, shown: tuple[str, ...], meeting: Meeting, chynara: User, member: User, seat: Seat
) -> None:
    Membership.objects.update(publication=level)
    Meeting.objects.update(chair=member.person, country="")
    actions.record_attendance(meeting=meeting, marks=[Mark(seat(member), Attendance.Mode.PRESENT, level)], by=chynara)
    _publish_minutes(meeting, chynara)
    everything = ("Мээрим", "Центр поддержки, Бишкек", "Kyrgyzstan")
    for address in (f"/en/council/{meeting.body.code}/", f"/en/meetings/{meeting.code}/minutes/"):
        page = Client().get(address).content.decode()
        assert tuple(words for words in everything if words in page) == shown, address


def _publish_minutes(meeting: Meeting, by: User) -> None:
    actions.close_meeting(meeting=meeting, by=by)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=by, reason="More was decided.")
    actions.publish_minutes(meeting=meeting, public=True, by=by)
    actions.publish_meeting(meeting=meeting, by=by)


def test_a_named_vote_is_shown_only_to_whom_the_voter_wished(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    address = f"/work/meetings/{proposal.item.meeting.code}/ballots/{ballot.pk}/vote/"
    signed_in(member).post(address, {"membership": seat(member).pk, "choice": "for", "shown": "on"})
    signed_in(second).post(address, {"membership": seat(second).pk, "choice": "for"})
    actions.close_ballot(ballot=ballot, by=chynara)
    decision = actions.adopt_by_vote(ballot=ballot, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    _publish_minutes(proposal.item.meeting, chynara)
    page = Client().get(f"/en/meetings/{proposal.item.meeting.code}/minutes/").content.decode()
    assert [words in page for words in ("For: 2. Against: 0. Abstained: 0.", "Мээрим", "Челябинск")] == [True, True, False]


def test_a_meeting_tells_its_time_in_its_own_zone_and_keeps_its_link(meeting: Meeting, chynara: User) -> None:
    actions.publish_meeting(meeting=meeting, by=chynara)
    page = Client().get(f"/en/meetings/{meeting.code}/").content.decode()
    assert [words in page for words in ("15 May 2024, 10:00–17:00, time of Bishkek (UTC+06:00)", "secret-room")] == [True, False]


def test_a_session_held_inside_another_meeting_is_named_on_both_pages(meeting: Meeting, council: Body, chynara: User) -> None:
    coalition = Body.objects.create(name={"en": "Coalition"}, kind=Body.Kind.COALITION, parent=council)
    starts_at = meeting.starts_at + timedelta(hours=2)
    inside = actions.plan_meeting(
        body=coalition, host_meeting=meeting, title={"en": "Coalition session"}, starts_at=starts_at, by=chynara
    )
    actions.publish_meeting(meeting=meeting, by=chynara)
    pages = {one: f"/en/meetings/{one.code}/" for one in (meeting, inside)}
    assert "Coalition session" not in Client().get(pages[meeting]).content.decode()
    actions.publish_meeting(meeting=inside, by=chynara)
    assert "Coalition session" in Client().get(pages[meeting]).content.decode()
    assert "Council session" in Client().get(pages[inside]).content.decode()


def test_the_calendar_file_is_escaped_folded_and_in_the_zone_of_the_room(meeting: Meeting, chynara: User) -> None:
    actions.publish_meeting(meeting=meeting, by=chynara)
    answer = Client().get(f"/ru/meetings/{meeting.code}/calendar.ics")
    lines = answer.content.decode().split("\r\n")
    assert (answer["Content-Type"], lines[0], lines[-2:]) == (
        "text/calendar; charset=utf-8",
        "BEGIN:VCALENDAR",
        ["END:VCALENDAR", ""],
    )
    assert [line for line in lines if line.startswith(("DTSTART;", "DTEND", "LOCATION"))] == [
        "DTSTART;TZID=Asia/Bishkek:20240515T100000", "DTEND;TZID=Asia/Bishkek:20240515T170000", "LOCATION:Бишкек\\, дом 7\\; зал 2",
    ]  # fmt: skip
    assert max(len(line.encode()) for line in lines) <= 75
    assert "secret-room" not in answer.content.decode()


def test_a_problem_nobody_took_up_is_not_named_in_public(item: AgendaItem, chynara: User, problem: Problem) -> None:
    Problem.objects.update(status="proposed", accepted_on=None)
    item.problems.add(problem)
    actions.publish_meeting(meeting=item.meeting, by=chynara)
    assert "No doctor without a paper" not in Client().get(f"/en/meetings/{item.meeting.code}/").content.decode()


def test_panels_tell_of_public_meetings_and_decisions_only(
    rf: RequestFactory, proposal: Proposal, chynara: User, problem: Problem, document: Document
) -> None:
    item = proposal.item
    actions.edit_item(item=item, version=1, problems=[problem], documents=[document], by=chynara)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    Meeting.objects.update(starts_at=timezone.now() + timedelta(days=9), ends_at=None)

    def told() -> list[bool]:
        request = rf.get("/")
        pages = [
            panels.problem_at_meetings(problem, request),
            panels.council_at_home(None, request),
            panels.document_at_meetings(document, request),
        ]
        return [words in page for page in pages for words in (str(item.meeting), str(decision))]

    assert told() == [False] * 6
    actions.publish_meeting(meeting=item.meeting, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    assert told() == [True, True, True, True, True, False]
    page = Client().get(f"/ru/council/decisions/{decision.code}/")
    assert (page.status_code, str(decision) in page.content.decode()) == (200, True)


def test_the_list_goes_on_where_the_last_page_ended(council: Body, chynara: User) -> None:
    for number in range(45):
        starts_at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number // 2)
        planned = actions.plan_meeting(body=council, by=chynara, title={"en": f"Session {number:02}"}, starts_at=starts_at)
        actions.publish_meeting(meeting=planned, by=chynara)
    seen, key = [], ""
    for _ in range(3):
        page = Client().get("/en/meetings/", {"before": key} if key else {})
        seen += [meeting.title["en"] for meeting in page.context["past"].meetings]
        key = page.context["past"].next_key
    assert (seen, key) == ([f"Session {number:02}" for number in reversed(range(45))], "")
    assert Client().get("/en/meetings/?before=nonsense").status_code == 404


def test_meetings_of_one_body_can_be_picked_out(meeting: Meeting, chynara: User, stranger: User) -> None:
    actions.publish_meeting(meeting=meeting, by=chynara)
    other = Body.objects.get(name={"en": "Another council"})
    found = [len(Client().get(f"/en/meetings/?body={body.code}").context["past"].meetings) for body in (meeting.body, other)]
    assert found == [1, 0]


# --- the same number of queries for 1 and for 30 ------------------------------------------------------------------------


def _fill(meeting: Meeting, by: User, number: int, problem: Problem, document: Document, addressee: Organisation) -> None:
    """Points with everything under them: a decision by vote each, positions, attendance."""
    body = meeting.body
    for index in range(number):
        house = Organisation.objects.create(name={"en": f"House {index}"}, kind="ngo", country="KG")
        person = Person.objects.create(name={"en": f"Person {index}"}, organisation=house)
        place = Membership.objects.create(body=body, person=person, organisation=house, publication="name")
        actions.record_attendance(meeting=meeting, marks=[Mark(place, "present", "name")], by=by)
        item = actions.add_item(meeting=meeting, by=by, title={"en": f"Point {index}"}, problems=[problem], documents=[document])
        proposal = actions.propose(
            item=item, text={"en": f"Text {index}"}, membership=place, addressees=[addressee], problem=problem, by=by
        )
        actions.take_position(proposal=proposal, membership=place, stance="agree", words="Yes", by=by)
        ballot = actions.open_ballot(proposal=proposal, quorum="0", by=by)
        actions.enter_votes(ballot=ballot, choices=[(place, "for")], by=by)
        actions.close_ballot(ballot=ballot, by=by)
        actions.publish_decision(decision=actions.adopt_by_vote(ballot=ballot, by=by), public=True, by=by)


def test_pages_need_as_many_queries_for_thirty_points_as_for_one(
    signed_in: SignIn, meeting: Meeting, chynara: User, problem: Problem, document: Document, ministry: Organisation
) -> None:
    pages = [
        f"/en/meetings/{meeting.code}/",
        f"/en/meetings/{meeting.code}/minutes/",
        f"/en/council/{meeting.body.code}/",
        "/en/council/",
    ]
    work = [
        f"/work/meetings/{meeting.code}/",
        f"/work/meetings/{meeting.code}/minutes/",
        f"/work/meetings/{meeting.code}/attendance/",
    ]
    secretary = signed_in(chynara)
    actions.open_meeting(meeting=meeting, by=chynara)
    _fill(meeting, chynara, 1, problem, document, ministry)
    _publish_minutes(meeting, chynara)
    few = [_queries(Client(), page) for page in pages] + [_queries(secretary, page) for page in work]
    actions.reopen_minutes(meeting=meeting, by=chynara)
    actions.open_meeting(meeting=meeting, by=chynara)
    _fill(meeting, chynara, 29, problem, document, ministry)
    _publish_minutes(meeting, chynara)
    assert [_queries(Client(), page) for page in pages] + [_queries(secretary, page) for page in work] == few


def test_lists_need_as_many_queries_for_thirty_meetings_as_for_one(
    signed_in: SignIn, meeting: Meeting, council: Body, chynara: User
) -> None:
    secretary = signed_in(chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    few = [_queries(Client(), "/en/meetings/"), _queries(secretary, "/work/meetings/")]
    for number in range(29):
        starts_at = datetime(2023, 1, 1 + number, tzinfo=UTC)
        planned = actions.plan_meeting(body=council, by=chynara, title={"en": "Session"}, starts_at=starts_at)
        actions.publish_meeting(meeting=planned, by=chynara)
    assert [_queries(Client(), "/en/meetings/"), _queries(secretary, "/work/meetings/")] == few


def _queries(client: Client, address: str) -> int:
    client.get(address)  # the first visit reads the session and warms caches
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_minutes_speak_the_language_of_the_page(proposal: Proposal, chynara: User) -> None:
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    _publish_minutes(proposal.item.meeting, chynara)
    addresses = {language: f"/{language}/meetings/{proposal.item.meeting.code}/minutes/" for language in ("ru", "ky", "en")}
    pages = {language: Client().get(address).content.decode() for language, address in addresses.items()}
    expected = {"ru": "Дать мигрантам полис ОМС", "ky": "Дать мигрантам полис ОМС", "en": "Give migrants health insurance"}
    assert {language: expected[language] in page for language, page in pages.items()} == dict.fromkeys(expected, True)
    assert ('<div lang="ru">' in pages["ky"], "2024-жылдын 15-майы" in pages["ky"], "15 мая 2024" in pages["ru"]) == (
        True,
        True,
        True,
    )


def test_a_body_that_publishes_its_decisions_publishes_them_at_once(proposal: Proposal, chynara: User) -> None:
    Body.objects.update(publishes_decisions=True)
    actions.adopt_by_consensus(proposal=proposal, by=chynara)
    assert Decision.objects.get().is_public is True
