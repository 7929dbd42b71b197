"""What minutes tell of votes: that one was contested and annulled, that one was given with a paper or weighed, that nobody was in a
room; and what an annulled vote had adopted is open again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.council import actions
from kenesh.council.models import Attendance, Ballot, LawRow, Meeting, Proposal, Vote, VoteWeight, WrittenLink, WrittenProcedure
from kenesh.people.models import Body, Membership, Publication, User

SignIn = Callable[..., Client]
Seat = Callable[[User], Membership]


def voted(proposal: Proposal, chynara: User, member: User, seat: Seat, rule: str = "simple_majority") -> Ballot:
    ballot = actions.open_ballot(proposal=proposal, quorum="0", rule=rule, by=chynara)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", publication=Publication.NAME, by=member)
    actions.close_ballot(ballot=ballot, by=chynara)
    return ballot


@pytest.fixture
def annulled(proposal: Proposal, chynara: User, member: User, seat: Seat) -> Ballot:
    """It had adopted the proposal."""
    ballot = voted(proposal, chynara, member, seat)
    actions.contest(ballot=ballot, membership=seat(member), words="Голоса считали дважды", by=member)
    actions.settle_contest(ballot=ballot, annul=True, words="Голосуем ещё раз", by=chynara)
    return ballot


def test_after_an_annulled_vote_the_text_and_the_table_of_the_law_can_be_changed_again(
    signed_in: SignIn, annulled: Ballot, proposal: Proposal, chynara: User
) -> None:
    secretary, at = signed_in(chynara, language="en"), f"/work/meetings/{annulled.meeting.code}/proposals/{proposal.code}"
    secretary.post(f"{at}/edit/", {"kind": "legislative_proposal"})
    row = {"law_en": "Law on medicine, 5", "proposed_en": "Everybody", "justification_en": "Fair", "version": 1, "key": "l" * 32}
    secretary.post(f"{at}/law/", row)
    secretary.post(f"{at}/text/", {"text_en": "Give everybody health insurance", "version": 1})
    proposal.refresh_from_db()
    assert (LawRow.objects.count(), proposal.text["en"]) == (1, "Give everybody health insurance")


def test_minutes_say_that_a_vote_was_contested_and_annulled_and_count_the_one_that_stands(
    signed_in: SignIn, annulled: Ballot, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    meeting = Meeting.objects.get(pk=annulled.meeting_id)
    decision = actions.adopt_by_vote(ballot=voted(proposal, chynara, member, seat, "two_thirds"), by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    at = f"/work/meetings/{meeting.code}/minutes/"
    page = signed_in(chynara, language="en").get(at).content.decode()
    first, second = page.split("Voted:")[1:]
    said = (
        "Annulled by the body. For: 1.",
        "Contested (Мээрим",
        "Голоса считали дважды",
        "Annulled by the body: Голосуем ещё раз",
    )
    assert [words in first for words in said] == [True] * 4
    assert ("Annulled" in second, "For: 1." in second) == (False, True)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    public = Client().get(f"/en/meetings/{meeting.code}/minutes/").content.decode()
    told = ("Annulled by the body. For: 1.", "Contested.", "Голоса считали дважды", "Голосуем ещё раз")
    assert [words in public for words in told] == [True, True, False, False]
    xml = Client().get(f"/en/meetings/{meeting.code}/minutes.akn.xml").content.decode()
    event = Client().get(f"/api/v1/vote_events/{decision.code}").json()
    assert (xml.count("<voting "), event["requirement"]) == (1, "two_thirds")


def minutes_of(client: Client, meeting: Meeting) -> str:
    return client.get(f"/work/meetings/{meeting.code}/minutes/").content.decode()


def test_minutes_say_who_voted_for_whom_with_which_paper_and_that_votes_were_weighed(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    meeting = Meeting.objects.get(pk=proposal.item.meeting_id)
    sent = {"giver": seat(second).pk, "holder": seat(member).pk, "number": "12-а", "dated_on": "2024-05-10"}
    secretary = signed_in(chynara, language="en")
    secretary.post(f"/work/meetings/{meeting.code}/proxies/", sent)
    VoteWeight.objects.create(membership=seat(second), weight=4)
    ballot = actions.open_ballot(proposal=proposal, is_weighted=True, by=chynara)
    for given in (member, second):
        actions.cast_vote(ballot=ballot, membership=seat(given), choice="for", by=member)
    actions.close_ballot(ballot=ballot, by=chynara)
    page, hers, house = minutes_of(secretary, meeting), "Мээрим", "Центр поддержки, Челябинск (Russia)"
    said = (
        "Votes given with a paper: 1",
        f"{house} gave the vote to {hers}",
        "paper No. 12-а of 10 May 2024",
        "Members who were there have 5 of 5 votes.",
        f"{house} – For (given with a paper by {hers}",
    )
    assert {words: words in page for words in said} == dict.fromkeys(said, True)


@pytest.mark.parametrize(("level", "shown"), [("hidden", [False, False, True]), ("name", [True, True, False])])
def test_everybody_reads_who_gave_her_vote_to_whom_only_as_each_lets_her_attendance_be_read(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat, level: str, shown: list[bool]
) -> None:
    meeting = Meeting.objects.get(pk=proposal.item.meeting_id)
    Membership.objects.update(publication=Publication.NAME)
    actions.register_proxy(
        meeting=meeting, giver=seat(second), holder=seat(member), number="12-а", dated_on=date(2024, 5, 10), by=chynara
    )
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    actions.cast_vote(ballot=ballot, membership=seat(second), choice="for", by=member)
    Vote.objects.update(publication=Publication.NAME)
    actions.close_ballot(ballot=ballot, by=chynara)
    actions.publish_decision(decision=actions.adopt_by_vote(ballot=ballot, by=chynara), public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.record_attendance(
        meeting=meeting, marks=[actions.Mark(seat(member), "present"), actions.Mark(seat(second), "excused")], by=chynara
    )
    Attendance.objects.update(publication=level)
    published(meeting, chynara)
    page = page_for_everybody(meeting)
    told = ("gave the vote to", "(given with a paper by Мээрим", "(given with a paper)")
    assert [words in page for words in told] == shown


@pytest.mark.parametrize("secret", [False, True])
def test_who_holds_a_vote_gives_it_in_a_motion_by_her_account_too(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat, secret: bool
) -> None:
    meeting, key = Meeting.objects.get(pk=proposal.item.meeting_id), "h" * 32
    ballot = actions.open_ballot(proposal=proposal, is_secret=secret, by=chynara)
    hers, address = signed_in(member, language="en"), f"/work/meetings/{meeting.code}/ballots/{ballot.pk}/vote/"
    given = {"membership": seat(second).pk, "choice": "for", "seen": 0, "key": key, "shown": "on"}
    assert hers.post(address, given).status_code == 404
    paper = {"giver": seat(second).pk, "holder": seat(member).pk, "number": "12-а", "dated_on": "2024-05-10"}
    signed_in(chynara).post(f"/work/meetings/{meeting.code}/proxies/", paper)
    assert "You hold this vote" in hers.get(f"/work/meetings/{meeting.code}/").content.decode()
    assert hers.post(address, given).status_code == (200 if secret else 302)
    result = actions.close_ballot(ballot=ballot, by=chynara)
    assert (result.members.for_, list(Vote.objects.values_list("cast_by", "publication"))) == (
        1,
        [] if secret else [(seat(member).pk, "hidden")],
    )


def begun(council: Body, chynara: User, kind: str) -> WrittenProcedure:
    return actions.start_written(
        body=council, title={"en": "In writing"}, text={"en": "Open a hotline"}, kind=kind, by=chynara,
        closes_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip


def ended(procedure: WrittenProcedure) -> Meeting:
    """The letters went out, the deadline has passed and the worker has looked."""
    passed = timezone.now() - timedelta(minutes=1)
    WrittenLink.objects.update(mailed_at=passed - timedelta(days=1))
    WrittenProcedure.objects.update(closes_at=passed)
    Ballot.objects.update(closes_at=passed)
    actions.close_due_written()
    return Meeting.objects.get(pk=procedure.meeting_id)


def test_minutes_of_a_vote_in_writing_say_until_when_and_who_voted(
    signed_in: SignIn, council: Body, chynara: User, member: User, second: User, seat: Seat
) -> None:
    procedure = begun(council, chynara, "vote")
    actions.cast_vote(ballot=Ballot.objects.get(), membership=seat(member), choice="for", by=member)
    page = minutes_of(signed_in(chynara, language="en"), ended(procedure))
    said = ("without a meeting, until ", "Members who voted: 1", "<h3>Members: 1</h3><ul><li>Мээрим", "Present: 0")
    assert [words in page for words in said] == [True, True, True, False]


def test_minutes_of_a_silence_say_that_nobody_objected_or_who_did_and_why(
    signed_in: SignIn, council: Body, chynara: User, member: User, seat: Seat
) -> None:
    agreed, stopped = begun(council, chynara, "silence"), begun(council, chynara, "silence")
    actions.object_to(procedure=stopped, membership=seat(member), words="Нет денег", by=member)
    secretary, ways = signed_in(chynara, language="en"), ("by silence: no member objected", "by consensus", "Нет денег")
    pages = [minutes_of(secretary, ended(one)) for one in (agreed, stopped)]
    assert [[words in page for words in ways] for page in pages] == [[True, False, False], [False, False, True]]
    Membership.objects.update(publication=Publication.NAME)  # where she sits, not that she objected
    for one in (agreed, stopped):
        published(one.meeting, chynara)
    public = [page_for_everybody(one.meeting) for one in (agreed, stopped)]
    told = ("Objected, so that silence adopts nothing:", "a member who is not named here", "Нет денег")
    assert [[words in page for words in told] for page in public] == [[False, False, False], [True, True, False]]


def page_for_everybody(meeting: Meeting) -> str:
    return Client().get(f"/en/meetings/{meeting.code}/minutes/").content.decode()


def published(meeting: Meeting, chynara: User) -> None:
    actions.approve_minutes(meeting=meeting, on=timezone.localdate(), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
