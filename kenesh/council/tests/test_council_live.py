"""The screens of a meeting under way: what the beamer, the chair and each phone show, who has the word, motions of procedure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.council import actions
from kenesh.council.models import AgendaItem, Meeting, ProcedureMotion, Proposal, Speech
from kenesh.people.models import Membership, User

Seat = Callable[[User], Membership]


@pytest.fixture
def phone_of(proposal: Proposal, chynara: User) -> Callable[[Membership], Client]:
    """`phone_of(seat)`: a phone that has followed the seat's link."""

    def come_in(seat: Membership) -> Client:
        made = actions.make_phone_links(meeting=proposal.item.meeting, by=chynara, key=f"{seat.pk:032}", only=seat)
        phone = Client()
        phone.post(f"/en/phone/{made[0][1]}/")
        return phone

    return come_in


@pytest.fixture
def called(proposal: Proposal, chynara: User) -> Meeting:
    """The meeting is under way and its first point is called."""
    actions.call_item(item=proposal.item, by=chynara)
    return Meeting.objects.get(pk=proposal.item.meeting_id)


def asked(phone: Client, **fields: object) -> str:
    """What the phone shows after it has pressed a button."""
    return phone.post("/en/phone/word/", fields, follow=True).content.decode()


def lead(client: Client, meeting: Meeting, **fields: object) -> str:
    """What the chair's page shows after a button was pressed."""
    return client.post(f"/work/meetings/{meeting.code}/chair/", fields, follow=True).content.decode()


def tag_of(page: Any) -> str:
    return page.content.decode().split('data-tag="')[1].split('"')[0].replace("&quot;", '"')


def test_the_point_that_is_called_stands_on_the_wall_and_on_every_phone(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, seat: Seat, phone_of: Callable[..., Client]
) -> None:
    following = actions.add_item(meeting=called, by=chynara, title={"en": "The hotline"})
    chair, phone = signed_in(chynara, language="en"), phone_of(seat(member))
    wall = signed_in(member, language="en")
    seen = []
    for button in ({}, {"do": "item", "pk": following.pk}):
        if button:
            lead(chair, called, **button)
        pages = (wall.get(f"/work/meetings/{called.code}/beamer/"), phone.get("/en/phone/"))
        seen += [[words in page.content.decode() for words in ("Access to a doctor", "The hotline")] for page in pages]
    assert seen == [[True, False], [True, False], [False, True], [False, True]]


