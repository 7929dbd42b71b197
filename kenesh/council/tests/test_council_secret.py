"""Secret ballots: sealed while open, bare when closed, and nothing left that joins a voter and her vote."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from kenesh.council import actions, box
from kenesh.council.actions import refusals
from kenesh.council.models import Ballot, BareVote, Proposal, SealedVote
from kenesh.kernel import rows, vault
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Membership, User

Seat = Callable[[User], Membership]


class Interrupted(Exception):
    """Stands for the end of the process inside a transaction."""


@pytest.fixture(autouse=True)
def no_keys_of_others() -> None:
    """A test's rows are rolled back, its files are not."""
    for uid in list(box.keys()):
        box.destroy(uid)


def opened(proposal: Proposal, chynara: User, **also: Any) -> Ballot:
    return actions.open_ballot(proposal=proposal, by=chynara, is_secret=True, **also)


def close(ballot: Ballot, by: User, committed: Any) -> Any:
    """Closes as a request does, up to what follows the commit."""
    with committed(execute=True):
        return actions.close_ballot(ballot=ballot, by=by)


@transaction.atomic
def cut_off(ballot: Ballot, by: User) -> None:
    actions.close_ballot(ballot=ballot, by=by)
    raise Interrupted


def test_a_member_votes_in_secret_and_finds_her_vote_by_its_number(
    signed_in: Callable[..., Client], proposal: Proposal, chynara: User, member: User, second: User, seat: Seat,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    base = f"/work/meetings/{proposal.item.meeting.code}/"
    secretary = signed_in(chynara, language="en")
    secretary.post(
        f"{base}proposals/{proposal.code}/ballot/", {"rule": "simple_majority", "quorum": "1/2", "how": "secret", "key": "b" * 32}
    )
    ballot = Ballot.objects.get()
    her = signed_in(member, language="en")
    vote = {"membership": seat(member).pk, "choice": "for", "seen": "0", "key": "v" * 32}
    pages = [her.post(f"{base}ballots/{ballot.pk}/vote/", vote).content.decode() for _ in range(2)]  # the answer was lost once
    numbers = [re.search(r"<output>([0-9A-Z]{5}-[0-9A-Z]{5})</output>", page)[1] for page in pages]  # type: ignore[index]  # or it fails
    assert numbers[0] == numbers[1]
    signed_in(second).post(f"{base}ballots/{ballot.pk}/vote/", {"membership": seat(second).pk, "choice": "against"})
    assert "You have voted." in her.get(base).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        secretary.post(f"{base}ballots/{ballot.pk}/close/")
    assert "As many for as against" not in her.get(base).content.decode()
    page = her.post(f"{base}ballots/{ballot.pk}/counted/", {"number": numbers[0].lower().replace("-", " ")}).content.decode()
    assert ["This vote is counted: For." in page, "For: 1. Against: 1." in page] == [True, True]
    in_the_address = her.get(f"{base}ballots/{ballot.pk}/counted/", {"number": numbers[0]}).content.decode()
    assert ["This vote is counted" in in_the_address, '<form method="post">' in in_the_address] == [False, True]
    wrong = her.post(f"{base}ballots/{ballot.pk}/counted/", {"number": "AAAAA-AAAAA"}).content.decode()
    assert "No counted vote has this number." in wrong


def test_while_open_no_choice_can_be_read_without_the_key_and_all_lengths_are_one(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = opened(proposal, chynara)
    for user, choice in ((member, "for"), (second, "abstain")):
        actions.cast_vote(ballot=ballot, membership=seat(user), choice=choice, by=user)
    sealed = [bytes(each) for each in SealedVote.objects.values_list("sealed", flat=True)]
    assert (len({len(each) for each in sealed}), [word in b"".join(sealed) for word in (b"for", b"abstain")]) == (
        1,
        [False, False],
    )
    assert TrailEntry.objects.filter(verb="cast_vote").count() == 2


def test_voting_again_replaces_the_vote_and_a_late_form_does_not_undo_it(
    proposal: Proposal, chynara: User, member: User, seat: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(proposal, chynara)
    mine = {"ballot": ballot, "membership": seat(member), "by": member}
    first = actions.cast_vote(**mine, choice="for", form=actions.Form("a" * 32, seen=0))
    again = actions.cast_vote(**mine, choice="against", form=actions.Form("b" * 32, seen=1))
    with pytest.raises(refusals.VotedSince):
        actions.cast_vote(**mine, choice="for", form=actions.Form("a" * 32, seen=0))
    result = close(ballot, chynara, django_capture_on_commit_callbacks)
    assert (first == again, result.members.for_, result.members.against) == (True, 0, 1)


def _remains(proposal: Proposal) -> dict[str, Any]:
    """Everything that the database holds, but for what is random or a clock in any two ballots."""
    unlike = {"id", "at", "mac", "opened_at", "closed_at", "key_uid", "request_key", "tracking", "ballot_id", "target", "number"}
    found: dict[str, Any] = {}
    for model in [*apps.get_app_config("council").get_models(), TrailEntry]:
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in unlike]
        rows_ = [[rows.plain(value) for value in each] for each in model._default_manager.order_by("pk").values_list(*names)]
        found[model._meta.label] = sorted(map(repr, rows_)) if model is BareVote else rows_
    return found


def test_when_closed_whatever_remains_is_the_same_whoever_voted_how(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    remains = []
    for one, other in (("for", "against"), ("against", "for")):
        with transaction.atomic():
            here = transaction.savepoint()
            ballot = opened(proposal, chynara)
            numbers = [
                actions.cast_vote(ballot=ballot, membership=seat(user), choice=choice, by=user)
                for user, choice in ((member, one), (second, other))
            ]
            close(ballot, chynara, django_capture_on_commit_callbacks)
            remains.append(_remains(proposal))
            in_list = list(BareVote.objects.order_by("pk").values_list("tracking", flat=True))
            assert (in_list, SealedVote.objects.count(), list(box.keys())) == (sorted(numbers), 0, [])
            transaction.savepoint_rollback(here)
    assert remains[0] == remains[1]


def test_a_number_says_nothing_without_the_key_that_is_gone(proposal: Proposal, member: User, seat: Seat) -> None:
    place = str(seat(member).pk)
    one, other = (vault.tracking_number(vault.ballot_key(b"n" * 32, own * 32), place) for own in (b"a", b"b"))
    assert one != other


def test_a_closing_that_is_cut_off_leaves_the_ballot_open_and_goes_on_later(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(proposal, chynara)
    for user in (member, second):
        actions.cast_vote(ballot=ballot, membership=seat(user), choice="for", by=user)
    with pytest.raises(Interrupted):
        cut_off(ballot, chynara)
    assert (SealedVote.objects.count(), BareVote.objects.count(), list(box.keys())) == (2, 0, [ballot.key_uid])
    results = [close(ballot, chynara, django_capture_on_commit_callbacks) for _ in range(2)]  # and closed twice, counted once
    assert (results[0], BareVote.objects.count(), list(box.keys())) == (results[1], 2, [])


def test_a_key_that_outlived_its_ballot_is_swept_and_one_in_use_is_not(
    proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    ballot = opened(proposal, chynara)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    assert (actions.sweep_keys(older_than=0), list(box.keys())) == (0, [ballot.key_uid])
    actions.close_ballot(ballot=ballot, by=chynara)  # the power went before the key did: nothing ran after the commit
    assert (list(box.keys()), actions.sweep_keys(older_than=0), list(box.keys())) == ([ballot.key_uid], 1, [])


def test_without_the_key_nothing_is_counted_and_the_meeting_votes_again(
    proposal: Proposal, chynara: User, member: User, seat: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(proposal, chynara)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    assert ballot.key_uid is not None
    box.destroy(ballot.key_uid)
    with pytest.raises(refusals.KeyLost):
        actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    result = close(ballot, chynara, django_capture_on_commit_callbacks)
    proposal.refresh_from_db()
    assert (result.why, BareVote.objects.count(), SealedVote.objects.count(), proposal.status) == ("unreadable", 0, 0, "open")


def test_a_sealed_vote_that_was_moved_to_another_seat_opens_nothing(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(proposal, chynara)
    for user, choice in ((member, "for"), (second, "against")):
        actions.cast_vote(ballot=ballot, membership=seat(user), choice=choice, by=user)
    one, other = SealedVote.objects.order_by("id")
    SealedVote.objects.filter(pk=other.pk).update(sealed=one.sealed)
    assert close(ballot, chynara, django_capture_on_commit_callbacks).why == "unreadable"


def test_neither_the_secretary_nor_an_observer_votes_in_secret_for_a_member(
    proposal: Proposal, chynara: User, member: User, observer: User, seat: Seat
) -> None:
    ballot = opened(proposal, chynara)
    with pytest.raises(refusals.NotYourSeat):
        actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=chynara)
    with pytest.raises(refusals.ObserversWatch):
        actions.cast_vote(ballot=ballot, membership=seat(observer), choice="for", by=observer)
    with pytest.raises(refusals.SecretBallot):
        actions.enter_votes(ballot=ballot, choices=[(seat(member), "for")], by=chynara)


def test_a_secret_vote_is_not_counted_by_states(proposal: Proposal, chynara: User) -> None:
    with pytest.raises(refusals.SecretByStates):
        opened(proposal, chynara, by_states=True)


def test_one_state_has_one_vote_and_abstains_when_its_members_differ(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara, by_states=True, rule="absolute_majority")
    third = Membership.objects.create(body=proposal.item.meeting.body, country="RU")
    for place, choice in ((seat(member), "for"), (seat(second), "for"), (third, "against")):
        actions.enter_votes(ballot=ballot, choices=[(place, choice)], by=chynara)
    result = actions.close_ballot(ballot=ballot, by=chynara)
    # Kyrgyzstan's member is for; those of Russia, the office in Chelyabinsk and the State itself, differ.
    assert (result.members.for_, result.members.against, result.members.abstained, result.entitled, result.why) == (
        1, 0, 1, 2, "too_few",
    )  # fmt: skip
