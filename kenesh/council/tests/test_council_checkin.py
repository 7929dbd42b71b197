"""At the door: who is there on which day, by badge or by the list; and whether that is enough by the rules of the body."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import docx
import pytest
from django.test import Client

from kenesh.council import actions
from kenesh.council.actions import checkin
from kenesh.council.actions import invitations as inviting
from kenesh.council.models import Attendance, AttendanceDay, Ballot, Decision, Invitation, Meeting, Proposal
from kenesh.council.queries import quorum
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, Membership, User

SignIn = Callable[..., Client]
Seat = Callable[[User], Membership]
FIRST, SECOND = date(2024, 5, 14), date(2024, 5, 15)


@pytest.fixture
def two_days(council: Body, chynara: User, member: User, second: User, observer: User) -> Meeting:
    """14 and 15 May 2024; two members, from Kyrgyzstan and Russia, and an observer sit in the body."""
    return actions.plan_meeting(
        body=council,
        by=chynara,
        title={"en": "Council session"},
        starts_at=datetime(2024, 5, 14, 3, 0, tzinfo=UTC),
        ends_at=datetime(2024, 5, 15, 12, 0, tzinfo=UTC),
        mode=Meeting.Mode.HYBRID,
    )


@pytest.fixture
def secretary(signed_in: SignIn, chynara: User) -> Client:
    return signed_in(chynara, language="en")


def press(secretary: Client, meeting: Meeting, who: str, day: date, mode: str) -> None:
    sent = {"who": who, "day": day.isoformat(), "mode": mode}
    assert secretary.post(f"/work/meetings/{meeting.code}/check-in/", sent).status_code == 302


def test_somebody_is_in_the_room_on_one_day_and_online_on_the_next(
    secretary: Client, two_days: Meeting, member: User, seat: Seat
) -> None:
    who = f"s{seat(member).pk}"
    for _twice in range(2):
        press(secretary, two_days, who, FIRST, "present")
        press(secretary, two_days, who, SECOND, "remote")
    days = list(AttendanceDay.objects.order_by("day").values_list("day", "mode"))
    assert (days, Attendance.objects.get().mode) == ([(FIRST, "present"), (SECOND, "remote")], "present")
    press(secretary, two_days, who, FIRST, "")
    assert Attendance.objects.get().mode == "remote"
    press(secretary, two_days, who, SECOND, "")
    assert Attendance.objects.count() == 0
    assert TrailEntry.objects.filter(verb="undo_check_in").count() == 2
    page = secretary.get(f"/work/meetings/{two_days.code}/check-in/?day=2024-05-15").content.decode()
    assert "There on 15 May 2024: 0" in page


def test_the_code_of_a_badge_leads_to_one_button(secretary: Client, two_days: Meeting, chynara: User) -> None:
    guest = inviting.invite_guest(meeting=two_days, by=chynara, guest="Lola Yusupova", country="TJ", language="ru", email="")
    door = f"/work/meetings/{two_days.code}/check-in/"
    badge = f"{door}{guest.code}/"
    assert secretary.get(door, {"badge": guest.code.upper()}).headers["Location"] == badge
    assert "Lola Yusupova" in secretary.get(badge).content.decode()
    assert Attendance.objects.count() == 0  # looking changes nothing
    for _twice in range(2):
        secretary.post(badge, {"mode": "present"})
    line = Attendance.objects.get()
    assert (line.guest, line.country, line.standing, line.publication) == ("Lola Yusupova", "TJ", "guest", "hidden")
    assert "Nobody who is invited to this meeting has this code." in secretary.get(door, {"badge": "bcdfghjk"}).content.decode()
    badges = secretary.get(f"/work/meetings/{two_days.code}/badges/").content.decode()
    assert [words in badges for words in (guest.code, "data:image/svg+xml")] == [True, True]


def test_the_chair_checks_in_by_list_and_by_badge_and_another_member_does_not(
    signed_in: SignIn, two_days: Meeting, chynara: User, member: User, second: User, seat: Seat
) -> None:
    Meeting.objects.filter(pk=two_days.pk).update(chair=member.person)
    guest = inviting.invite_guest(meeting=two_days, by=chynara, guest="Lola Yusupova", country="TJ", language="ru", email="")
    door, chair, other = f"/work/meetings/{two_days.code}/check-in/", signed_in(member, language="en"), signed_in(second)
    press(chair, two_days, f"s{seat(second).pk}", FIRST, "present")
    chair.post(f"{door}{guest.code}/", {"mode": "present"})
    assert Attendance.objects.filter(mode="present").count() == 2
    page = chair.get(door).content.decode()
    assert [f"/work/meetings/{two_days.code}/{name}/" in page for name in ("attendance", "rules", "badges")] == [False] * 3
    assert door in chair.get(f"/work/meetings/{two_days.code}/").content.decode()
    assert [other.get(door).status_code, other.post(f"{door}{guest.code}/", {"mode": "remote"}).status_code] == [404, 404]


def test_who_comes_for_a_seat_is_written_down_with_it(
    secretary: Client, two_days: Meeting, chynara: User, observer: User, seat: Seat
) -> None:
    inviting.invite_seats(meeting=two_days, by=chynara)
    invitation = Invitation.objects.get(membership=seat(observer))
    inviting.answer_invitation(
        invitation=invitation, by=chynara, coming="substitute", substitute_name="Askar Tokoev", substitute_post="Adviser",
        substitute_online=False, interpretation="", arrives_from="", arrives_on=None, leaves_on=None, needs_ticket=False,
        needs_visa_letter=False, needs="",
    )  # fmt: skip
    press(secretary, two_days, f"s{seat(observer).pk}", FIRST, "present")
    assert Attendance.objects.get().guest == "Askar Tokoev, Adviser"
    assert "Askar Tokoev, Adviser" in secretary.get(f"/work/meetings/{two_days.code}/minutes/").content.decode()


def test_a_mode_for_the_whole_meeting_takes_the_place_of_the_days(
    two_days: Meeting, chynara: User, member: User, seat: Seat
) -> None:
    checkin.check_in(meeting=two_days, who=seat(member), day=FIRST, mode="present", by=chynara)
    actions.record_attendance(meeting=two_days, marks=[actions.Mark(seat(member), "excused")], by=chynara)
    assert (Attendance.objects.get().mode, AttendanceDay.objects.count()) == ("excused", 0)


def set_rules(secretary: Client, meeting: Meeting, **said: str) -> str:
    sent = {"members": "1/2", "states": "1", "counts_online": "on", "version": "1", **said}
    return secretary.post(f"/work/meetings/{meeting.code}/rules/", sent, follow=True).content.decode()


def test_a_quorum_counts_members_and_states_and_says_why(
    secretary: Client, two_days: Meeting, chynara: User, member: User, second: User, observer: User, seat: Seat
) -> None:
    assert "No rule says how many must be there." in secretary.get(f"/work/meetings/{two_days.code}/").content.decode()
    set_rules(secretary, two_days)
    for user in (member, observer):
        checkin.check_in(meeting=two_days, who=seat(user), day=SECOND, mode="present", by=chynara)
    said = "1 of 2 members are there; at least 1 are needed. Members from 1 of 2 States are there; at least 2 are needed."
    page = secretary.get(f"/work/meetings/{two_days.code}/").content.decode()
    assert f"There is no quorum. {said} Nobody is there from: Russia." in page
    checkin.check_in(meeting=two_days, who=seat(second), day=SECOND, mode="remote", by=chynara)
    found = quorum.quorum(two_days)
    assert found is not None
    assert (found.day, found.reached, found.members.there, found.missing) == (SECOND, True, 2, [])
    set_rules(secretary, two_days, counts_online="", version="1")
    again = quorum.quorum(two_days)
    assert again is not None
    assert (again.reached, again.missing) == (False, ["RU"])
    assert "Somebody else saved this before you." in set_rules(secretary, two_days, version="1")


def test_no_vote_opens_without_the_quorum_of_the_rules(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    meeting = proposal.item.meeting
    set_rules(secretary, meeting, members="2/3", states="0")
    address = f"/work/meetings/{meeting.code}/proposals/{proposal.code}/ballot/"
    form = {"rule": "simple_majority", "quorum": "1/2", "how": "named", "key": "k" * 32}
    refused = secretary.post(address, form, follow=True).content.decode()
    assert "There is no quorum. 0 of 2 members are there; at least 2 are needed. Write down who is there first." in refused
    agreed = secretary.post(f"/work/meetings/{meeting.code}/proposals/{proposal.code}/consensus/", follow=True).content.decode()
    assert ("There is no quorum. 0 of 2 members are there" in agreed, Ballot.objects.count(), Decision.objects.count()) == (
        True,
        0,
        0,
    )
    for user in (member, second):
        checkin.check_in(meeting=meeting, who=seat(user), day=meeting.day, mode="present", by=chynara)
    secretary.post(address, form)
    assert Ballot.objects.count() == 1


def test_on_the_second_day_only_those_who_are_there_then_are_counted_and_online_only_where_the_rules_say_so(
    secretary: Client, two_days: Meeting, chynara: User, member: User, second: User, seat: Seat
) -> None:
    item = actions.add_item(meeting=two_days, by=chynara, title={"en": "Access to a doctor"})
    actions.open_meeting(meeting=two_days, by=chynara)
    set_rules(secretary, two_days, members="1/3", states="0", counts_online="")
    for user in (member, second):
        checkin.check_in(meeting=two_days, who=seat(user), day=FIRST, mode="present", by=chynara)
    checkin.check_in(meeting=two_days, who=seat(member), day=SECOND, mode="present", by=chynara)
    checkin.check_in(meeting=two_days, who=seat(second), day=SECOND, mode="remote", by=chynara)
    proposal = actions.propose(item=item, text={"en": "Give migrants health insurance"}, by=chynara)
    ballot = actions.open_ballot(proposal=proposal, quorum="2/3", by=chynara)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    result = actions.close_ballot(ballot=ballot, by=chynara)
    assert (result.present, result.entitled, result.why.value) == (1, 2, "no_quorum")


def test_an_election_too_waits_for_the_quorum_of_the_rules(
    secretary: Client, two_days: Meeting, chynara: User, member: User, seat: Seat
) -> None:
    item = actions.add_item(meeting=two_days, by=chynara, title={"en": "Chair"})
    actions.open_meeting(meeting=two_days, by=chynara)
    election = actions.call_election(item=item, office={"en": "Chair"}, by=chynara)
    actions.nominate(election=election, name="Asel Tokoeva", by=chynara)
    set_rules(secretary, two_days, members="2/3", states="0")
    address = f"/work/meetings/{two_days.code}/elections/{election.code}/"
    said, ways = "There is no quorum. 0 of 2 members are there; at least 2 are needed.", ("open", "consensus")
    refused = [secretary.post(address, {"do": way, "key": "k" * 32}, follow=True).content.decode() for way in ways]
    assert ([said in page for page in refused], Ballot.objects.count()) == ([True, True], 0)
    assert not election.candidates.filter(elected_in__isnull=False).exists()


def test_papers_of_two_days_say_who_was_there_on_which_and_who_was_absent(
    secretary: Client, two_days: Meeting, chynara: User, member: User, second: User, observer: User, seat: Seat
) -> None:
    checkin.check_in(meeting=two_days, who=seat(member), day=FIRST, mode="present", by=chynara)
    for day in (FIRST, SECOND):
        checkin.check_in(meeting=two_days, who=seat(second), day=day, mode="present", by=chynara)
    actions.record_attendance(meeting=two_days, marks=[actions.Mark(seat(observer), "absent")], by=chynara)
    page = html.unescape(secretary.get(f"/work/meetings/{two_days.code}/minutes/").content.decode())
    assert "<li>Мээрим, Центр поддержки, Бишкек (Kyrgyzstan): 14 May 2024</li>" in page
    assert "<li>Центр поддержки, Челябинск (Russia)</li>" in page
    assert re.search(r"<h3>Absent: 1</h3><ul><li>[^<]*</li></ul>", page)


def test_each_signs_the_sheet_on_each_day(secretary: Client, two_days: Meeting) -> None:
    answer = secretary.get(f"/work/meetings/{two_days.code}/minutes/attendance.docx?language=en")
    made = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    headings = [cell.text for cell in made.tables[0].rows[0].cells]
    assert headings[4:] == ["Signature, 14.05.2024", "Signature, 15.05.2024"]
    assert "Council session · 14 May 2024 – 15 May 2024" in [paragraph.text for paragraph in made.paragraphs]