def test_the_wall_says_how_many_have_voted_and_how_only_after_the_closing(
    signed_in: Callable[..., Client], called: Meeting, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    chair = signed_in(chynara, language="en")
    opened = {"do": "open_ballot", "pk": proposal.pk, "rule": "simple_majority", "quorum": "0", "how": "named", "key": "k" * 32}
    assert "The vote is open." in lead(chair, called, **opened)
    ballot = proposal.ballots.get()
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    wall = chair.get(f"/work/meetings/{called.code}/beamer/").content.decode()
    assert [words in wall for words in ("<b>1</b> of 2 members have voted", "For: 1")] == [True, False]
    lead(chair, called, do="close_ballot", pk=ballot.pk)
    wall = chair.get(f"/work/meetings/{called.code}/beamer/").content.decode()
    assert [words in wall for words in ("members have voted", "For: 1. Against: 0.")] == [False, True]


def test_a_proposal_that_a_vote_has_adopted_is_not_put_to_the_vote_again(
    signed_in: Callable[..., Client], called: Meeting, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    chair, base = signed_in(chynara, language="en"), f"/work/meetings/{called.code}/"
    how = {"rule": "simple_majority", "quorum": "0", "how": "named"}
    lead(chair, called, do="open_ballot", pk=proposal.pk, key="k" * 32, **how)
    ballot = proposal.ballots.get()
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    page = lead(chair, called, do="close_ballot", pk=ballot.pk)
    assert ["Adopted." in page, f'id="put-{proposal.pk}"' in page] == [True, False]
    refused = chair.post(f"{base}proposals/{proposal.code}/ballot/", {**how, "key": "a" * 32}, follow=True).content.decode()
    assert ("A vote has adopted this proposal already." in refused, proposal.ballots.count()) == (True, 1)


def test_a_phone_that_asks_again_costs_one_query_while_nothing_is_new(
    called: Meeting, chynara: User, member: User, second: User, seat: Seat, phone_of: Callable[..., Client]
) -> None:
    phone = phone_of(seat(member))
    tag = tag_of(phone.get("/en/phone/"))
    with CaptureQueriesContext(connection) as queries:
        same = phone.get("/en/phone/", headers={"If-None-Match": tag})
    assert (same.status_code, same.content, len(queries)) == (304, b"", 1)
    actions.enter_speaker(meeting=called, membership=seat(second), by=chynara)
    assert phone.get("/en/phone/", headers={"If-None-Match": tag}).status_code == 200


def test_a_phone_reads_no_seat_but_its_own_however_many_sit_there(
    called: Meeting, proposal: Proposal, chynara: User, member: User, seat: Seat, phone_of: Callable[..., Client]
) -> None:
    phone = phone_of(seat(member))
    actions.open_ballot(proposal=proposal, by=chynara)
    with CaptureQueriesContext(connection) as queries:
        assert "The vote is open" in phone.get("/en/phone/").content.decode()
    asked = [query["sql"] for query in queries if 'FROM "people_membership"' in query["sql"]]
    assert [sql for sql in asked if '"people_membership"."id" IN (' not in sql] == []
    assert not any("people_nomination" in query["sql"] for query in queries)


def test_the_wall_asks_as_much_for_three_elections_as_for_one(
    signed_in: Callable[..., Client], called: Meeting, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    wall, costs = signed_in(chynara, language="en"), []
    for office in ("Chair", "Deputy chair", "Treasurer"):
        election = actions.call_election(item=proposal.item, office={"en": office}, role="chair", by=chynara)
        candidate = actions.nominate(election=election, membership=seat(member), by=chynara)
        actions.answer_nomination(candidate=candidate, accepted=True, by=chynara)
        actions.close_ballot(ballot=actions.open_round(election=election, by=chynara), by=chynara)
        with CaptureQueriesContext(connection) as queries:
            page = wall.get(f"/work/meetings/{called.code}/beamer/").content.decode()
        assert office in page
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]


@pytest.mark.parametrize("name", ["beamer", "chair"])
def test_a_screen_that_asks_again_is_told_of_a_vote(
    signed_in: Callable[..., Client], called: Meeting, proposal: Proposal, chynara: User, member: User, seat: Seat, name: str
) -> None:
    client, address = signed_in(chynara), f"/work/meetings/{called.code}/{name}/"
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    tag = tag_of(client.get(address))
    before = client.get(address, headers={"If-None-Match": tag}).status_code
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    assert (before, client.get(address, headers={"If-None-Match": tag}).status_code) == (304, 200)


def test_the_word_is_given_in_order_and_points_of_order_go_first(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, second: User, observer: User, seat: Seat,
    phone_of: Callable[..., Client],
) -> None:  # fmt: skip
    first, other = phone_of(seat(member)), phone_of(seat(second))
    assert "Your place on the list: 1" in asked(first, do="word", key="a" * 32)
    assert "Your place on the list: 2" in asked(other, do="word", key="b" * 32)
    asked(other, do="word", key="c" * 32)  # asks again: once on the list
    chair = signed_in(chynara, language="en")
    lead(chair, called, do="enter", seat=seat(observer).pk, point_of_order="on", key="d" * 32)
    assert "Your place on the list: 3" in other.get("/en/phone/").content.decode()
    given = []
    for _ in range(4):
        lead(chair, called, do="next_speaker")
        speaking = Speech.objects.filter(started_at__isnull=False, ended_at=None).first()
        given.append(speaking.membership_id if speaking else None)
    assert given == [seat(observer).pk, seat(member).pk, seat(second).pk, None]
    assert Speech.objects.filter(ended_at__isnull=False).count() == 3


def test_a_closed_list_takes_points_of_order_only_and_the_chair_may_still_add(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, seat: Seat, phone_of: Callable[..., Client]
) -> None:
    chair, phone = signed_in(chynara, language="en"), phone_of(seat(member))
    lead(chair, called, do="close_list")
    assert "The list of speakers is closed. You can still raise a point of order." in asked(phone, do="word", key="a" * 32)
    asked(phone, do="order", key="b" * 32)
    lead(chair, called, do="enter", guest="Профессор Асанов", key="c" * 32)
    assert list(Speech.objects.order_by("id").values_list("kind", "guest")) == [(0, ""), (1, "Профессор Асанов")]


def test_a_seat_takes_its_own_name_off_the_list_and_no_other(
    called: Meeting, chynara: User, member: User, second: User, seat: Seat, phone_of: Callable[..., Client]
) -> None:
    theirs = actions.ask_for_word(meeting=called, membership=seat(second))
    phone = phone_of(seat(member))
    asked(phone, do="word", key="a" * 32)
    mine = Speech.objects.get(membership=seat(member))
    asked(phone, do="withdraw", pk=mine.pk)
    refused = asked(phone, do="withdraw", pk=theirs.pk)
    assert list(Speech.objects.filter(removed_at=None).values_list("pk", flat=True)) == [theirs.pk]
    assert "You may speak and vote for your own membership only." in refused


def test_a_name_that_nobody_wrote_comes_back_as_a_mistake(
    signed_in: Callable[..., Client], called: Meeting, chynara: User
) -> None:
    page = lead(signed_in(chynara, language="en"), called, do="enter", seat="", guest="  ", key="c" * 32)
    assert ("Choose a member, or write the name of a guest." in page, Speech.objects.count()) == (True, 0)


def test_who_spoke_when_stands_in_the_minutes_and_for_everybody_only_as_allowed(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, second: User, seat: Seat
) -> None:
    for user in (member, second):
        actions.enter_speaker(meeting=called, membership=seat(user), by=chynara)
        actions.give_word(meeting=called, by=chynara)
    actions.end_speech(meeting=called, by=chynara)
    chair = signed_in(chynara, language="en")
    shown = Speech.objects.get(membership=seat(second))
    lead(chair, called, do="show", pk=shown.pk, publication="organisation")
    internal = chair.get(f"/work/meetings/{called.code}/minutes/").content.decode()
    actions.close_meeting(meeting=called, by=chynara)
    actions.approve_minutes(meeting=called, on=called.day, by=chynara)
    actions.publish_minutes(meeting=called, public=True, by=chynara)
    actions.publish_meeting(meeting=called, by=chynara)
    public = Client().get(f"/en/meetings/{called.code}/minutes/").content.decode()
    assert [name in internal for name in ("Мээрим", "Центр поддержки, Челябинск")] == [True, True]
    assert [name in public for name in ("Мээрим", "Центр поддержки, Челябинск")] == [False, True]


def test_the_last_speech_ends_with_the_meeting_and_stands_in_the_minutes(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, seat: Seat
) -> None:
    actions.enter_speaker(meeting=called, membership=seat(member), by=chynara)
    actions.give_word(meeting=called, by=chynara)
    chair = signed_in(chynara, language="en")
    chair.post(f"/work/meetings/{called.code}/status/", {"to": "close"})
    minutes = chair.get(f"/work/meetings/{called.code}/minutes/").content.decode()
    assert ("Мээрим" in minutes.split("Spoke:")[1], Speech.objects.filter(ended_at=None).exists()) == (True, False)


def test_a_point_under_which_something_happened_stays_on_the_agenda(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, seat: Seat
) -> None:
    spoken, moved, elected, waits = (
        actions.add_item(meeting=called, by=chynara, title={"en": title}) for title in ("Wages", "Break", "Chair", "Rest")
    )
    actions.call_election(item=elected, office={"en": "Chair"}, by=chynara)
    actions.call_item(item=spoken, by=chynara)
    actions.enter_speaker(meeting=called, membership=seat(member), by=chynara)
    actions.give_word(meeting=called, by=chynara)
    actions.call_item(item=moved, by=chynara)
    motion = actions.put_motion(meeting=called, kind="close_list", by=chynara)
    actions.decide_motion(motion=motion, outcome="refused", by=chynara)
    actions.call_item(item=waits, by=chynara)
    actions.enter_speaker(meeting=called, membership=seat(member), by=chynara)  # who only waits keeps nothing there
    chair = signed_in(chynara, language="en")
    pages = [
        chair.post(f"/work/meetings/{called.code}/agenda/{item.pk}/remove/", follow=True).content.decode()
        for item in (spoken, moved, elected, waits)
    ]
    told, election = "Somebody spoke or moved something under this point", "There is an election under this point."
    said = [told, told, election, "The point is off the agenda."]
    assert [words in page for words, page in zip(said, pages, strict=True)] == [True] * 4


def test_a_motion_of_procedure_is_put_by_a_phone_supported_by_another_and_carried_out(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, second: User, seat: Seat,
    phone_of: Callable[..., Client],
) -> None:  # fmt: skip
    first, other, chair = phone_of(seat(member)), phone_of(seat(second)), signed_in(chynara, language="en")
    asked(first, do="move", kind="close_list", key="a" * 32)
    motion = ProcedureMotion.objects.get()
    assert "You support the motion." in asked(other, do="support", pk=motion.pk)
    asked(first, do="support", pk=motion.pk)  # her own does not count twice
    assert motion.supporters.count() == 1
    page = lead(chair, called, do="hands", pk=motion.pk, hands_for=5, hands_against=2, hands_abstained=1)
    motion.refresh_from_db()
    assert (motion.outcome, motion.how, "Close the list of speakers: Accepted" in page) == ("accepted", "hands", True)
    assert "The list of speakers is closed." in first.get("/en/phone/").content.decode()
    minutes = chair.get(f"/work/meetings/{called.code}/minutes/").content.decode()
    assert "by a show of hands: 5 for, 2 against, 1 abstained" in minutes


def test_equal_hands_refuse_a_motion_and_a_postponed_point_leaves_every_screen(
    called: Meeting, chynara: User, member: User, seat: Seat
) -> None:
    tie = actions.put_motion(meeting=called, kind="suspend", by=chynara)
    assert actions.decide_motion(motion=tie, by=chynara, hands=(3, 3, 0)).outcome == "refused"
    postpone = actions.put_motion(meeting=called, kind="postpone", membership=seat(member))
    actions.decide_motion(motion=postpone, by=chynara, outcome="accepted")
    called.refresh_from_db()
    assert called.current_item is None


@pytest.mark.parametrize(
    ("kind", "said", "deed"),
    [
        ("suspend", "The meeting is interrupted.", {"do": "go_on"}),
        ("adjourn", "The meeting has ended for today.", {"do": "next_speaker"}),
    ],
)
def test_an_interrupted_meeting_says_so_on_every_screen_until_the_chair_goes_on(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, seat: Seat, phone_of: Callable[..., Client],
    kind: str, said: str, deed: dict[str, str],
) -> None:  # fmt: skip
    actions.enter_speaker(meeting=called, membership=seat(member), by=chynara)
    actions.give_word(meeting=called, by=chynara)
    chair, phone, wall = signed_in(chynara, language="en"), phone_of(seat(member)), f"/work/meetings/{called.code}/beamer/"
    actions.enter_speaker(meeting=called, guest="Профессор Асанов", by=chynara)
    lead(chair, called, do="put", kind=kind, words="", key="a" * 32)
    lead(chair, called, do="accept", pk=ProcedureMotion.objects.get().pk)
    pages = [chair.get(wall), phone.get("/en/phone/"), chair.get(f"/work/meetings/{called.code}/chair/")]
    assert [said in page.content.decode() for page in pages] == [True, True, True]
    assert Speech.objects.get(guest="").ended_at is not None
    lead(chair, called, **deed)
    assert [said in page.content.decode() for page in (chair.get(wall), phone.get("/en/phone/"))] == [False, False]


def test_a_vote_that_opens_after_a_pause_ends_it_on_the_wall(
    signed_in: Callable[..., Client], called: Meeting, proposal: Proposal, chynara: User
) -> None:
    chair, wall = signed_in(chynara, language="en"), f"/work/meetings/{called.code}/beamer/"
    actions.decide_motion(motion=actions.put_motion(meeting=called, kind="suspend", by=chynara), by=chynara, outcome="accepted")
    vote = {"rule": "simple_majority", "quorum": "1/2", "how": "named", "key": "v" * 32}
    shown = ["The meeting is interrupted." in chair.get(wall).content.decode()]
    chair.post(f"/work/meetings/{called.code}/proposals/{proposal.code}/ballot/", vote)
    shown.append("The meeting is interrupted." in chair.get(wall).content.decode())
    assert shown == [True, False]


def test_what_was_said_and_moved_while_no_point_was_called_stands_in_the_minutes(
    signed_in: Callable[..., Client], proposal: Proposal, chynara: User
) -> None:
    meeting = proposal.item.meeting
    actions.enter_speaker(meeting=meeting, guest="Профессор Асанов", by=chynara)
    actions.give_word(meeting=meeting, by=chynara)
    actions.end_speech(meeting=meeting, by=chynara)
    actions.decide_motion(motion=actions.put_motion(meeting=meeting, kind="suspend", by=chynara), by=chynara, outcome="accepted")
    page = signed_in(chynara, language="en").get(f"/work/meetings/{meeting.code}/minutes/").content.decode()
    outside = page[page.index("Outside the points of the agenda") :]
    assert [words in outside for words in ("Профессор Асанов", "Interrupt the meeting: Accepted (by the chair)")] == [True, True]


def test_the_chair_of_the_meeting_leads_it_and_another_member_does_not(
    signed_in: Callable[..., Client], called: Meeting, chynara: User, member: User, second: User
) -> None:
    Meeting.objects.filter(pk=called.pk).update(chair=member.person)
    answers = [signed_in(user).get(f"/work/meetings/{called.code}/chair/").status_code for user in (member, second, chynara)]
    assert answers == [200, 404, 200]


def test_where_the_meeting_names_no_chair_whoever_has_the_chair_of_the_body_leads_it(
    signed_in: Callable[..., Client], called: Meeting, member: User, second: User, seat: Seat
) -> None:
    Membership.objects.filter(pk__in=[seat(member).pk, seat(second).pk]).update(role="chair")
    address = f"/work/meetings/{called.code}/chair/"
    # The other seat belongs to an organisation: everybody there speaks for it, and nobody of them was elected.
    assert [signed_in(user).get(address).status_code for user in (member, second)] == [200, 404]
    Meeting.objects.filter(pk=called.pk).update(chair=second.person)
    assert [signed_in(user).get(address).status_code for user in (member, second)] == [404, 200]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_phone_follows_the_meeting_by_itself(
    open_page: Callable[..., Any], live_server: Any, called: Meeting, item: AgendaItem, chynara: User, member: User, seat: Seat
) -> None:
    following = actions.add_item(meeting=called, by=chynara, title={"en": "The hotline"})
    token = actions.make_phone_links(meeting=called, by=chynara, key="p" * 32, only=seat(member))[0][1]
    page = open_page(width=360)
    base = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{base}/en/phone/{token}/")
    page.locator("main form button").click()
    page.locator("#now", has_text="Access to a doctor").wait_for()
    actions.call_item(item=following, by=chynara)
    page.locator("#now", has_text="The hotline").wait_for()
    page.locator("#ask").click()
    page.locator("#speakers", has_text="Your place on the list: 1").wait_for()
    actions.give_word(meeting=called, by=chynara)
    page.locator("#speakers", has_text="You have the word.").wait_for()
    page.locator(".clock", has_text=re.compile("^0:0[1-9]$")).wait_for()
