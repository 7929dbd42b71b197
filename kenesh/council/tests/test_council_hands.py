"""Votes by hand and on paper count as the same votes by phone do: by heads, by States and by weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kenesh.council import actions
from kenesh.council.actions import refusals
from kenesh.council.counting import Choice, Papers, Result
from kenesh.council.models import Ballot, Proposal, VoteWeight
from kenesh.people.models import Body, Membership, Person, User

STATES = ("KG", "KG", "KZ", "RU", "RU", "TJ", "")  # the last seat speaks for none, as that of a union
RULES = ("simple_majority", "absolute_majority", "two_thirds", "consensus")


@dataclass(frozen=True)
class Link:
    """What a phone's link says."""

    meeting_id: int
    membership: Membership


def sits(council: Body, country: str) -> Membership:
    return Membership.objects.create(
        body=council, person=Person.objects.create(name={"en": country or "A union"}), country=country
    )


@pytest.fixture
def sitting(council: Body) -> list[Membership]:
    """Seven members, of four States and of none; the third has three votes where votes are weighed, the fifth two."""
    made = [sits(council, country) for country in STATES]
    VoteWeight.objects.create(membership=made[2], weight=3)
    VoteWeight.objects.create(membership=made[4], weight=2)
    return made


@pytest.fixture
def secretary(signed_in: Callable[..., Client], chynara: User) -> Client:
    return signed_in(chynara, language="en")


def reopen(proposal: Proposal) -> None:
    """As if nobody had voted yet."""
    Proposal.objects.filter(pk=proposal.pk).update(status="open")
    proposal.ballots.update(standing=Ballot.Standing.ANNULLED)


def opened(proposal: Proposal, by: User, how: str, rule: str) -> Ballot:
    reopen(proposal)
    kinds = {"states": {"by_states": True}, "weighted": {"is_weighted": True}, "heads": {}}
    return actions.open_ballot(proposal=proposal, by=by, rule=rule, quorum="1/2", **kinds[how])  # type: ignore[arg-type]  # flags


def by_phone(ballot: Ballot, votes: dict[Membership, str], by: User) -> Result:
    for seat, choice in votes.items():
        link = Link(ballot.meeting_id, seat)
        actions.cast_vote_by_phone(link=link, ballot_pk=ballot.pk, choice=choice, form=actions.Form("f" * 32, 0))
    return actions.close_ballot(ballot=ballot, by=by)


def written_down(client: Client, ballot: Ballot, votes: dict[Membership, str], by: User) -> Result:
    table = f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/votes/"
    assert client.post(table, {f"s{seat.pk}": choice for seat, choice in votes.items()}).status_code == 302
    return actions.close_ballot(ballot=ballot, by=by)


@pytest.mark.parametrize("how", ["states", "weighted", "heads"])
def test_votes_that_the_secretary_writes_down_count_as_the_same_votes_by_phone(
    how: str, secretary: Client, proposal: Proposal, chynara: User, sitting: list[Membership]
) -> None:
    chance = Random(how)
    for rule in RULES:
        votes = {seat: chance.choice(list(Choice)).value for seat in sitting if chance.random() < 0.8}
        phones = by_phone(opened(proposal, chynara, how, rule), votes, chynara)
        assert written_down(secretary, opened(proposal, chynara, how, rule), votes, chynara) == phones


def test_an_urn_of_states_counts_as_the_same_votes_of_their_members_by_phone(
    proposal: Proposal, chynara: User, sitting: list[Membership]
) -> None:
    chance = Random("urn")
    for rule in RULES:
        said = {country: chance.choice(list(Choice)).value for country in ("KG", "KZ", "RU", "TJ")}
        votes = {seat: said[seat.country] for seat in sitting if seat.country}
        phones = by_phone(opened(proposal, chynara, "states", rule), votes, chynara)
        reopen(proposal)
        urn = actions.open_ballot(proposal=proposal, by=chynara, rule=rule, quorum="1/2", by_states=True, on_paper=True)
        papers = {choice.value: list(said.values()).count(choice.value) for choice in Choice}
        counted = actions.count_papers(ballot=urn, papers=Papers(4, 4, 0, 0, "Асан"), votes=papers, by=chynara)
        assert (counted.members, counted.entitled, counted.present, counted.why) == (
            phones.members, phones.entitled, phones.present, phones.why,
        )  # fmt: skip


def test_each_state_has_one_paper_and_the_page_says_which_states(
    secretary: Client, proposal: Proposal, sitting: list[Membership]
) -> None:
    base = f"/work/meetings/{proposal.item.meeting.code}/"
    how = {"rule": "absolute_majority", "quorum": "1/2", "how": "paper_states", "key": "p" * 32}
    secretary.post(f"{base}proposals/{proposal.code}/ballot/", how)
    urn = f"{base}ballots/{Ballot.objects.get().pk}/papers/"
    assert "Each State has one paper: 4 States. Kyrgyzstan, Kazakhstan, Russia, Tajikistan" in secretary.get(urn).content.decode()
    numbers = {"invalid": 0, "nfor": 3, "nagainst": 0, "nabstain": 1, "tellers": "Асан Бекназаров"}
    many = secretary.post(urn, {**numbers, "given": 5, "found": 4}).content.decode()
    assert "5 papers were given out, but only 4 States may vote. Count the papers again." in many
    page = secretary.post(urn, {**numbers, "given": 4, "found": 4}, follow=True).content.decode()
    told = ("For: 3. Against: 0. Abstained: 1. States there: 4 of 4.", "Each State had one paper and one vote.")
    assert [words in page for words in told] == [True, True]


def test_the_table_of_votes_by_states_keeps_each_state_together(
    secretary: Client, proposal: Proposal, chynara: User, sitting: list[Membership], council: Body
) -> None:
    late = sits(council, "KG")
    ballot = opened(proposal, chynara, "states", "simple_majority")
    page = secretary.get(f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/votes/").content.decode()
    assert "One line for each State is enough." in page
    assert page.index(f'name="s{sitting[1].pk}"') < page.index(f'name="s{late.pk}"') < page.index(f'name="s{sitting[2].pk}"')


def test_a_weighed_vote_is_never_secret_on_paper_either_and_the_page_says_why(
    secretary: Client, proposal: Proposal, chynara: User
) -> None:
    with pytest.raises(refusals.SecretByWeights):
        actions.open_ballot(proposal=proposal, by=chynara, is_weighted=True, on_paper=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(meeting=proposal.item.meeting, proposal=proposal, is_weighted=True, on_paper=True)
    page = secretary.get(f"/work/meetings/{proposal.item.meeting.code}/").content.decode()
    assert "A vote by weight is always by name, also on paper:" in page
