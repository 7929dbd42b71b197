"""What the acts refuse, and what happens when two act at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from kenesh.council import actions
from kenesh.council.actions.refusals import (
    BallotsOpen,
    ItemHasProposals,
    MeetingNotClosed,
    MeetingNotOpen,
    MeetingOver,
    MinutesApproved,
    MinutesNotApproved,
    NotASeat,
    NotYourSeat,
    ProposalSettled,
)
from kenesh.council.models import Ballot, Meeting, Proposal, Vote
from kenesh.council.queries import seats
from kenesh.people.models import Membership, User

Seat = Callable[[User], Membership]


@pytest.mark.django_db(transaction=True)
def test_one_seat_that_votes_many_times_at_once_has_one_vote(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    place, together, failures = seat(member), threading.Barrier(8), []

    def vote(choice: str) -> None:
        try:
            together.wait(timeout=20)
            actions.cast_vote(ballot=ballot, membership=place, choice=choice, by=User.objects.get(pk=member.pk))
        except BaseException as failure:
            failures.append(failure)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(choice,)) for choice in ("for", "against") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (failures, Vote.objects.count()) == ([], 1)


def test_the_database_itself_refuses_a_second_vote(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    vote = Vote.objects.get()
    vote.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        vote.save(force_insert=True)


def test_a_member_speaks_for_her_own_seat_only(proposal: Proposal, chynara: User, member: User, second: User, seat: Seat) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    with pytest.raises(NotYourSeat):
        actions.cast_vote(ballot=ballot, membership=seat(second), choice="for", by=member)
    with pytest.raises(NotYourSeat):
        actions.take_position(proposal=proposal, membership=seat(second), stance="block", by=member)
    with pytest.raises(NotYourSeat):
        actions.propose(item=proposal.item, text={"ru": "…"}, membership=seat(second), by=member)
    with pytest.raises(NotYourSeat):
        actions.enter_votes(ballot=ballot, choices=[], by=member)


def test_a_seat_whose_term_is_over_has_no_voice(proposal: Proposal, member: User, seat: Seat) -> None:
    Membership.objects.filter(pk=seat(member).pk).update(until=date(2024, 5, 14))
    with pytest.raises(NotASeat):
        actions.take_position(proposal=proposal, membership=seat(member), stance="agree", by=member)


def test_no_seat_is_removed_while_a_meeting_of_its_body_is_away(
    meeting: Meeting, chynara: User, signed_in: Callable[..., Client]
) -> None:
    seat = Membership.objects.create(body=meeting.body, country="KZ")
    actions.take_to_venue(meeting=meeting, by=chynara)
    address = f"/work/bodies/{meeting.body.code}/seats/{seat.pk}/"
    said = signed_in(chynara, language="en").post(f"{address}remove/", follow=True).content.decode()
    assert ("a meeting is away at its venue" in said, Membership.objects.filter(pk=seat.pk).exists()) == (True, True)


def test_nothing_is_decided_outside_an_open_meeting(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    actions.close_meeting(meeting=proposal.item.meeting, by=chynara)
    with pytest.raises(MeetingOver):
        actions.propose(item=proposal.item, text={"ru": "…"}, by=chynara)
    for act in (
        lambda: actions.adopt_by_consensus(proposal=proposal, by=chynara),
        lambda: actions.open_ballot(proposal=proposal, by=chynara),
        lambda: actions.take_position(proposal=proposal, membership=seat(member), stance="agree", by=member),
    ):
        with pytest.raises(MeetingNotOpen):
            act()


def test_an_open_ballot_holds_the_meeting_and_the_proposal(proposal: Proposal, chynara: User) -> None:
    first = actions.open_ballot(proposal=proposal, by=chynara)
    assert actions.open_ballot(proposal=proposal, by=chynara) == first
    for act in (
        lambda: actions.close_meeting(meeting=proposal.item.meeting, by=chynara),
        lambda: actions.adopt_by_consensus(proposal=proposal, by=chynara),
        lambda: actions.withdraw_proposal(proposal=proposal, by=chynara),
    ):
        with pytest.raises(BallotsOpen):
            act()


def test_after_a_tie_the_meeting_may_vote_again(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    actions.enter_votes(ballot=ballot, choices=[(seat(member), "for"), (seat(second), "against")], by=chynara)
    assert actions.close_ballot(ballot=ballot, by=chynara).why == "tie"
    again = actions.open_ballot(proposal=proposal, by=chynara)
    actions.enter_votes(ballot=again, choices=[(seat(member), "for"), (seat(second), "for")], by=chynara)
    actions.close_ballot(ballot=again, by=chynara)
    assert actions.adopt_by_vote(ballot=again, by=chynara).votes_for == 2


def test_a_decision_is_made_once(proposal: Proposal, chynara: User) -> None:
    actions.adopt_by_consensus(proposal=proposal, by=chynara)
    with pytest.raises(ProposalSettled):
        actions.adopt_by_consensus(proposal=proposal, by=chynara)


def test_an_observers_block_stops_nothing(proposal: Proposal, chynara: User, observer: User, seat: Seat) -> None:
    actions.take_position(proposal=proposal, membership=seat(observer), stance="block", by=observer)
    assert actions.adopt_by_consensus(proposal=proposal, by=chynara).how == "consensus"


def test_a_closed_ballot_keeps_its_result_when_standings_change(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    actions.enter_votes(ballot=ballot, choices=[(seat(member), "for"), (seat(second), "for")], by=chynara)
    result = actions.close_ballot(ballot=ballot, by=chynara)
    Membership.objects.update(standing="observer")
    assert seats.result_of(Ballot.objects.get()) == result


def test_approved_minutes_hold_the_meeting_still_until_they_are_reopened(proposal: Proposal, chynara: User) -> None:
    meeting = proposal.item.meeting
    with pytest.raises(MeetingNotClosed):
        actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    with pytest.raises(MinutesNotApproved):
        actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    for act in (
        lambda: actions.open_meeting(meeting=meeting, by=chynara),
        lambda: actions.add_item(meeting=meeting, title={"ru": "…"}, by=chynara),
        lambda: actions.record_attendance(meeting=meeting, marks=[], by=chynara),
        lambda: actions.edit_meeting(meeting=meeting, version=1, by=chynara, number="4"),
        lambda: actions.edit_minutes(meeting=meeting, remarks={}, version=1, by=chynara),
    ):
        with pytest.raises(MinutesApproved):
            act()
    actions.reopen_minutes(meeting=meeting, by=chynara)
    actions.open_meeting(meeting=meeting, by=chynara)
    assert Meeting.objects.get().status == "open"


def test_a_point_with_proposals_stays_on_the_agenda(proposal: Proposal, chynara: User) -> None:
    with pytest.raises(ItemHasProposals):
        actions.remove_item(item=proposal.item, by=chynara)


def test_a_meeting_in_a_zone_that_does_not_exist_is_refused(meeting: Meeting, chynara: User) -> None:
    with pytest.raises(KeyError):
        actions.edit_meeting(meeting=meeting, version=1, by=chynara, time_zone="Asia/Nowhere")
