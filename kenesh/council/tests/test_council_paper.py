"""Votes on paper: the secretary writes down what seats chose by name; of a secret urn only its numbers are entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kenesh.council import actions, box
from kenesh.council.actions import refusals
from kenesh.council.models import Ballot, BareVote, Candidate, Election, Proposal, SealedVote, Vote
from kenesh.council.queries import elections
from kenesh.people.models import Membership, Person, User

Seat = Callable[[User], Membership]
SignIn = Callable[..., Client]


@pytest.fixture
def persons(council: Any) -> list[Membership]:
    """Three more members without accounts."""
    return [
        Membership.objects.create(body=council, person=Person.objects.create(name={"ru": name}))
        for name in ("Анара", "Бакыт", "Гүлнара")
    ]


@pytest.fixture
def secretary(signed_in: SignIn, chynara: User) -> Client:
    return signed_in(chynara, language="en")


def called(proposal: Proposal, by: User, standing: list[Membership], **more: Any) -> tuple[Election, list[str]]:
    """An election in which these stand, and their options."""
    election = actions.call_election(item=proposal.item, office={"en": "Chair of the council"}, role="chair", by=by, **more)
    for one in standing:
        actions.answer_nomination(candidate=actions.nominate(election=election, membership=one, by=by), accepted=True, by=by)
    return election, [str(pk) for pk in Candidate.objects.order_by("id").values_list("pk", flat=True)]


def on_paper(proposal: Proposal, client: Client) -> Ballot:
    """Opened on the page of the meeting."""
    address = f"/work/meetings/{proposal.item.meeting.code}/proposals/{proposal.code}/ballot/"
    client.post(address, {"rule": "simple_majority", "quorum": "1/2", "how": "paper", "key": "p" * 32})
    return Ballot.objects.get()


def at(ballot: Ballot, name: str) -> str:
    return f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/{name}/"


def counted(client: Client, ballot: Ballot, **numbers: object) -> str:
    fields = {"invalid": 0, "blank": 0, "tellers": "Асан Бекназаров, Роза Тентиева", **numbers}
    return client.post(at(ballot, "papers"), fields, follow=True).content.decode()


def of_motion(for_: int, against: int, abstained: int) -> dict[str, int]:
    return {"nfor": for_, "nagainst": against, "nabstain": abstained}


# --- by name --------------------------------------------------------------------------------------------------------------


def test_the_secretary_writes_down_whom_each_seat_chose_and_nobody_is_not_no_vote(
    secretary: Client, proposal: Proposal, chynara: User, persons: list[Membership]
) -> None:
    election, (a, b, _c) = called(proposal, chynara, persons, is_secret=False)
    ballot = actions.open_round(election=election, by=chynara)
    one, two, three = persons
    secretary.post(at(ballot, "votes"), {f"s{one.pk}": a, f"s{two.pk}": a, f"s{three.pk}": "nobody"})
    assert list(Vote.objects.order_by("id").values_list("choice", flat=True)) == [a, a, ""]
    shown = {f"initial-s{one.pk}": a, f"initial-s{two.pk}": a, f"initial-s{three.pk}": "nobody"}
    secretary.post(at(ballot, "votes"), {**shown, f"s{one.pk}": b, f"s{two.pk}": "", f"s{three.pk}": "nobody"})
    assert list(Vote.objects.order_by("id").values_list("choice", flat=True)) == [b, ""]


def test_the_secretary_writes_down_several_names_and_not_too_many(
    secretary: Client, proposal: Proposal, chynara: User, persons: list[Membership]
) -> None:
    election, (a, b, c) = called(proposal, chynara, persons, is_secret=False, method="most", seats=2)
    ballot = actions.open_round(election=election, by=chynara)
    one, two, _three = persons
    page = secretary.post(at(ballot, "votes"), {f"s{one.pk}": [a, b], f"s{two.pk}": [a, b, c]}).content.decode()
    assert ["Choose at most 2." in page, Vote.objects.count()] == [True, 0]
    both = secretary.post(at(ballot, "votes"), {f"s{one.pk}": [a, "nobody"]}).content.decode()
    assert "Choose names, or nobody, not both." in both
    secretary.post(at(ballot, "votes"), {f"s{one.pk}": [a, b], f"s{two.pk}": [a, c]})
    secretary.post(f"/work/meetings/{ballot.meeting.code}/elections/{election.code}/", {"do": "close"})
    assert Ballot.objects.get().chosen["votes"] == {a: 2, b: 1, c: 1}


def test_the_secretary_writes_rankings_as_numbers_and_a_mistake_keeps_what_was_typed(
    secretary: Client, proposal: Proposal, chynara: User, persons: list[Membership]
) -> None:
    election, (a, b, c) = called(proposal, chynara, persons, is_secret=False, method="schulze")
    ballot = actions.open_round(election=election, by=chynara)
    one, two, three = persons
    wrong = secretary.post(at(ballot, "votes"), {f"s{one.pk}": "2 1", f"s{two.pk}": "2 2"}).content.decode()
    assert ["“2 2” is no ranking." in wrong, 'value="2 2"' in wrong, Vote.objects.count()] == [True, True, 0]
    secretary.post(at(ballot, "votes"), {f"s{one.pk}": "2 1", f"s{two.pk}": "2,3,1", f"s{three.pk}": "0"})
    assert list(Vote.objects.order_by("id").values_list("choice", flat=True)) == [f"{b},{a}", f"{b},{c},{a}", ""]


# --- in secret ------------------------------------------------------------------------------------------------------------


def test_an_urn_adopts_a_proposal_and_page_and_minutes_tell_it(
    secretary: Client, signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User, persons: list[Membership]
) -> None:
    before = set(box.keys())
    ballot = on_paper(proposal, secretary)
    assert (ballot.on_paper, ballot.is_secret, set(box.keys()) - before) == (True, True, set())
    counted(secretary, ballot, given=5, found=4, invalid=1, **of_motion(2, 1, 0))
    page = secretary.get(at(ballot, "papers"), follow=True).content.decode()
    told = "On paper, in secret. Papers given out: 5, found: 4, invalid: 1."
    assert [told in page, "For: 2. Against: 1. Abstained: 0. Members there: 4 of 5." in page] == [True, True]
    secretary.post(at(ballot, "adopt"))
    minutes = secretary.get(f"/work/meetings/{ballot.meeting.code}/minutes/").content.decode()
    assert [told in minutes, "Tellers: Асан Бекназаров, Роза Тентиева." in minutes] == [True, True]
    assert (BareVote.objects.count(), secretary.get(at(ballot, "counted")).status_code) == (0, 404)


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ({"given": 3, "found": 3, **of_motion(1, 1, 0)}, "3 papers were found, but the numbers make 2"),
        ({"given": 2, "found": 3, **of_motion(2, 1, 0)}, "More papers were found than were given out."),
        ({"given": 9, "found": 2, **of_motion(2, 0, 0)}, "9 papers were given out, but only 5 members may vote."),
        ({"given": 3, "found": 3, "nfor": 3, "nagainst": 0}, "Write a number; 0 for none."),
        ({"given": 3, "found": 3, **of_motion(3, 0, 0), "tellers": " "}, "Write who counted the papers."),
    ],
)
def test_numbers_that_do_not_agree_close_nothing_and_stay_in_the_form(
    secretary: Client,
    proposal: Proposal,
    member: User,
    second: User,
    persons: list[Membership],
    numbers: dict[str, Any],
    why: str,
) -> None:
    ballot = on_paper(proposal, secretary)
    page = counted(secretary, ballot, **numbers)
    kept = f'name="given" value="{numbers["given"]}"' in page
    assert (why in page, kept, Ballot.objects.get().is_open) == (True, True, True)


def test_an_urn_with_too_many_papers_is_written_as_invalid_and_the_meeting_votes_again(
    secretary: Client, proposal: Proposal, member: User, second: User, persons: list[Membership]
) -> None:
    ballot = on_paper(proposal, secretary)
    page = counted(secretary, ballot, given=3, found=4, invalid=4, **of_motion(0, 0, 0))
    proposal.refresh_from_db()
    assert ("Nobody voted for or against." in page, proposal.status) == (True, "open")


def test_nobody_votes_on_paper_by_account_phone_or_secretary(
    secretary: Client, signed_in: SignIn, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    ballot, place = on_paper(proposal, secretary), seat(member)
    account, phone = signed_in(member, language="en"), Client()
    phone.post(f"/en/phone/{dict(actions.make_phone_links(meeting=ballot.meeting, by=chynara, key='k' * 32))[place]}/")
    vote = {"membership": place.pk, "choice": "for"}
    words = "This vote is held on paper. Take a paper, and put it into the urn."
    assert words in account.post(at(ballot, "vote"), vote, follow=True).content.decode()
    assert words in phone.post(f"/en/phone/ballots/{ballot.pk}/", vote, follow=True).content.decode()
    assert phone.get(f"/en/phone/ballots/{ballot.pk}/").status_code == 302
    assert secretary.get(at(ballot, "votes")).status_code == 404
    with pytest.raises(refusals.HeldOnPaper):
        actions.enter_votes(ballot=ballot, choices=[(place, "for")], by=chynara)
    assert "Enter what the tellers counted" in secretary.post(at(ballot, "close"), follow=True).content.decode()
    assert (Vote.objects.count(), SealedVote.objects.count(), Ballot.objects.get().is_open) == (0, 0, True)


def test_the_chair_enters_the_count_and_a_member_does_not(
    signed_in: SignIn, secretary: Client, proposal: Proposal, member: User, second: User
) -> None:
    meeting = proposal.item.meeting
    meeting.chair = member.person
    meeting.save()
    ballot = on_paper(proposal, signed_in(member))
    assert signed_in(second).get(at(ballot, "papers")).status_code == 404
    counted(signed_in(member), ballot, given=2, found=2, **of_motion(2, 0, 0))
    assert Ballot.objects.get().outcome == "adopted"


def test_an_election_on_paper_goes_through_two_rounds_to_its_protocol(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User, persons: list[Membership]
) -> None:
    election, (a, b, c) = called(proposal, chynara, persons)
    page = f"/work/meetings/{proposal.item.meeting.code}/elections/{election.code}/"
    secretary.post(page, {"do": "open_paper", "key": "r" * 32})
    first = election.rounds.get()
    said = counted(secretary, first, given=5, found=5, invalid=1, **{f"n{a}": 2, f"n{b}": 1, f"n{c}": 1})
    assert ["Nobody has more than half of 4 votes" in said, "On paper, in secret. Papers given out: 5" in said] == [True, True]
    secretary.post(page, {"do": "open_paper", "key": "s" * 32})
    counted(secretary, election.rounds.last(), given=5, found=5, blank=1, **{f"n{a}": 3, f"n{b}": 1, f"n{c}": 0})
    election.refresh_from_db()
    assert (election.status, [str(one) for one in elections.course(election, []).elected]) == ("decided", ["Анара"])
    minutes = secretary.get(f"/work/meetings/{proposal.item.meeting.code}/minutes/").content.decode()
    assert ["Анара has 3 of 4 votes, more than half." in minutes, "Tellers: Асан Бекназаров" in minutes] == [True, True]


def test_papers_with_several_names_hold_no_more_votes_than_they_can(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User, persons: list[Membership]
) -> None:
    election, (a, b, c) = called(proposal, chynara, persons, method="most", seats=2)
    ballot = actions.open_round(election=election, on_paper=True, by=chynara)
    urn = {"given": 4, "found": 4, "invalid": 1}
    pages = [
        counted(secretary, ballot, **urn, **{f"n{option}": number for option, number in zip((a, b, c), numbers, strict=True)})
        for numbers in ((4, 1, 1), (3, 3, 1), (3, 2, 1))
    ]
    assert [
        "Somebody has more votes than there are valid papers." in pages[0],
        "3 valid papers can hold from 3 to 6 votes, but these are 7." in pages[1],
        "are elected: Анара, Бакыт." in pages[2],
    ] == [True, True, True]


def test_a_ranked_election_on_paper_is_counted_from_each_paper_without_a_name(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User, persons: list[Membership]
) -> None:
    election, (a, b, c) = called(proposal, chynara, persons, method="runoff")
    ballot = actions.open_round(election=election, on_paper=True, by=chynara)
    wrong = counted(secretary, ballot, given=5, found=5, rankings="1 2 3\n1 4")
    assert ["“1 4” is no ranking." in wrong, "1 2 3\n1 4" in wrong] == [True, True]
    said = counted(secretary, ballot, given=5, found=5, rankings="2 × 1 2 3\n2 3 1\n3 2 1\n3 2 1")
    assert "Гүлнара has 3 of 5 votes in round 2, more than half" in said
    kept = Ballot.objects.get().chosen["papers"]
    assert kept == [[a, b, c], [a, b, c], [b, c, a], [c, b, a], [c, b, a]]


def test_an_urn_is_counted_again_by_hand_and_contested(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = on_paper(proposal, secretary)
    counted(secretary, ballot, given=2, found=2, **of_motion(1, 1, 0))
    address = f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/"
    assert "The papers are not kept here." in secretary.post(address, {"do": "recount"}, follow=True).content.decode()
    actions.contest(ballot=ballot, membership=seat(member), words="Мой голос", by=member)
    assert "Tellers: Асан Бекназаров, Роза Тентиева" in secretary.get(address).content.decode()


def test_an_amendment_that_an_urn_adopts_goes_into_the_text(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User
) -> None:
    amendment = actions.amend(proposal=proposal, text={"en": "Give migrants free health insurance"}, base=1, by=chynara)
    page = f"/work/meetings/{proposal.item.meeting.code}/proposals/{proposal.code}/amendments/{amendment.code}/"
    secretary.post(page, {"to": "ballot", "rule": "two_thirds", "quorum": "1/2", "how": "paper", "key": "a" * 32})
    counted(secretary, Ballot.objects.get(), given=2, found=2, **of_motion(2, 0, 0))
    proposal.refresh_from_db()
    assert (proposal.text["en"], Ballot.objects.get().outcome) == ("Give migrants free health insurance", "adopted")


def test_everybody_reads_the_numbers_of_an_urn_and_not_who_counted(
    secretary: Client, proposal: Proposal, chynara: User, member: User, second: User
) -> None:
    ballot, meeting = on_paper(proposal, secretary), proposal.item.meeting
    counted(secretary, ballot, given=2, found=2, **of_motion(2, 0, 0))
    decision = actions.adopt_by_vote(ballot=ballot, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=meeting.day, by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    page = Client().get(f"/en/meetings/{meeting.code}/minutes/").content.decode()
    assert ["Papers given out: 2, found: 2, invalid: 0." in page, "Бекназаров" in page] == [True, False]
