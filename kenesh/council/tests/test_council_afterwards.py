"""Proxies and weights, a vote that is counted again or contested, and decisions between meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.council import actions
from kenesh.council.actions import checkin
from kenesh.council.models import (
    Ballot,
    Decision,
    Meeting,
    Position,
    Proposal,
    Proxy,
    Vote,
    VoteWeight,
    WrittenLink,
    WrittenProcedure,
)
from kenesh.council.queries import seats
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, Membership, Person, Role, RoleHeld, User

Seat = Callable[[User], Membership]


@pytest.fixture
def meeting_now(proposal: Proposal) -> Meeting:
    """Under way."""
    return Meeting.objects.get(pk=proposal.item.meeting_id)


def came_in(meeting: Meeting, chynara: User, seat: Membership) -> Client:
    phone = Client()
    phone.post(f"/en/phone/{actions.make_phone_links(meeting=meeting, by=chynara, key='k' * 32, only=seat)[0][1]}/")
    return phone


def paper(client: Client, meeting: Meeting, giver: Membership, holder: Membership) -> str:
    sent = {"giver": giver.pk, "holder": holder.pk, "number": "12-а", "dated_on": "2024-05-10"}
    return client.post(f"/work/meetings/{meeting.code}/proxies/", sent, follow=True).content.decode()


# --- proxies and weights ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", [False, True])
def test_a_vote_given_in_writing_is_cast_by_its_holder_on_her_phone(
    signed_in: Callable[..., Client], meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat,
    secret: bool,
) -> None:  # fmt: skip
    assert "Paper 12-а of" in paper(signed_in(chynara, language="en"), meeting_now, seat(second), seat(member))
    ballot = actions.open_ballot(proposal=proposal, by=chynara, is_secret=secret)
    phone = came_in(meeting_now, chynara, seat(member))
    assert "You vote for Центр поддержки, Челябинск, whose vote you hold." in phone.get("/en/phone/").content.decode()
    for giver, choice in ((None, "against"), (seat(second).pk, "for")):
        sent = {"choice": choice, "seen": "0", "key": f"{choice:v<32}", **({"giver": giver} if giver else {})}
        phone.post(f"/en/phone/ballots/{ballot.pk}/", sent)
    result = actions.close_ballot(ballot=ballot, by=chynara)
    assert (result.members.for_, result.members.against, result.present) == (1, 1, 2)


def test_a_phone_that_is_open_learns_of_a_vote_that_was_given_to_it_and_taken_back(
    meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    actions.open_ballot(proposal=proposal, by=chynara)
    phone = came_in(meeting_now, chynara, seat(member))
    seen = []
    for change in (
        lambda: actions.register_proxy(
            meeting=meeting_now, giver=seat(second), holder=seat(member), number="1", dated_on=date(2024, 5, 1), by=chynara
        ),
        lambda: actions.revoke_proxy(proxy=Proxy.objects.get(), by=chynara),
    ):
        tag = phone.get("/en/phone/").content.decode().split('data-tag="')[1].split('"')[0].replace("&quot;", '"')
        change()
        seen.append(phone.get("/en/phone/", headers={"If-None-Match": tag}).status_code)
    assert seen == [200, 200]


def test_the_members_own_vote_goes_before_the_one_that_she_gave(
    meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    actions.register_proxy(
        meeting=meeting_now, giver=seat(second), holder=seat(member), number="1", dated_on=date(2024, 5, 1), by=chynara
    )
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    phone = came_in(meeting_now, chynara, seat(member))
    address = f"/en/phone/ballots/{ballot.pk}/"
    phone.post(address, {"choice": "for", "seen": "0", "key": "a" * 32, "giver": seat(second).pk})
    actions.cast_vote(ballot=ballot, membership=seat(second), choice="against", by=second)
    late = phone.post(address, {"choice": "for", "seen": "2", "key": "b" * 32, "giver": seat(second).pk}, follow=True)
    assert ("This member has voted herself." in late.content.decode(), Vote.objects.get().choice) == (True, "against")


def test_a_phone_gives_no_vote_of_a_member_who_gave_it_none(
    meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    phone = came_in(meeting_now, chynara, seat(member))
    sent = {"choice": "for", "seen": "0", "key": "a" * 32, "giver": seat(second).pk}
    page = phone.post(f"/en/phone/ballots/{ballot.pk}/", sent, follow=True).content.decode()
    assert ("You may speak and vote for your own membership only." in page, Vote.objects.count()) == (True, 0)


def test_a_vote_is_not_given_on_nor_to_an_observer_nor_twice_into_one_hand(
    signed_in: Callable[..., Client], meeting_now: Meeting, council: Any, chynara: User, member: User, second: User, observer: User,
    seat: Seat,
) -> None:  # fmt: skip
    secretary = signed_in(chynara, language="en")
    third = Membership.objects.create(body=council, country="KZ")
    paper(secretary, meeting_now, seat(second), seat(member))
    assert "cannot be given on" in paper(secretary, meeting_now, seat(member), third)
    assert "Nobody holds more than one." in paper(secretary, meeting_now, third, seat(member))
    paper(secretary, meeting_now, third, seat(observer))
    assert list(Proxy.objects.values_list("giver", "holder")) == [(seat(second).pk, seat(member).pk)]


def test_votes_are_weighed_as_the_body_said_and_the_table_shows_it(
    signed_in: Callable[..., Client],
    meeting_now: Meeting,
    proposal: Proposal,
    chynara: User,
    member: User,
    second: User,
    seat: Seat,
) -> None:
    secretary = signed_in(chynara, language="en")
    secretary.post(f"/work/meetings/{meeting_now.code}/weights/", {f"w{seat(member).pk}": 3, f"w{seat(second).pk}": 1})
    ballot = actions.open_ballot(proposal=proposal, by=chynara, is_weighted=True)
    table = f"/work/meetings/{meeting_now.code}/ballots/{ballot.pk}/votes/"
    assert "3 votes" in secretary.get(table).content.decode()
    secretary.post(table, {f"s{seat(member).pk}": "for", f"s{seat(second).pk}": "against"})
    result = actions.close_ballot(ballot=ballot, by=chynara)
    assert (result.members.for_, result.members.against, result.entitled, result.adopted) == (3, 1, 4, True)
    assert seats.result_of(Ballot.objects.get(pk=ballot.pk)).members == result.members


def test_a_weighed_vote_is_opened_cast_and_closed_through_forms(
    signed_in: Callable[..., Client],
    meeting_now: Meeting,
    proposal: Proposal,
    chynara: User,
    member: User,
    second: User,
    seat: Seat,
) -> None:
    secretary, her, his = signed_in(chynara, language="en"), signed_in(member, language="en"), signed_in(second)
    base = f"/work/meetings/{meeting_now.code}/"
    secretary.post(f"{base}weights/", {f"w{seat(member).pk}": 2, f"w{seat(second).pk}": 5})
    how = {"rule": "absolute_majority", "quorum": "1/2", "how": "weighted", "key": "w" * 32}
    secretary.post(f"{base}proposals/{proposal.code}/ballot/", how)
    ballot = Ballot.objects.get()
    assert '<span class="tag">By weight</span>' in her.get(base).content.decode()
    her.post(f"{base}ballots/{ballot.pk}/vote/", {"membership": seat(member).pk, "choice": "against"})
    his.post(f"{base}ballots/{ballot.pk}/vote/", {"membership": seat(second).pk, "choice": "for"})
    secretary.post(f"{base}ballots/{ballot.pk}/close/")
    page = her.get(base).content.decode()
    assert "For: 5. Against: 2. Abstained: 0. The votes were weighed: some members have more than one." in page
    assert "Members who were there have 7 of 7 votes." in page


def test_weights_stand_still_while_a_weighed_vote_is_open_and_it_closes_with_those_that_were_given(
    signed_in: Callable[..., Client], meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    secretary = signed_in(chynara, language="en")
    base, of = f"/work/meetings/{meeting_now.code}/", f"w{seat(member).pk}"
    secretary.post(f"{base}weights/", {of: 10})
    ballot = actions.open_ballot(proposal=proposal, by=chynara, is_weighted=True)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    refused = secretary.post(f"{base}weights/", {of: 1}).content.decode()
    assert ("A ballot is still open. Close it first." in refused, VoteWeight.objects.get().weight) == (True, 10)
    VoteWeight.objects.all().delete()  # as by a change that was under way when the vote was opened
    page = secretary.post(f"{base}ballots/{ballot.pk}/close/", follow=True).content.decode()
    assert "For: 10. Against: 0. Abstained: 0." in page


def test_a_secret_vote_is_never_weighed(
    signed_in: Callable[..., Client], proposal: Proposal, chynara: User, member: User
) -> None:
    with pytest.raises(actions.Refused, match="cannot be weighed"):
        actions.open_ballot(proposal=proposal, by=chynara, is_secret=True, is_weighted=True)


# --- afterwards -------------------------------------------------------------------------------------------------------------


def closed(proposal: Proposal, chynara: User, votes: dict[User, str], seat: Seat, **how: Any) -> Ballot:
    ballot = actions.open_ballot(proposal=proposal, by=chynara, **how)
    for user, choice in votes.items():
        actions.cast_vote(ballot=ballot, membership=seat(user), choice=choice, by=user)
    actions.close_ballot(ballot=ballot, by=chynara)
    return Ballot.objects.get(pk=ballot.pk)


@pytest.mark.parametrize("secret", [False, True])
def test_a_recount_gives_the_same_and_the_trail_says_so(
    signed_in: Callable[..., Client], meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat,
    secret: bool,
) -> None:  # fmt: skip
    ballot = closed(proposal, chynara, {member: "for", second: "abstain"}, seat, is_secret=secret)
    address = f"/work/meetings/{meeting_now.code}/ballots/{ballot.pk}/"
    page = signed_in(chynara, language="en").post(address, {"do": "recount", "key": "r" * 32}, follow=True).content.decode()
    assert "Counted again: the same numbers." in page
    assert TrailEntry.objects.filter(verb="recount_same", target=f"ballot:{meeting_now.code}/{ballot.pk}").count() == 1


def test_a_recount_notices_a_vote_that_somebody_changed_in_the_database(
    signed_in: Callable[..., Client], meeting_now: Meeting, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    ballot = closed(proposal, chynara, {member: "for"}, seat)
    Vote.objects.update(choice="against")
    address = f"/work/meetings/{meeting_now.code}/ballots/{ballot.pk}/"
    page = signed_in(chynara, language="en").post(address, {"do": "recount", "key": "r" * 32}, follow=True).content.decode()
    assert ("Counted again: the numbers differ." in page, Ballot.objects.get(pk=ballot.pk).counted_for) == (True, 1)


def test_a_contested_vote_stays_until_the_body_annuls_it_and_then_is_repeated(
    signed_in: Callable[..., Client],
    meeting_now: Meeting,
    proposal: Proposal,
    chynara: User,
    member: User,
    second: User,
    seat: Seat,
) -> None:
    ballot = closed(proposal, chynara, {member: "against", second: "against"}, seat)
    address = f"/work/meetings/{meeting_now.code}/ballots/{ballot.pk}/"
    member_, secretary = signed_in(member, language="en"), signed_in(chynara, language="en")
    member_.post(address, {"do": "contest", "words": "Мой голос записан неверно", "key": "c" * 32})
    ballot.refresh_from_db()
    proposal.refresh_from_db()
    assert (ballot.standing, proposal.status) == ("contested", "rejected")
    assert "Write what the body decided." in secretary.post(address, {"do": "annul", "words": ""}).content.decode()
    secretary.post(address, {"do": "annul", "words": "Голосование повторяется"})
    proposal.refresh_from_db()
    again = actions.open_ballot(proposal=proposal, by=chynara)
    assert (Ballot.objects.get(pk=ballot.pk).standing, proposal.status, again.pk != ballot.pk) == ("annulled", "open", True)


def test_a_vote_from_which_a_decision_was_written_is_not_annulled(
    proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    ballot = closed(proposal, chynara, {member: "for"}, seat, quorum="0")
    actions.adopt_by_vote(ballot=ballot, by=chynara)
    actions.contest(ballot=ballot, membership=seat(member), words="…", by=member)
    with pytest.raises(actions.Refused, match="A decision was written from this vote"):
        actions.settle_contest(ballot=ballot, annul=True, words="…", by=chynara)
    actions.settle_contest(ballot=ballot, annul=False, words="…", by=chynara)
    assert Ballot.objects.get(pk=ballot.pk).standing == "upheld"


def test_an_annulled_vote_adopts_nothing(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    ballot = closed(proposal, chynara, {member: "for"}, seat, quorum="0")
    actions.contest(ballot=ballot, membership=seat(member), words="…", by=member)
    actions.settle_contest(ballot=ballot, annul=True, words="…", by=chynara)
    with pytest.raises(actions.Refused, match="did not adopt"):
        actions.adopt_by_vote(ballot=ballot, by=chynara)


def test_the_secretary_writes_down_what_a_member_without_an_account_says(
    signed_in: Callable[..., Client],
    meeting_now: Meeting,
    council: Any,
    proposal: Proposal,
    chynara: User,
    member: User,
    seat: Seat,
) -> None:
    secretary, base = signed_in(chynara, language="en"), f"/work/meetings/{meeting_now.code}/"
    state = Membership.objects.create(body=council, country="KZ")
    says, on_paper = f"{base}proposals/{proposal.code}/position/", {"membership": state.pk, "words": "По письму"}
    assert "Write down a member's position" in secretary.get(base).content.decode()
    unsaid = secretary.post(says, {**on_paper, "membership": ""}).content.decode()
    assert [words in unsaid for words in ("Choose one.", "Choose a position.", "По письму</textarea>")] == [True] * 3
    secretary.post(says, {**on_paper, "stance": "block"})
    ballot = closed(proposal, chynara, {member: "against"}, seat, quorum="0")
    counted = f"{base}ballots/{ballot.pk}/"
    assert f'<option value="{state.pk}">' in secretary.get(counted).content.decode()
    secretary.post(counted, {"do": "contest", "seat": state.pk, "words": "По письму", "key": "c" * 32})
    procedure = begun(council, chynara, "silence")
    written = f"/work/meetings/{procedure.meeting.code}/"
    assert f'<option value="{state.pk}">' in secretary.get(written).content.decode()
    secretary.post(f"{written}object/", on_paper)
    procedure.refresh_from_db()
    told = (Position.objects.get().membership, ballot.remarks.get().membership, procedure.objected_by, procedure.outcome)
    assert told == (state, state, state, "objected")


# --- between meetings ---------------------------------------------------------------------------------------------------------


def begun(council: Any, chynara: User, kind: str, **more: Any) -> WrittenProcedure:
    until = timezone.now() + timedelta(days=3)
    return actions.start_written(
        body=council, title={"en": "In writing"}, text={"en": "Open a hotline"}, kind=kind, closes_at=until, by=chynara, **more
    )


def due(procedure: WrittenProcedure) -> WrittenProcedure:
    """The letters went out, the deadline has passed and the worker has looked."""
    now = timezone.now() - timedelta(minutes=1)
    WrittenLink.objects.update(mailed_at=now - timedelta(days=1))
    WrittenProcedure.objects.update(closes_at=now)
    Ballot.objects.update(closes_at=now)
    actions.close_due_written()
    procedure.refresh_from_db()
    return procedure


def test_a_vote_in_writing_is_begun_on_a_page_and_ends_by_itself(
    signed_in: Callable[..., Client], council: Any, chynara: User, member: User, seat: Seat
) -> None:
    day = timezone.localdate() + timedelta(days=5)
    sent = {
        "body": council.pk, "title_en": "In writing", "text_en": "Open a hotline", "kind": "vote", "on": day.isoformat(), "at": "18:00",
        "rule": "simple_majority", "quorum": "1/2", "key": "w" * 32,
    }  # fmt: skip
    secretary = signed_in(chynara, language="en")
    for _ in range(2):
        secretary.post("/work/meetings/written/", sent)
    procedure = WrittenProcedure.objects.get()
    ballot = Ballot.objects.get()
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    assert actions.close_due_written() == 0
    assert due(procedure).outcome == "adopted"
    assert (Decision.objects.get().how, Meeting.objects.get().status) == ("vote", "closed")


def test_no_vote_is_taken_after_the_deadline_also_before_the_worker_comes(
    council: Any, chynara: User, member: User, seat: Seat
) -> None:
    begun(council, chynara, "vote")
    Ballot.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(actions.Refused, match="This ballot is closed"):
        actions.cast_vote(ballot=Ballot.objects.get(), membership=seat(member), choice="for", by=member)


def test_silence_adopts_on_the_deadline(council: Any, chynara: User, member: User) -> None:
    procedure = due(begun(council, chynara, "silence"))
    assert (procedure.outcome, Decision.objects.get().how) == ("adopted", "consensus")


def test_a_decision_in_writing_is_dated_on_the_day_on_which_it_was_taken(council: Any, chynara: User, member: User) -> None:
    procedure, now = begun(council, chynara, "silence"), timezone.now()
    Meeting.objects.update(starts_at=now - timedelta(days=5), ends_at=now + timedelta(days=1))
    due(procedure)
    assert Decision.objects.get().adopted_on == now.astimezone(procedure.meeting.local_start.tzinfo).date()


def test_the_log_does_not_say_who_stopped_a_decision(
    council: Any, chynara: User, member: User, seat: Seat, caplog: pytest.LogCaptureFixture
) -> None:
    procedure = begun(council, chynara, "silence")
    actions.take_position(proposal=procedure.proposal, membership=seat(member), stance="block", words="Нет денег", by=member)
    assert due(procedure).outcome == "not_adopted"
    assert [record.getMessage() for record in caplog.records] == [f"written procedure {procedure.pk} adopts nothing: Blocked"]


def test_an_objection_with_words_from_a_phone_ends_the_silence(council: Any, chynara: User, member: User, seat: Seat) -> None:
    procedure = begun(council, chynara, "silence")
    phone = came_in(procedure.meeting, chynara, seat(member))
    assert "Open a hotline" in phone.get("/en/phone/").content.decode()
    empty = phone.post("/en/phone/word/", {"do": "object", "words": " "}, follow=True).content.decode()
    phone.post("/en/phone/word/", {"do": "object", "words": "Нет денег"})
    procedure = due(procedure)
    assert ("Write why you object." in empty, procedure.outcome, procedure.objection) == (True, "objected", "Нет денег")
    assert (Decision.objects.count(), procedure.proposal.status) == (0, "open")


def test_an_observers_objection_stops_nothing(
    signed_in: Callable[..., Client], council: Any, chynara: User, observer: User, seat: Seat
) -> None:
    procedure = begun(council, chynara, "silence")
    sent = {"membership": seat(observer).pk, "words": "Мы против"}
    page = signed_in(observer, language="en").post(f"/work/meetings/{procedure.meeting.code}/object/", sent, follow=True)
    procedure.refresh_from_db()
    assert ("Only members vote." in page.content.decode(), procedure.outcome) == (True, "")


def in_writing(body: Any, **more: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=5)
    return {
        "body": body.pk, "title_en": "In writing", "text_en": "Open a hotline", "kind": "vote", "on": day.isoformat(), "at": "18:00",
        "rule": "simple_majority", "quorum": "0", "key": "w" * 32, **more,
    }  # fmt: skip


def test_the_page_of_a_vote_in_writing_asks_no_more_for_more_bodies(
    signed_in: Callable[..., Client], council: Body, chynara: User, member: User, django_assert_num_queries: Any
) -> None:
    secretary = signed_in(chynara, language="en")
    with CaptureQueriesContext(connection) as seen:
        secretary.get("/work/meetings/written/")
    for number in range(3):
        other = Body.objects.create(name={"en": f"Council {number}"}, kind="council")
        RoleHeld.objects.create(user=chynara, role=Role.COUNCIL_SECRETARY, body=other)
        Membership.objects.create(body=other, person=Person.objects.create(name={"en": f"Member {number}"}))
    with django_assert_num_queries(len(seen)):
        assert "Member 2" in secretary.get("/work/meetings/written/").content.decode()


@pytest.mark.parametrize(("voters", "outcome"), [(1, "not_adopted"), (2, "adopted")])
def test_a_body_with_rules_decides_in_writing_when_members_from_enough_states_have_voted(
    signed_in: Callable[..., Client],
    council: Any,
    chynara: User,
    member: User,
    second: User,
    seat: Seat,
    voters: int,
    outcome: str,
) -> None:
    checkin.set_rules(body=council, version=1, members="1/2", states="1", counts_online=True, by=chynara)
    secretary = signed_in(chynara, language="en")
    secretary.post("/work/meetings/written/", in_writing(council, is_secret="on"))
    procedure, ballot = WrittenProcedure.objects.get(), Ballot.objects.get()
    for user in (member, second)[:voters]:
        actions.cast_vote(ballot=ballot, membership=seat(user), choice="for", by=user)
    page = secretary.get(f"/work/meetings/{procedure.meeting.code}/").content.decode()
    assert f"Members from {voters} of 2 States have voted; at least 2 are needed." in page
    assert (due(procedure).outcome, procedure.meeting.body_id) == (outcome, council.pk)


@pytest.mark.parametrize("more", [{}, {"is_secret": "on"}])
def test_a_vote_in_writing_that_failed_for_the_states_says_so(
    signed_in: Callable[..., Client], council: Any, chynara: User, member: User, second: User, seat: Seat, more: dict[str, str]
) -> None:
    checkin.set_rules(body=council, version=1, members="1/2", states="1", counts_online=True, by=chynara)
    secretary = signed_in(chynara, language="en")
    secretary.post("/work/meetings/written/", in_writing(council, **more))
    procedure, ballot = WrittenProcedure.objects.get(), Ballot.objects.get()
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    due(procedure)
    for place in (f"ballots/{ballot.pk}/", "minutes/"):
        page = secretary.get(f"/work/meetings/{procedure.meeting.code}/{place}").content.decode()
        assert "Members from 1 of 2 States have voted; at least 2 are needed." in page
        assert "too few to decide" not in page


def test_a_commitment_with_its_day_is_decided_in_writing(
    signed_in: Callable[..., Client], council: Any, chynara: User, member: User, seat: Seat
) -> None:
    secretary = signed_in(chynara, language="en")
    sent = in_writing(council, kind="silence", decision="commitment", due_on="2031-05-15")
    assert "Write both into the proposal first." in secretary.post("/work/meetings/written/", sent).content.decode()
    secretary.post("/work/meetings/written/", {**sent, "promised_by": seat(member).pk})
    due(WrittenProcedure.objects.get())
    decision = Decision.objects.get()
    assert (decision.kind, decision.proposal.due_on, decision.proposal.promised_by_id) == (
        "commitment",
        date(2031, 5, 15),
        seat(member).pk,
    )


def test_withdrawing_the_proposal_ends_the_silence_and_stops_no_other(
    signed_in: Callable[..., Client], council: Any, chynara: User, member: User
) -> None:
    first, other = begun(council, chynara, "silence"), begun(council, chynara, "silence")
    page = signed_in(chynara, language="en").post(
        f"/work/meetings/{first.meeting.code}/proposals/{first.proposal.code}/withdraw/", follow=True
    )
    assert "The proposal is withdrawn." in page.content.decode()
    assert (due(other).outcome, Decision.objects.count()) == ("adopted", 1)
    first.refresh_from_db()
    assert (first.outcome, Proposal.objects.get(pk=first.proposal_id).status) == ("not_adopted", "withdrawn")
    assert Meeting.objects.get(pk=first.meeting_id).status == "closed"


def test_what_members_answer_to_is_not_changed_until_it_has_ended(
    signed_in: Callable[..., Client], council: Any, chynara: User, member: User
) -> None:
    procedure = begun(council, chynara, "silence")
    at, secretary = (
        f"/work/meetings/{procedure.meeting.code}/proposals/{procedure.proposal.code}/",
        signed_in(chynara, language="en"),
    )
    said = secretary.post(f"{at}edit/", {"kind": "commitment"}, follow=True).content.decode()
    words = secretary.post(f"{at}text/", {"text_en": "Close it", "version": 1}, follow=True).content.decode()
    assert ["It ends by itself; members may still answer." in page for page in (said, words)] == [True, True]
    procedure.proposal.refresh_from_db()
    assert (procedure.proposal.kind, procedure.proposal.text["en"]) == ("recommendation", "Open a hotline")


def test_one_that_can_adopt_nothing_ends_and_those_after_it_end_too(council: Any, chynara: User, member: User) -> None:
    incomplete, after = begun(council, chynara, "silence"), begun(council, chynara, "silence")
    Proposal.objects.filter(pk=incomplete.proposal_id).update(kind="legislative_proposal")
    due(after)
    incomplete.refresh_from_db()
    assert (incomplete.outcome, after.outcome) == ("not_adopted", "adopted")


@pytest.mark.parametrize("kind", ["vote", "silence"])
def test_nobody_ends_it_before_the_deadline(
    signed_in: Callable[..., Client], council: Any, chynara: User, member: User, kind: str
) -> None:
    procedure = begun(council, chynara, kind)
    code, secretary = procedure.meeting.code, signed_in(chynara, language="en")
    addresses = [f"proposals/{procedure.proposal.code}/consensus/", "status/"]
    addresses += [f"ballots/{ballot.pk}/close/" for ballot in Ballot.objects.all()]
    for address in addresses:
        secretary.post(f"/work/meetings/{code}/{address}", {"to": "close", "kind": "recommendation"})
    procedure.meeting.refresh_from_db()
    assert (procedure.meeting.status, Decision.objects.count(), Ballot.objects.filter(closed_at__isnull=False).count()) == (
        "open",
        0,
        0,
    )
