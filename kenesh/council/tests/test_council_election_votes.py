"""Elections in which each State has one vote, or each member as many as the body gave it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from kenesh.council import actions
from kenesh.council.models import Ballot, Candidate, Election, Proposal, Vote, VoteWeight
from kenesh.council.queries import recounts
from kenesh.people.models import Membership, User

Seat = Callable[[User], Membership]


@pytest.fixture
def secretary(signed_in: Callable[..., Client], chynara: User) -> Client:
    return signed_in(chynara, language="en")


@pytest.fixture
def seats(proposal: Proposal, member: User, second: User, seat: Seat) -> list[Membership]:
    """Two of the Kyrgyz Republic, one of Russia, one of Kazakhstan; the first and the third stand."""
    states = [Membership.objects.create(body=proposal.item.meeting.body, country=code) for code in ("KG", "KZ")]
    return [seat(member), states[0], seat(second), states[1]]


def called(client: Client, proposal: Proposal, seats: list[Membership], chynara: User, /, **more: Any) -> str:
    """Called on its page; gives the address of the election."""
    address = f"/work/meetings/{proposal.item.meeting.code}/agenda/{proposal.item.pk}/elect/"
    form = {"office_en": "Chair of the council", "role": "chair", "method": "majority", "seats": 1, "quorum": "1/2", **more}
    answer = client.post(address, {**form, "key": "e" * 32})
    assert answer.status_code == 302, answer.context["form"].errors
    for one in (seats[0], seats[2]):
        candidate = actions.nominate(election=Election.objects.get(), membership=one, by=chynara)
        actions.answer_nomination(candidate=candidate, accepted=True, by=chynara)
    location: str = answer.headers["Location"]
    return location


def voted(client: Client, proposal: Proposal, page: str, choices: dict[Membership, int]) -> str:
    """Each seat's vote, for the first or the second who stands, is written down, and the vote is closed; gives the page."""
    client.post(page, {"do": "open", "key": "r" * 32})
    options = list(Candidate.objects.order_by("id").values_list("pk", flat=True))
    table = f"/work/meetings/{proposal.item.meeting.code}/ballots/{Ballot.objects.get().pk}/votes/"
    client.post(table, {f"s{seat.pk}": str(options[place]) for seat, place in choices.items()})
    return client.post(page, {"do": "close"}, follow=True).content.decode()


def hidden(page: Any) -> dict[str, list[str]]:
    """What a browser sends back beside the marks."""
    found: dict[str, list[str]] = {}
    for element in html.fromstring(page.content).xpath("//input[@type='hidden'][starts-with(@name, 'initial-')]"):
        found.setdefault(element.get("name"), []).append(element.get("value"))
    return found


def told(page: str, *words: str) -> list[bool]:
    return [each in page for each in words]


def test_each_state_has_one_vote_in_an_election(
    secretary: Client, proposal: Proposal, seats: list[Membership], chynara: User
) -> None:
    page = called(secretary, proposal, seats, chynara, counted_by="states")
    assert "One vote for each State, whose members must agree" in secretary.get(page).content.decode()
    first, again, russia, kazakhstan = seats
    said = voted(secretary, proposal, page, {first: 0, again: 0, russia: 1, kazakhstan: 1})  # by heads it would be a tie
    assert told(said, "has 2 of 3 votes, more than half", "Each State has one vote", "States there: 3 of 3.") == [True] * 3
    assert recounts.again(Ballot.objects.get()).same
    assert "Each State has one vote" in secretary.get(f"/work/meetings/{proposal.item.meeting.code}/minutes/").content.decode()


def test_a_state_whose_members_name_different_people_names_nobody(
    secretary: Client, proposal: Proposal, seats: list[Membership], chynara: User
) -> None:
    page = called(secretary, proposal, seats, chynara, counted_by="states")
    first, again, russia, _kazakhstan = seats
    said = voted(secretary, proposal, page, {first: 0, again: 1, russia: 1})
    assert told(said, "has 1 of 1 votes, more than half", "States there: 2 of 3.") == [True] * 2


def test_each_member_has_as_many_votes_in_an_election_as_the_body_gave_it(
    secretary: Client, proposal: Proposal, seats: list[Membership], chynara: User
) -> None:
    VoteWeight.objects.create(membership=seats[0], weight=4)
    page = called(secretary, proposal, seats, chynara, counted_by="weights")
    said = voted(secretary, proposal, page, dict(zip(seats, (0, 1, 1, 1), strict=True)))
    assert told(said, "has 4 of 7 votes, more than half", "Votes of those there: 7 of 7.") == [True] * 2
    assert recounts.again(Ballot.objects.get()).same


def test_a_row_with_too_many_marks_is_written_down_once_it_is_corrected(
    secretary: Client, proposal: Proposal, seats: list[Membership], chynara: User
) -> None:
    page = called(secretary, proposal, seats, chynara, method="most", seats=2)
    third = actions.nominate(election=Election.objects.get(), membership=seats[1], by=chynara)
    actions.answer_nomination(candidate=third, accepted=True, by=chynara)
    secretary.post(page, {"do": "open", "key": "r" * 32})
    names = [str(pk) for pk in Candidate.objects.order_by("id").values_list("pk", flat=True)]
    table = f"/work/meetings/{proposal.item.meeting.code}/ballots/{Ballot.objects.get().pk}/votes/"
    ticks = {f"s{seats[0].pk}": names, f"s{seats[1].pk}": names[:2], f"s{seats[2].pk}": names[1:2]}
    refused = secretary.post(table, {**hidden(secretary.get(table)), **ticks})
    assert "Choose at most 2." in refused.content.decode()
    secretary.post(table, {**hidden(refused), **ticks, f"s{seats[0].pk}": names[:2]})
    stored = dict(Vote.objects.values_list("membership", "choice"))
    assert stored == {seats[0].pk: ",".join(names[:2]), seats[1].pk: ",".join(names[:2]), seats[2].pk: names[1]}


def test_in_secret_votes_are_not_weighed_and_states_vote_on_paper(
    secretary: Client, proposal: Proposal, seats: list[Membership], chynara: User
) -> None:
    address = f"/work/meetings/{proposal.item.meeting.code}/agenda/{proposal.item.pk}/elect/"
    form = {"office_en": "Chair", "method": "majority", "seats": 1, "quorum": "1/2", "is_secret": "on", "key": "w" * 32}
    refused = secretary.post(address, {**form, "counted_by": "weights"})
    assert ("A secret vote cannot be weighed" in refused.content.decode(), Election.objects.count()) == (True, 0)
    page = called(secretary, proposal, seats, chynara, is_secret="on", counted_by="states")
    assert 'value="open"' not in secretary.get(page).content.decode()
    assert "Hold it on paper" in secretary.post(page, {"do": "open", "key": "r" * 32}, follow=True).content.decode()
    secretary.post(page, {"do": "open_paper", "key": "r" * 32})
    first, second = Candidate.objects.order_by("id").values_list("pk", flat=True)
    urn = f"/work/meetings/{proposal.item.meeting.code}/ballots/{Ballot.objects.get().pk}/papers/"
    numbers = {"given": 3, "found": 3, "invalid": 0, "blank": 0, "tellers": "Асан Бекназаров", f"n{first}": 1, f"n{second}": 2}
    too_many = secretary.post(urn, {**numbers, "given": 4, "found": 4, f"n{first}": 2})
    assert "only 3 States may vote" in too_many.content.decode()
    said = secretary.post(urn, numbers, follow=True).content.decode()
    assert told(said, "has 2 of 3 votes, more than half", "Each State had one paper and one vote.") == [True] * 2
